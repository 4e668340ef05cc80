"""The chat on somebody else's page: `/embed.js` puts a button there, `/embed` is what it opens in a frame.

Only pages of the origins in LINYU_WIDGET_ORIGINS may frame it; where there is none, neither address exists.
"""

import functools
import json

from fastapi import APIRouter, HTTPException, Response

from api.http.headers import HEADERS
from api.parts import Parts, WithParts
from api.webchat.page import ASK_AGAIN, LANGUAGES, files, index
from bot.language import words

TEXTS = ("widget_open", "widget_close", "widget_title")

router = APIRouter(include_in_schema=False)


@router.api_route("/embed.js", methods=["GET", "HEAD"])
def script(parts: WithParts) -> Response:
    """Any page may load it, for that is what it is for; the frame is what only some may show."""
    _origins(parts)
    headers = HEADERS | {"Cache-Control": ASK_AGAIN, "Cross-Origin-Resource-Policy": "cross-origin"}
    return Response(_script(), media_type=files()["embed.js"].media_type, headers=headers)


@router.api_route("/embed", methods=["GET", "HEAD"])
def frame(parts: WithParts) -> Response:
    """The chat page as it stands in a frame."""
    allowed = _origins(parts)
    response = index("", kind="embed")
    policy = HEADERS["Content-Security-Policy"]
    response.headers["Content-Security-Policy"] = policy.replace("frame-ancestors 'none'", f"frame-ancestors {allowed}")
    del response.headers["X-Frame-Options"]  # it knows no list; the policy above takes its place
    return response


def _origins(parts: Parts) -> str:
    """As the policy names them. Raises HTTPException 404 where there are none."""
    found = parts.settings.widget_origins.replace(",", " ").split()
    if not found:
        raise HTTPException(404)
    return " ".join(found)


@functools.cache
def _script() -> bytes:
    texts = {one: {key: words.text(f"page.{key}", one) for key in TEXTS} for one in LANGUAGES}
    return files()["embed.js"].body.replace(b"{texts}", json.dumps(texts, ensure_ascii=False).encode())
