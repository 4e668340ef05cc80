"""荣誉居民, for everybody: volunteers who agreed to be named, in the name that they chose."""

from fastapi import APIRouter, Request, Response

from api.parts import WithParts
from api.public.frame import page
from bot.services.points import honours

pages = APIRouter(include_in_schema=False)


@pages.api_route("/honours", methods=["GET", "HEAD"])
def honours_page(request: Request, parts: WithParts) -> Response:
    return page(request, "honours.html", people=honours.listed(parts.store))
