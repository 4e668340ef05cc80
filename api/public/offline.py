"""What is shown without a connection: kept by the service worker, so in both languages, and true without asking anybody."""

from fastapi import APIRouter, Request, Response

from api.parts import WithParts
from api.public.frame import page
from bot import wiring
from bot.language import words

pages = APIRouter(include_in_schema=False)


@pages.api_route("/offline", methods=["GET", "HEAD"])
def offline_page(request: Request, parts: WithParts) -> Response:
    """Hours of the hall only once the office has confirmed them."""
    return page(
        request,
        "offline.html",
        tell=words.text,
        phone=parts.settings.operator_phone,
        staff_hours=parts.settings.staff_hours,
        hall=wiring.hall().hours,
    )
