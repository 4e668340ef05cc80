"""AudioSocket over a real TCP connection: frames as Asterisk 22.10 sends them, and what comes of broken ones."""

import asyncio
import dataclasses
import struct
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from api.main import create_app
from api.parts import Parts
from api.telephone.expected_calls import Next
from api.telephone.line import (
    BadMessage,
    CallAudio,
    CallEnded,
    CallStarted,
    KeyPressed,
    Leave,
    News,
    PlayAudio,
    PlayMark,
    StopPlaying,
)
from api.telephone.providers import audiosocket
from api.telephone.providers.audiosocket import AudioSocketLine
from api.telephone.providers.audiosocket_server import listen
from bot.operation.local_servers import free_ports
from bot.settings import Settings
from bot.store.conversations.tables import Call as CallRow
from bot.store.store import Store

pytestmark = pytest.mark.telephone
KEY_0 = bytes.fromhex("03 0001 30")
QUIET = bytes.fromhex("10 0140") + bytes(320)
HANG_UP = bytes.fromhex("00 0000")


class Asterisk:
    """The other end of the connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def sends(self, *frames: bytes) -> None:
        for frame in frames:
            self._writer.write(frame)
            await self._writer.drain()

    async def hears(self) -> tuple[int, bytes] | None:
        """The next frame; None when we have closed the connection."""
        try:
            kind, length = struct.unpack(">BH", await asyncio.wait_for(self._reader.readexactly(3), 20))
            return kind, await self._reader.readexactly(length)
        except (asyncio.IncompleteReadError, ConnectionError):
            return None

    async def hears_speech(self) -> None:
        while (frame := await self.hears()) is not None:
            kind, payload = frame
            assert (kind, len(payload)) == (0x10, 320)
            if any(payload):
                return
        raise AssertionError("it was closed")

    async def hears_until_the_end(self) -> list[int]:
        """The kinds of all frames."""
        kinds = []
        while (frame := await self.hears()) is not None:
            kinds.append(frame[0])
        return kinds

    async def hangs_up(self) -> None:
        self._writer.close()
        with suppress(ConnectionError):
            await self._writer.wait_closed()


@pytest.fixture
async def port(parts: Parts) -> AsyncIterator[int]:
    """Where we take calls."""
    await parts.speech.warm_up()
    (free,) = free_ports(1)
    with_door = dataclasses.replace(parts, settings=parts.settings.model_copy(update={"audiosocket_port": free}))
    async with listen(with_door):
        yield free


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[Asterisk]:
    asterisk = Asterisk(*await asyncio.open_connection("127.0.0.1", port))
    try:
        yield asterisk
    finally:
        await asterisk.hangs_up()


async def ticket_frame(parts: Parts, caller: str | None = "13900001234", news: News = "new") -> bytes:
    ticket = await parts.expected_calls.announce(CallStarted("1795473419.0", caller, news))
    return bytes.fromhex("01 0010") + uuid.UUID(ticket).bytes


async def row_of_ended_call(store: Store) -> CallRow:
    async with asyncio.timeout(20):
        while True:
            with store.reading() as unit:
                row = unit.session.query(CallRow).one()
            if row.ended is not None:
                return row
            await asyncio.sleep(0.01)


def calls_in(store: Store) -> int:
    with store.reading() as unit:
        return unit.session.query(CallRow).count()


@pytest.mark.parametrize(
    ("frame", "event"),
    [
        (KEY_0, KeyPressed("0")),
        (bytes.fromhex("03 0001 41"), None),
        (bytes.fromhex("03 0000"), None),
        (bytes.fromhex("10 0003 010203"), CallAudio(b"\1\2")),
        (HANG_UP, CallEnded()),
        (bytes.fromhex("ff 0001 04"), CallEnded()),
        (bytes.fromhex("42 0002 0102"), None),
    ],
)
def test_frames_are_events(frame: bytes, event: object) -> None:
    assert audiosocket.read(frame[0], frame[3:]) == event


@pytest.mark.parametrize(("kind", "payload"), [(0x01, b"short"), (0x01, b""), (0x11, b"\0\0"), (0x18, b"\0\0")])
def test_another_rate_and_half_a_ticket_are_refused(kind: int, payload: bytes) -> None:
    with pytest.raises(BadMessage):
        audiosocket.read(kind, payload)


@given(st.integers(0, 255), st.binary(max_size=50))
def test_whatever_comes_is_an_event_or_refused(kind: int, payload: bytes) -> None:
    try:
        audiosocket.read(kind, payload)
    except BadMessage:
        return


def test_sound_goes_out_in_frames_of_20_ms() -> None:
    pcm = bytes(range(256)) * 2 + bytes(128)
    first, second = bytes.fromhex("10 0140") + pcm[:320], bytes.fromhex("10 0140") + pcm[320:]
    assert audiosocket.write(PlayAudio(pcm)) == first + second
    assert audiosocket.write(Leave()) == HANG_UP
    assert audiosocket.write(PlayMark("1")) == audiosocket.write(StopPlaying()) == b""


async def test_a_caller_is_greeted_and_reaches_a_person(parts: Parts, port: int, store: Store) -> None:
    async with connected(port) as asterisk:
        await asterisk.sends(await ticket_frame(parts), QUIET)
        await asterisk.hears_speech()
        await asterisk.sends(QUIET, KEY_0, QUIET)
        assert (await asterisk.hears_until_the_end())[-1] == 0x00
    next_ = await parts.expected_calls.what_next("1795473419.0")
    assert next_.order == "operator"
    assert next_.handover.isdigit()
    row = await row_of_ended_call(store)
    assert (row.provider, row.provider_call, row.cause) == ("audiosocket", "1795473419.0", "handed_over")


async def test_a_goodbye_ends_the_call_for_the_caller_too(parts: Parts, port: int, store: Store) -> None:
    async with connected(port) as asterisk:
        await asterisk.sends(await ticket_frame(parts))
        await asterisk.hears_speech()
        await asterisk.sends(bytes.fromhex("03 0001 23"))
        assert (await asterisk.hears_until_the_end())[-1] == 0x00
    assert await parts.expected_calls.what_next("1795473419.0") == Next("goodbye")
    assert (await row_of_ended_call(store)).cause == "assistant"


async def test_nothing_follows_the_goodbye(parts: Parts) -> None:
    """Sound is sent by the clock, and leaving by the talk: whichever comes first."""
    accepted: asyncio.Queue[AudioSocketLine] = asyncio.Queue()

    def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        accepted.put_nowait(AudioSocketLine(reader, writer, parts.expected_calls))

    (free,) = free_ports(1)
    async with await asyncio.start_server(take, "127.0.0.1", free), connected(free) as asterisk:
        line = await accepted.get()
        await line.do(PlayAudio(bytes(320)))
        await line.hang_up()
        await line.do(PlayAudio(bytes(320)))
        await line.do(Leave())
        closing = asyncio.create_task(line.close())
        assert await asterisk.hears_until_the_end() == [0x10, 0x00]
        await asterisk.hangs_up()
        await closing


async def test_when_all_places_are_taken_a_new_call_is_left_to_a_person(parts: Parts, port: int, store: Store) -> None:
    parts.capacity.busy = parts.settings.calls_served
    async with connected(port) as asterisk:
        await asterisk.sends(await ticket_frame(parts))
        assert await asterisk.hears_until_the_end() == []
    assert await parts.expected_calls.what_next("1795473419.0") == Next("lost")
    assert calls_in(store) == 0


async def test_when_no_person_answers_either_a_full_house_speaks_and_hangs_up(
    parts: Parts, port: int, store: Store
) -> None:
    parts.capacity.busy = parts.settings.calls_served
    async with connected(port) as asterisk:
        await asterisk.sends(await ticket_frame(parts, news="nobody"))
        await asterisk.hears_speech()
        await asterisk.sends(QUIET)
        assert (await asterisk.hears_until_the_end())[-1] == 0x00
    assert await parts.expected_calls.what_next("1795473419.0") == Next("goodbye")
    assert calls_in(store) == 0


async def test_who_hangs_up_on_a_full_house_is_gone(parts: Parts, port: int) -> None:
    parts.capacity.busy = parts.settings.calls_served
    async with connected(port) as asterisk:
        await asterisk.sends(await ticket_frame(parts, news="nobody"))
        await asterisk.hears_speech()
        await asterisk.sends(HANG_UP)
        assert (await asterisk.hears_until_the_end())[-1] == 0x00


async def test_an_exchange_that_still_sends_and_reads_late_finds_our_goodbye(
    parts: Parts, port: int, store: Store
) -> None:
    async with connected(port) as asterisk:
        await asterisk.sends(await ticket_frame(parts))
        await asterisk.hears_speech()
        await asterisk.sends(KEY_0)
        row = await row_of_ended_call(store)
        await asyncio.sleep(1.5)
        await asterisk.sends(QUIET, QUIET)
        assert (await asterisk.hears_until_the_end())[-1] == 0x00
    assert row.cause == "handed_over"


async def test_frames_may_come_in_pieces(parts: Parts, port: int, store: Store) -> None:
    async with connected(port) as asterisk:
        for byte in await ticket_frame(parts) + QUIET[:10]:
            await asterisk.sends(bytes([byte]))
        await asterisk.hears_speech()
        await asterisk.sends(QUIET[10:] + KEY_0[:2], KEY_0[2:])
        assert (await asterisk.hears_until_the_end())[-1] == 0x00
    assert (await row_of_ended_call(store)).cause == "handed_over"


@pytest.mark.parametrize("last", [b"", QUIET[:100], b"\x10", HANG_UP])
async def test_whoever_hangs_up_even_within_a_frame_has_hung_up(
    parts: Parts, port: int, store: Store, last: bytes
) -> None:
    async with connected(port) as asterisk:
        await asterisk.sends(await ticket_frame(parts))
        await asterisk.hears_speech()
        await asterisk.sends(last)
        await asterisk.hangs_up()
        assert (await row_of_ended_call(store)).cause == "caller"
    assert await parts.expected_calls.what_next("1795473419.0") == Next("lost")


async def test_an_unknown_kind_is_passed_over(parts: Parts, port: int) -> None:
    async with connected(port) as asterisk:
        await asterisk.sends(bytes.fromhex("42 0003 010203"), await ticket_frame(parts), bytes.fromhex("77 0000"))
        await asterisk.hears_speech()


@pytest.mark.parametrize(
    "first",
    [
        bytes.fromhex("01 0010") + bytes(range(16)),
        bytes.fromhex("01 0010") + bytes(16),
        bytes.fromhex("01 0004 00000000"),
        QUIET,
        KEY_0,
        HANG_UP,
        bytes.fromhex("10 ffff") + bytes(65535),
        bytes.fromhex("01 ffff"),
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    ],
)
async def test_without_a_ticket_the_connection_is_closed(
    parts: Parts, port: int, store: Store, caplog: pytest.LogCaptureFixture, first: bytes
) -> None:
    await parts.expected_calls.announce(CallStarted("1795473419.0", "13900001234"))
    async with connected(port) as asterisk:
        await asterisk.sends(first)
        assert await asterisk.hears_until_the_end() == []
    assert calls_in(store) == 0
    assert caplog.messages == ["audiosocket: a connection was closed: it brought no call"]


async def test_a_ticket_is_good_for_one_connection(parts: Parts, port: int) -> None:
    ticket = await ticket_frame(parts)
    async with connected(port) as first, connected(port) as second:
        await first.sends(ticket)
        await first.hears_speech()
        await second.sends(ticket)
        assert await second.hears_until_the_end() == []
        await first.hears_speech()


@pytest.mark.parametrize(
    "broken", [bytes.fromhex("10 1001"), bytes.fromhex("12 0002 0000"), b"\x01\x00\x10" + bytes(16)]
)
async def test_a_broken_frame_in_a_call_leaves_it_to_the_operator(
    parts: Parts, port: int, store: Store, broken: bytes
) -> None:
    async with connected(port) as asterisk:
        await asterisk.sends(await ticket_frame(parts))
        await asterisk.hears_speech()
        await asterisk.sends(broken)
        assert (await asterisk.hears_until_the_end())[-1] == 0x00
    assert (await row_of_ended_call(store)).cause == "lost"
    assert await parts.expected_calls.what_next("1795473419.0") == Next("lost")


async def test_a_call_that_goes_on_when_we_stop_is_left_to_the_operator(parts: Parts, store: Store) -> None:
    await parts.speech.warm_up()
    (free,) = free_ports(1)
    settings = parts.settings.model_copy(update={"audiosocket_port": free})
    async with listen(dataclasses.replace(parts, settings=settings)):
        asterisk = Asterisk(*await asyncio.open_connection("127.0.0.1", free))
        await asterisk.sends(await ticket_frame(parts))
        await asterisk.hears_speech()
    assert (await asterisk.hears_until_the_end())[-1] == 0x00
    await asterisk.hangs_up()
    assert (await row_of_ended_call(store)).cause == "lost"


async def test_the_dialplan_asks_with_the_secret_and_is_told_nothing_without(parts: Parts, store: Store) -> None:
    settings = Settings(
        state_dir=parts.settings.state_dir,
        audiosocket_port=1,
        telephone_secret=SecretStr("secret"),
        encoder="none",
    )
    app = create_app(settings, store=store, rasa=parts.rasa)
    asked = {"call": "1795473419.0", "caller": "13900001234", "news": "new"}
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test/telephony/audiosocket") as stranger:
        for wrong in (None, ("asterisk", "wrong"), ("asterisk", "")):
            assert (await stranger.post("/ticket", data=asked, auth=wrong)).status_code == 401
            assert (await stranger.post("/next", data=asked, auth=wrong)).status_code == 401
    async with httpx.AsyncClient(
        transport=transport, base_url="http://test/telephony/audiosocket", auth=("asterisk", "secret")
    ) as dialplan:
        ticket = (await dialplan.post("/ticket", data=asked)).text
        assert await app.state.parts.expected_calls.admit(ticket) == CallStarted("1795473419.0", "13900001234")
        assert (await dialplan.post("/next", data=asked)).text == "lost"
        await app.state.parts.expected_calls.order("1795473419.0", Next("operator", "12345678"))
        assert (await dialplan.post("/next", data=asked)).text == "operator 12345678"
        again = (await dialplan.post("/ticket", data={"call": "1", "caller": "anonymous", "news": "nobody"})).text
        assert await app.state.parts.expected_calls.admit(again) == CallStarted("1", None, "nobody")
        assert (await dialplan.post("/ticket", data={"caller": "13900001234"})).status_code == 422


async def test_without_a_port_there_is_no_server(parts: Parts, store: Store) -> None:
    async with listen(parts):
        pass
    app = create_app(parts.settings, store=store, rasa=parts.rasa)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as dialplan:
        for name in ("ticket", "next"):
            answer = await dialplan.post(f"/telephony/audiosocket/{name}", data={"call": "1"})
            assert answer.status_code == 404
