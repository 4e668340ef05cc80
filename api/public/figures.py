"""How well the street keeps its word, for everybody: `/figures`, by month and office. Nothing in it is of a person."""

from fastapi import APIRouter, Request, Response

from api.parts import WithParts
from api.public.frame import page
from bot.services.figures import public_figures
from bot.services.kernel.deadlines import Targets

pages = APIRouter(include_in_schema=False)


@pages.api_route("/figures", methods=["GET", "HEAD"])
def figures_page(request: Request, parts: WithParts) -> Response:
    chosen = parts.settings
    targets = Targets(chosen.case_response_days, chosen.case_settlement_days, chosen.case_working_days)
    return page(
        request,
        "figures.html",
        months=public_figures.months(parts.store, parts.clock(), targets),
        smallest=public_figures.SMALLEST,
        targets=targets,
    )
