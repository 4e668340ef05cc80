"""Pages for everybody, without signing in: their language, their words, their one style sheet."""

import importlib
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.http.headers import HEADERS
from bot.language import words

FOLDER = Path(__file__).parent
MOST_PAGES = 10_000
MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}

router = APIRouter(include_in_schema=False)


@router.api_route("/public/{name}", methods=["GET", "HEAD"])
def file(name: str) -> Response:
    """A style sheet, or the script of a page that needs one."""
    path = _files().get(name)
    if path is None:
        raise HTTPException(404)
    media_type = MEDIA_TYPES[path.suffix]
    return Response(path.read_bytes(), media_type=media_type, headers=HEADERS | {"Cache-Control": "no-cache"})


@cache
def _files() -> dict[str, Path]:
    """By name; only these can be asked for."""
    paths = [FOLDER / "style.css", *(FOLDER / "static").iterdir()]
    return {path.name: path for path in paths if path.suffix in MEDIA_TYPES}


def routers() -> list[APIRouter]:
    """The frame's, and of every other module in this folder its `pages` and, if it has one, its `api`."""
    names = sorted({path.stem for path in FOLDER.glob("*.py")} - {"__init__", "frame"})
    topics = [importlib.import_module(f"api.public.{name}") for name in names]
    found = (getattr(topic, name, None) for topic in topics for name in ("pages", "api"))
    return [router, *(one for one in found if one)]


def language_of(request: Request) -> str:
    """As asked by ?lang=, else what the browser prefers."""
    asked = request.query_params.get("lang")
    if asked in ("zh", "en"):
        return asked
    return "en" if request.headers.get("accept-language", "zh").lower().startswith("en") else "zh"


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """The page; its template finds `say`, `language` and `address` (this page with other query values)."""
    language = language_of(request)

    def say(code: str, /, **blanks: object) -> str:
        return words.text(code, language, **blanks)

    def says(prefix: str) -> dict[str, str]:
        """All words below a code, for the script of a page; a value that it fills in stands as {name}."""
        return {
            key: words.text(prefix + key, language, **{one: f"{{{one}}}" for one in words.values_of(prefix + key)})
            for key in words.codes_below(prefix)
        }

    def address(**changes: object) -> str:
        return str(request.url.include_query_params(**changes).replace(scheme="", netloc=""))

    body = _environment().get_template(template).render(
        {"say": say, "says": says, "language": language, "address": address, **values}
    )  # fmt: skip
    return HTMLResponse(body, status, headers=HEADERS | {"Cache-Control": "no-cache"})


def page_number(request: Request) -> int:
    """From ?page=; 1 where nothing sensible is asked."""
    text = request.query_params.get("page", "")
    return min(max(1, int(text)), MOST_PAGES) if text.isascii() and text.isdigit() and len(text) < 6 else 1


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
