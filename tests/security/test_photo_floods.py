"""Pictures of strangers fill neither the memory nor the disk, and both sides name the same limit."""

import asyncio
import io
import re
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from PIL import Image
from starlette.requests import HTTPConnection

from api.http.limits import PHOTOS_PER_MINUTE, PHOTOS_WAITING, Limits
from api.http.problems import Problem
from bot.dialogue.responses import Responses
from bot.errors import BadPhoto
from bot.services.cases import photos
from bot.settings import ROOT, Settings
from tests.api.conftest import Conversation, ears, make_app, voice

__all__ = ["ears", "make_app", "voice"]
pytestmark = [pytest.mark.security, pytest.mark.api]

REQUEST = HTTPConnection({"type": "http", "headers": [], "client": ("10.0.0.1", 1)})


def png(width: int, height: int, mode: str = "RGBA") -> bytes:
    written = io.BytesIO()
    Image.new(mode, (width, height)).save(written, "PNG")
    return written.getvalue()


def send(conversation: Conversation, content: bytes) -> Any:
    files = {"photo": ("a.png", content, "image/png")}
    return conversation.client.post(f"{conversation.path}/photo", files=files, headers=conversation.headers)


@pytest.mark.parametrize("size", [(4001, 4001), (1, 16_000_001), (7000, 7000)])
def test_a_small_file_with_too_many_pixels_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(BadPhoto):
        photos.clean_photo(png(*size, mode="1"))


def test_sixteen_million_pixels_are_taken() -> None:
    assert photos.clean_photo(png(4000, 4000, mode="L")).startswith(b"\xff\xd8")


def test_one_picture_is_decoded_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    inside, most, at = [0], [0], threading.Lock()

    def decode(_content: bytes) -> bytes:
        with at:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
        time.sleep(0.02)
        with at:
            inside[0] -= 1
        return b""

    monkeypatch.setattr(photos, "_clean", decode)
    threads = [threading.Thread(target=photos.clean_photo, args=(b"",)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]


def test_pictures_of_one_conversation_are_limited(client: TestClient) -> None:
    conversation = Conversation(client)
    codes = [send(conversation, b"none").status_code for _ in range(PHOTOS_PER_MINUTE + 1)]
    assert codes == [422] * PHOTOS_PER_MINUTE + [429]


def test_pictures_of_one_address_are_limited(settings: Settings, make_app: Callable[..., FastAPI]) -> None:
    with TestClient(make_app(settings.model_copy(update={"photos_per_hour": 2}))) as client:
        codes = [send(Conversation(client), b"none").status_code for _ in range(3)]
    assert codes == [422, 422, 429]


def test_a_fourth_picture_costs_no_decoding(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    conversation, small = Conversation(client), png(8, 8)
    assert [send(conversation, small).status_code for _ in range(3)] == [201] * 3
    monkeypatch.delattr(photos, "_clean")
    assert send(conversation, small).status_code == 422


async def test_whoever_comes_while_many_wait_is_asked_to_come_again(settings: Settings) -> None:
    limits = Limits(settings)
    done = asyncio.Event()

    async def one(name: str) -> None:
        async with limits.photo(REQUEST, name):
            await done.wait()

    waiting = [asyncio.create_task(one(f"conversation-{n}")) for n in range(PHOTOS_WAITING)]
    await asyncio.sleep(0.05)
    with pytest.raises(Problem) as refused:
        await one("one more")
    assert refused.value.status == 503
    done.set()
    await asyncio.gather(*waiting)
    await one("after them")


def test_the_page_and_our_side_name_the_same_limit() -> None:
    page = (ROOT / "api" / "webchat" / "static" / "photo.js").read_text("utf-8")
    megabytes = int(re.findall(r"PHOTO_MEGABYTES = (\d+)", page)[0])
    assert megabytes * 1024 * 1024 == photos.MAX_BYTES
    assert int(re.findall(r"LONGEST_SIDE = (\d+)", page)[0]) == photos.MAX_SIDE
    words = Responses(ROOT / "domain.yml")
    told = [re.findall(r"(\d+) ?MB", words.reply("utter_bad_photo", language).text) for language in ("zh", "en")]
    assert told == [[str(megabytes)]] * 2
