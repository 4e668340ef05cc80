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
    return index(if_none_match)


@router.api_route("/kiosk", methods=["GET", "HEAD"])
def kiosk(if_none_match: str = Header("")) -> Response:
    """The same for the hall's screen: it belongs to everybody and keeps nothing."""
    return index(if_none_match, kind="kiosk")


def index(if_none_match: str, kind: str = "") -> Response:
    """The page; its scripts and styles read from a class what kind of place it stands in."""
    etag = f'"{fingerprint()}{kind}"'
    headers = HEADERS | {"Cache-Control": ASK_AGAIN, "ETag": etag}
    if not kind:  # whoever reports something may tell where they stand; the hall's screen stands in the hall
        headers |= {"Permissions-Policy": "camera=(), geolocation=(self), microphone=(self)"}
    if etag in if_none_match:
        return Response(status_code=304, headers=headers)
    found = files()["index.html"]
    body = found.body.replace(b"{version}", fingerprint().encode())
    if kind:
        body = body.replace(b'<html lang="zh-CN">', f'<html lang="zh-CN" class="{kind}">'.encode())
    return Response(body, media_type=found.media_type, headers=headers)


@router.api_route("/manifest.webmanifest", methods=["GET", "HEAD"])
def manifest() -> Response:
    """What a phone needs to put the page among its programs."""
    icon = {"src": f"/static/{fingerprint()}/icon.svg", "type": "image/svg+xml", "sizes": "any", "purpose": "any"}
    about = {
        "name": words.text("page.page_title", "zh"),
        "short_name": words.text("page.brand_name", "zh"),
        "lang": "zh-CN",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f8f4ec",
        "theme_color": "#16514b",
        "icons": [icon],
        "shortcuts": [{"name": words.text("page.mine", "zh"), "url": "/mine"}],
    }
    return Response(
        json.dumps(about, ensure_ascii=False),
        media_type="application/manifest+json",
        headers=HEADERS | {"Cache-Control": ASK_AGAIN},
    )


@router.api_route("/sw.js", methods=["GET", "HEAD"])
def service_worker() -> Response:
    """At the root, since it serves what lies below its own address; another version of the page is another worker."""
    file = files()["sw.js"]
    body = file.body.replace(b"{version}", fingerprint().encode())
    return Response(body, media_type=file.media_type, headers=HEADERS | {"Cache-Control": ASK_AGAIN})


@router.api_route("/static/{version}/{name}", methods=["GET", "HEAD"])
def static_file(version: str, name: str) -> Response:
    """A script, style or picture. An old version gets the present file, which is then not kept."""
    file = files().get(name)
    if file is None or name == "index.html":
        raise HTTPException(404)
    caching = KEEP_FOR_GOOD if version == fingerprint() else ASK_AGAIN
    return Response(file.body, media_type=file.media_type, headers=HEADERS | {"Cache-Control": caching})
