"""A resident's picture, made safe: only JPEG, PNG or WebP by content, nothing in it but the picture."""

import io

from PIL import Image, ImageOps

from bot.errors import BadPhoto

MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 50_000_000
"""More is a decompression bomb, or no use to us."""
MAX_SIDE = 2048
"""Pixels; a larger picture is scaled down."""
FORMATS = ("JPEG", "PNG", "WEBP")


def clean_photo(content: bytes) -> bytes:
    """The picture as JPEG, upright, without place, time, camera or any other metadata. Raises BadPhoto."""
    if len(content) > MAX_BYTES:
        raise BadPhoto
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise BadPhoto
            picture.draft("RGB", (MAX_SIDE, MAX_SIDE))
            picture.load()
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except BadPhoto:
        raise
    except Exception as error:  # a decoder that is fed rubbish raises nearly anything
        raise BadPhoto from error
    upright.thumbnail((MAX_SIDE, MAX_SIDE))
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)  # pixels only: a copied picture would keep comments and profiles
    written = io.BytesIO()
    bare.save(written, "JPEG", quality=85)
    return written.getvalue()
