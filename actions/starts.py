"""Start a form with the words that asked for it a turn earlier."""

from dataclasses import replace
from typing import Any

from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions import booking_draft, complaint_draft
from actions.turn import Said, set_slots
from bot.language.facts import find_facts


def start(pending: dict[str, Any], said: Said, dispatcher: CollectingDispatcher) -> list[EventType]:
    """`pending` holds the form, the words and what they named."""
    then = replace(
        said,
        text=pending["text"],
        intent=pending["intent"],
        details=pending["details"],
        facts=find_facts(pending["text"], said.now, language=said.language),
        awaiting=None,
    )
    take = {"book_service_form": booking_draft.take, "file_complaint_form": complaint_draft.take}[pending["form"]]
    return [*set_slots(take(then, {}, dispatcher)), FollowupAction(pending["form"])]
