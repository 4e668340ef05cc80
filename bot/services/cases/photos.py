"""A resident's picture, made safe: only JPEG, PNG or WebP by content, nothing in it but the picture."""

import io
import threading

from PIL import Image, ImageOps

from bot.errors import BadPhoto

MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 16_000_000
"""More is a decompression bomb, or no use to us: four bytes for each lie in memory, however small the file is."""
MAX_SIDE = 2048
"""Pixels; a larger picture is scaled down."""
FORMATS = ("JPEG", "PNG", "WEBP")
_one_at_a_time = threading.BoundedSemaphore(1)
"""Many pictures at once wait for each other instead of filling the memory."""


def clean_photo(content: bytes) -> bytes:
    """The picture as JPEG, upright, without place, time, camera or any other metadata. Raises BadPhoto."""
    if len(content) > MAX_BYTES:
        raise BadPhoto
    with _one_at_a_time:
        return _clean(content)


def _clean(content: bytes) -> bytes:
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise BadPhoto
            picture.draft("RGB", (MAX_SIDE, MAX_SIDE))
            picture.thumbnail((MAX_SIDE, MAX_SIDE))  # first of all: what follows copies it
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except BadPhoto:
        raise
    except Exception as error:  # a decoder that is fed rubbish raises nearly anything
        raise BadPhoto from error
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)  # pixels only: a copied picture would keep comments and profiles
    written = io.BytesIO()
    bare.save(written, "JPEG", quality=85)
    return written.getvalue()
