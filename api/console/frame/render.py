"""From a template and values to a page; and from a done deed back to a page that says so."""

from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.console.frame import static_files, topics, words
from api.parts import parts_of
from bot.services.kernel.topics import piles
from bot.services.staff.staff_sessions import Signed

SAID_COOKIE = "linyu_said"
"""Name of the text that the next page says once, such as "people.said.moved"."""
LOOK_COOKIE = "linyu_look"
LOOKS = ("light", "dark")
A_YEAR = 365 * 24 * 3600
HEADERS = {
    "Cache-Control": "no-store",
    # With no-referrer, browsers would hide from us that our own forms are ours.
    "Referrer-Policy": "same-origin",
}


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent.parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["static"] = static_files.address
    environment.filters["moment"] = moment
    return environment


def page(
    request: Request,
    template: str,
    signed: Signed | None = None,
    *,
    status: int = 200,
    counted: bool = True,
    **values: Any,
) -> HTMLResponse:
    """The page; every template finds `say`, `signed`, `may`, `csrf`, `menu`, `piles`, `href` and `said` beside its values.

    `counted` asks the database how much waits; not where the page tells that the database is away.
    """
    language, said = words.language_of(request), request.cookies.get(SAID_COOKIE, "")
    look = request.query_params.get("look") or request.cookies.get(LOOK_COOKIE, "")
    whole = signed is not None and signed.missing is None
    body = (
        _environment()
        .get_template(template)
        .render(
            {
                "say": words.say_in(language),
                "language": language,
                "look": look if look in LOOKS else "",
                "signed": signed,
                "may": signed.actor.may if signed and whole else lambda _permission: False,
                "csrf": signed.csrf if signed else "",
                "menu": [place for place in topics.menu() if signed and whole and signed.actor.may(place.permission)],
                "piles": piles_of(request, signed) if whole and signed and counted else {},
                "path": request.url.path,
                "address": "" if request.method == "GET" else address_of(request),
                "refused": status >= 400,
                # A refused form gives back what was typed.
                "typed": getattr(request.state, "typed", {}) if status >= 400 else {},
                # The answer to a form may have no address of its own.
                "href": lambda **changes: same_page(request, "" if request.method == "GET" else "/staff", **changes),
                "said": shown(said),
                **values,
            }
        )
    )
    response = HTMLResponse(body, status, headers=HEADERS)
    if said:
        response.delete_cookie(SAID_COOKIE, path="/staff")
    if request.query_params.get("lang") == language:
        _keep(response, words.LANGUAGE_COOKIE, language)
    if look in LOOKS and "look" in request.query_params:
        _keep(response, LOOK_COOKIE, look)
    return response


def shown(said: str) -> str:
    """The name of the text, if it is one that a page may say."""
    return said if words.has(said) and ".said." in said else ""


def piles_of(request: Request, signed: Signed) -> dict[str, int]:
    return piles(parts_of(request).store, signed.actor)


def done(path: str, said: str = "") -> Response:
    """Go on to `path` of our own, which says the text `said` once."""
    response = RedirectResponse(path, 303, headers=HEADERS)
    if said:
        response.set_cookie(SAID_COOKIE, said, path="/staff", httponly=True, samesite="strict", max_age=60)
    return response


def same_page(request: Request, path: str = "", /, **changes: object) -> str:
    """This page's address, or `path`, with other query values; None takes one out."""
    query: dict[str, object] = {k: v for k, v in request.query_params.items() if k not in ("lang", "look", "export")}
    query |= changes
    kept = {name: value for name, value in query.items() if value not in (None, "")}
    path = path or request.url.path
    return f"{path}?{urlencode(kept)}" if kept else path


def address_of(request: Request) -> str:
    """Where this page can be asked for again: what a form is answered with stands at the page that the form is on."""
    if request.method == "GET":
        return safe_next(request.url.path + (f"?{request.url.query}" if request.url.query else ""))
    sent_from = urlsplit(request.headers.get("referer", ""))
    if sent_from.netloc != request.headers.get("host"):
        return "/staff"
    return safe_next(sent_from.path + (f"?{sent_from.query}" if sent_from.query else ""))


def safe_next(path: str) -> str:
    """Where to go after signing in: only to our own pages, whatever the address says."""
    ours = path == "/staff" or path.startswith(("/staff/", "/staff?"))
    return path if ours and "\\" not in path and path.isprintable() else "/staff"


def moment(value: datetime | date | None) -> str:
    """As people here write it."""
    if value is None:
        return ""
    return value.strftime("%Y-%m-%d %H:%M") if isinstance(value, datetime) else value.isoformat()


def _keep(response: Response, name: str, value: str) -> None:
    response.set_cookie(name, value, path="/staff", httponly=True, samesite="strict", max_age=A_YEAR)
