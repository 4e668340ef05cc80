"""Start a form, or open a record, with the words that asked for it a turn earlier."""

from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings import draft as booking_draft
from actions.complaints import draft as complaint_draft
from actions.core import records
from actions.core.forms import open_form
from actions.core.turn import read
from bot.language.facts import find_facts

TAKE = {"book_service_form": booking_draft.take, "file_complaint_form": complaint_draft.take}


def start(
    pending: dict[str, Any], begun: dict[str, Any], dispatcher: CollectingDispatcher, tracker: Tracker
) -> list[EventType]:
    """`pending` holds the form, the words and what they named; `begun` an earlier draft of that form."""
    said = read(tracker)
    then = replace(
        said,
        text=pending["text"],
        intent=pending["intent"],
        details=pending["details"],
        facts=find_facts(pending["text"], said.now, language=said.language),
        form=None,
        awaiting=None,
    )
    if pending["form"] == records.FORM:
        return records.go_on(then, dispatcher, tracker)
    return open_form(pending["form"], TAKE[pending["form"]](then, begun, dispatcher))
