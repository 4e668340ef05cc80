"""Style and script of the console, below /staff/static/. Addresses carry a fingerprint, so browsers may keep them."""

import functools
import hashlib
from pathlib import Path

from fastapi import APIRouter, HTTPException, Response

from api.console.frame.session import Public

STATIC = Path(__file__).parent.parent / "static"
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".mp3": "audio/mpeg",
    ".wav": "audio/wav",
}

router = APIRouter(prefix="/staff/static", include_in_schema=False, dependencies=[Public])


@functools.cache
def files() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(STATIC.iterdir()) if path.suffix in MEDIA_TYPES}


@functools.cache
def fingerprint() -> str:
    digest = hashlib.sha256()
    for name, body in files().items():
        digest.update(name.encode() + b"\0" + body)
    return digest.hexdigest()[:16]


def address(name: str) -> str:
    """Where a page finds the file. Raises KeyError when there is none."""
    if name not in files():
        raise KeyError(name)
    return f"/staff/static/{fingerprint()}/{name}"


@router.get("/{version}/{name}")
def static_file(version: str, name: str) -> Response:
    body = files().get(name)
    if body is None:
        raise HTTPException(404)
    keep = "public, max-age=31536000, immutable" if version == fingerprint() else "no-cache"
    return Response(body, media_type=MEDIA_TYPES[Path(name).suffix], headers={"Cache-Control": keep})
