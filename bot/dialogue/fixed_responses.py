"""The replies of the domain that never change, as they are spoken: what a voice can render before anybody asks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.dialogue.responses import Variations, language_of, variations_of
from bot.language.ear import for_ear
from bot.turns import Language

FIRST = [
    "utter_welcome",
    "utter_phone_welcome",
    "utter_phone_english",
    "utter_emergency_hurt_or_ill",
    "utter_emergency_fire_gas_trapped",
    "utter_emergency_crime_violence_missing",
    "utter_emergency_wish_to_die",
    "utter_emergency_any",
    "utter_possible_fire_gas_trapped",
    "utter_possible_hurt_or_ill",
    "utter_possible_crime_violence_missing",
    "utter_possible_wish_to_die",
    "utter_phone_transfer",
    "utter_phone_if_cut_off",
    "utter_greet",
    "utter_did_not_hear",
    "utter_did_not_hear_again",
    "utter_are_you_there",
    "utter_phone_moment",
    "utter_sorry",
    "utter_please_wait",
    "utter_ask_back",
    "utter_offer_person",
    "utter_unknown",
    "utter_thanks",
    "utter_goodbye",
    "utter_repeat",
    "utter_slower",
    "utter_louder",
    "utter_capabilities",
    "utter_ask_which_service",
    "utter_ask_book_service_form_date",
    "utter_ask_book_service_form_name",
    "utter_ask_book_service_form_phone",
    "utter_ask_file_complaint_form_description",
    "utter_ask_file_complaint_form_place",
    "utter_ask_file_complaint_form_phone",
]
"""What is heard most, or must come at once."""
OF_CALLS = "utter_phone_"
"""Begins the names of what only a caller hears."""


@dataclass(frozen=True)
class FixedResponses:
    """Of one language, the most important first."""

    texts: tuple[str, ...]
    templates: tuple[str, ...]
    """With {slots}: some of their sentences are fixed."""
    for_calls: tuple[str, ...] = ()
    """Of the texts, those without which no call should be taken: the greeting, and what is said at once."""


@cache
def fixed_responses(domain: Path, language: Language) -> FixedResponses:
    replies = variations_of(domain)
    of_calls = dict.fromkeys((*FIRST, *(name for name in replies if name.startswith(OF_CALLS))))
    said = _spoken(replies, dict.fromkeys((*of_calls, *replies)), language)
    return FixedResponses(
        tuple(text for text in said if not _has_slots(text)),
        tuple(text for text in said if _has_slots(text)),
        tuple(text for text in _spoken(replies, of_calls, language) if not _has_slots(text)),
    )


def _spoken(replies: Variations, names: Iterable[str], language: Language) -> list[str]:
    return [
        variation.get("custom", {}).get("spoken") or for_ear(variation["text"], language)
        for name in names
        for variation in replies.get(name, ())
        if variation.get("text") and language_of(variation) == language
    ]


def _has_slots(text: str) -> bool:
    return re.search(r"\{\w+\}", text) is not None
