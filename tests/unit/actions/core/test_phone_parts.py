"""A phone number that is said in parts is joined, in a booking, a complaint and a call back."""

from collections.abc import Callable
from typing import Any

import pytest

from actions.core import phone_parts
from actions.core.questions import fitting
from actions.core.topics import form
from actions.core.turn import Said

pytestmark = pytest.mark.unit
Says = Callable[..., Said]


@pytest.mark.parametrize(
    ("parts", "language", "phone"),
    [
        (("139", "0000", "5678"), "zh", "13900005678"),
        (("一三九零零", "零零五六七八"), "zh", "13900005678"),
        (("前面是139", "然后0000", "5678"), "zh", "13900005678"),
        (("0714", "8765432"), "zh", "07148765432"),
        (("138", "139 0000", "5678"), "zh", None),
        (("one three nine", "zero zero zero zero", "5678"), "en", "13900005678"),
    ],
)
def test_parts_are_joined(said: Says, parts: tuple[str, ...], language: str, phone: str | None) -> None:
    draft: dict[str, Any] = {}
    for part in parts:
        taken = phone_parts.taken(said(part, awaiting="phone", language=language), draft)
        draft |= taken or {}
    assert draft.get("phone") == phone


@pytest.mark.parametrize("words", ["12345", "我没有电话", "2", "明天三点"])
def test_what_begins_no_number_is_no_part_of_one(said: Says, words: str) -> None:
    assert phone_parts.taken(said(words, awaiting="phone"), {}) is None


@pytest.mark.parametrize(
    "name",
    [
        "book_service_form",
        "file_complaint_form",
        "callback_form",
        "submit_proposal_form",
        "support_proposal_form",
        "join_volunteering_form",
    ],
)
def test_the_rest_is_asked_for(name: str) -> None:
    question = form(name).questions["phone"]
    assert fitting(question, {"digits": "139"}).wordings[0] == "utter_digits_so_far"
    assert phone_parts.SLOT in form(name).slots
