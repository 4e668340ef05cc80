"""The first page after signing in."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from api.console.frame.render import page
from api.console.frame.session import needs
from bot.services.staff.staff_sessions import Signed

router = APIRouter(prefix="/staff", include_in_schema=False)


@router.get("")
def home(request: Request, signed: Annotated[Signed, Depends(needs("home.read"))]) -> Response:
    return page(request, "home.html", signed)
