"""Actions on a real SQLite store with the example offerings, without Rasa."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.core.turn import Said
from bot import wiring
from bot.language.entities import find_entities
from bot.language.times import HERE
from bot.services.bookings.bookings import BookingRequest, book
from bot.services.bookings.offerings import load_demo
from bot.settings import ROOT
from bot.store.store import Store


@pytest.fixture
def office(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The store that the actions find."""
    load_demo(sqlite_store, ROOT / "data/policy/offerings.csv")
    monkeypatch.setattr(wiring, "store", lambda: sqlite_store)
    return sqlite_store


@pytest.fixture
def said(now: datetime) -> Callable[..., Said]:
    """An utterance: words and intent, and what was asked before it."""

    def make(text: str, intent: str = "inform", awaiting: str | None = None, **changes: object) -> Said:
        language = str(changes.get("language", "zh"))
        act = {"affirm": "yes", "deny": "no", "stop": "stop"}.get(intent, "content")
        usual = Said(
            text=text, intent=intent, ranking=[intent], details={}, language=language, channel="web",
            entities=find_entities(text, now, awaiting=awaiting, language=language), conversation_id="conversation-a",
            client_message_id="message-1", now=now, form=None, awaiting=awaiting, topic=None, before=frozenset(), act=act,
        )  # fmt: skip
        return replace(usual, **changes)  # type: ignore[arg-type]

    return make


@pytest.fixture
def dispatcher() -> CollectingDispatcher:
    return CollectingDispatcher()


@pytest.fixture
def lunch(office: Store) -> str:
    """The number of a lunch that is booked."""
    request = BookingRequest(
        offering_id="meal-dongfeng", day=date(2026, 11, 26), starts=time(11), party=1, name="孙莉", phone="13900100788",
        address=None, beneficiary=None, note=None, conversation_id="walk", client_message_id="walk", language="zh", channel="web",
    )  # fmt: skip
    return book(office, request, datetime(2026, 11, 23, 8, tzinfo=HERE)).number
