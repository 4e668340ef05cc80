"""A second wish, said in one breath with the first or in the middle of it: kept, and offered when the first is done."""

import re
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.core import drafts
from actions.core.turn import Said

_BESIDES = re.compile(
    r"还有一?[个件]事(?:就?是)?|第?二[个件]?(?:事情?)?(?=[,，:：是我]|还)(?:就?是)?|再就是|再一个|另外|顺便|顺带|还要(?=[报反投举订约预挂])|再(?=帮我)|\band (?:i )?also(?: want to| need to| would like to)?\b|\bas well as\b|\bplus\b",
    re.I,
)
"""Something else begins here."""
ASKS = re.compile(r"[约订报办要想挂]|\b(?:book|want|need|like|order|also|another|appointment)\b", re.I)
"""Words that wish for something; a bare value has none of them."""


def rest_of(text: str) -> str:
    """The words behind the first wish; empty where there is only one."""
    found = _BESIDES.search(text)
    return text[found.end() :].strip(" ,.;:!?，。") if found and found.start() > 1 else ""


def keep(form: str, slots: dict[str, Any], dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    return drafts.keep_wish(form, slots, dispatcher, tracker)


def named_again(said: Said, service: str | None) -> bool:
    """Is another service wished for, while this one is being booked?"""
    other = said.details.get("service")
    return bool(
        said.intent == "book_service"
        and said.awaiting
        and service
        and other
        and other != service
        and ASKS.search(said.text)
    )
