"""A place that has none of a service is said by its name. It is Monday 23 November 2026, eight in the morning."""

from collections.abc import Callable
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings import draft as booking_draft
from actions.core.turn import Said
from bot.store.store import Store

pytestmark = pytest.mark.store
Says = Callable[..., Said]


@pytest.mark.parametrize(
    ("service", "words", "language", "named"),
    [
        ("bathing", "老街社区4栋102", "zh", "老街社区"),
        ("meal", "送到老街社区4栋102", "zh", "老街社区"),
        ("venue", "新街社区", "zh", "新街社区"),
        ("bathing", "南门社区", "zh", "南门社区"),
        ("bathing", "Laojie community, building 4", "en", "Laojie community"),
    ],
)
def test_a_place_without_the_service_is_named(
    office: Store, said: Says, dispatcher: CollectingDispatcher, service: str, words: str, language: str, named: str
) -> None:
    updates = booking_draft.take(said(words, awaiting="place", language=language), {"service": service}, dispatcher)
    assert updates.get("offering") is None
    (message,) = dispatcher.messages
    assert (message["response"], message["place"]) == ("utter_not_there", named)


@pytest.mark.parametrize(
    ("service", "words", "offering"),
    [
        ("bathing", "东风社区", "bathing-dongfeng"),
        ("hall_appointment", "老街社区", "hall-laojie"),
        ("medical_escort", "老街社区4栋102", "medical-escort-home"),
        ("meal", "新街社区5栋", "meal-home-xinjie"),
    ],
)
def test_a_place_with_the_service_is_taken_without_a_word(
    office: Store, said: Says, dispatcher: CollectingDispatcher, service: str, words: str, offering: str
) -> None:
    updates = booking_draft.take(said(words, awaiting="place"), {"service": service}, dispatcher)
    assert updates["offering"] == offering
    assert dispatcher.messages == []


def test_who_gives_an_address_for_a_place_to_go_to_is_told(
    office: Store, said: Says, dispatcher: CollectingDispatcher
) -> None:
    updates = booking_draft.take(said("东风社区3栋", awaiting="place"), {"service": "bathing"}, dispatcher)
    assert updates["offering"] == "bathing-dongfeng"
    assert [message["response"] for message in dispatcher.messages] == ["utter_place_is_elsewhere"]


def test_a_community_in_answer_to_the_address_does_not_send_the_resident_out(
    office: Store, said: Says, dispatcher: CollectingDispatcher
) -> None:
    draft: dict[str, Any] = {"service": "meal", "offering": "meal-home-dongfeng"}
    updates = booking_draft.take(said("东风社区", awaiting="place"), draft, dispatcher)
    assert updates.get("offering") in (None, "meal-home-dongfeng")
    assert updates["place"] == "东风社区"
