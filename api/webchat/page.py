"""The resident's chat page: `/` and its files below `/static/`.

The files are served as they lie in `static/`; there is no build step. Only `texts.js` is made, when the app starts, of the
words in the catalogue that begin with "page.". Their address carries a fingerprint of all of
them, so a browser keeps them for good and still never mixes two versions of the page.
"""

import functools
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, Header, HTTPException, Response

from api.http.headers import HEADERS
from bot.language import words
from bot.turns import Language

STATIC = Path(__file__).parent / "static"
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
KEEP_FOR_GOOD = "public, max-age=31536000, immutable"
LANGUAGES: tuple[Language, ...] = ("zh", "en")
ASK_AGAIN = "no-cache"
"""The browser may keep it, but asks each time whether it is still the newest."""

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class PageFile:
    """One file, ready to be sent."""

    body: bytes
    media_type: str


@functools.cache
def files() -> dict[str, PageFile]:
    """Every file of the page by its name; only these can be asked for."""
    found = {
        path.name: PageFile(path.read_bytes(), MEDIA_TYPES[path.suffix])
        for path in sorted(STATIC.iterdir())
        if path.suffix in MEDIA_TYPES
    }
    script = f"export const texts = {json.dumps(texts(), ensure_ascii=False, indent=1)};\n"
    return found | {"texts.js": PageFile(script.encode(), MEDIA_TYPES[".js"])}


def texts() -> dict[Language, dict[str, str]]:
    """What the page itself says, by language and key; a value that the page fills in stands as {name}."""
    return {
        language: {key: _with_holes(f"page.{key}", language) for key in words.codes_below("page.")}
        for language in LANGUAGES
    }


def _with_holes(code: str, language: Language) -> str:
    return words.text(code, language, **{name: f"{{{name}}}" for name in words.values_of(code)})


@functools.cache
def fingerprint() -> str:
    """Changes when any file of the page does."""
    digest = hashlib.sha256()
    for name, file in files().items():
        digest.update(name.encode() + b"\0" + file.body)
    return digest.hexdigest()[:16]


@router.api_route("/", methods=["GET", "HEAD"])
def page(if_none_match: str = Header("")) -> Response:
    """The page itself."""
    etag = f'"{fingerprint()}"'
    headers = HEADERS | {"Cache-Control": ASK_AGAIN, "ETag": etag}
    if etag in if_none_match:
        return Response(status_code=304, headers=headers)
    index = files()["index.html"]
    body = index.body.replace(b"{version}", fingerprint().encode())
    return Response(body, media_type=index.media_type, headers=headers)


@router.api_route("/static/{version}/{name}", methods=["GET", "HEAD"])
def static_file(version: str, name: str) -> Response:
    """A script, style or picture. An old version gets the present file, which is then not kept."""
    file = files().get(name)
    if file is None or name == "index.html":
        raise HTTPException(404)
    caching = KEEP_FOR_GOOD if version == fingerprint() else ASK_AGAIN
    return Response(file.body, media_type=file.media_type, headers=HEADERS | {"Cache-Control": caching})
