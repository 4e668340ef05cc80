"""Who acts for me, and what did they do; and that they shall do it no more."""

import re

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.core import drafts
from actions.core.choices import offer
from actions.core.forms import resume
from actions.core.turn import Said
from actions.mandates import wording
from bot import wiring
from bot.language import words
from bot.language.times import say_day
from bot.language.zh.surnames import KIN
from bot.services.mandates import mandates
from bot.services.mandates.mandates import Mandate
from bot.turns import Button

TOLD = 3
"""Acts that are told, the newest last."""
_EVERYBODY = re.compile(
    r"都不|谁都|所有|全部|他们|她们|两个都|一个都|\b(?:everybody|everyone|all of them|nobody|any of them)\b", re.I
)
_KIN = re.compile(rf"{KIN}|\b(?:son|daughter|grandson|granddaughter|niece|nephew|neighbou?r|wife|husband)\b", re.I)


def of_conversation(store: object, conversation_id: str) -> list[Mandate]:
    """Those that were given here, or by whoever calls here, and those under which this conversation acts."""
    del store
    now = wiring.now()
    given = mandates.of_conversation(wiring.store(), conversation_id, now)
    used = mandates.used_in(wiring.store(), conversation_id, now)
    return list({one.number: one for one in (*given, *used)}.values())


def show(found: list[Mandate], said: Said, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Who, for what, until when, and what was done."""
    live = [one for one in found if one.state in mandates.LIVE] or found[-1:]
    for mandate in live[-TOLD:]:
        dispatcher.utter_message(
            response="utter_mandate_status",
            number=mandate.number,
            helper=mandate.helper,
            powers_words=wording.powers_words(mandate.powers, said.language),
            state_words=words.in_sentence(words.text(f"mandates.state.{mandate.state}", said.language), said.language),
            day_words=say_day(mandate.ends, said.language),
            acts_words=_acts(mandate, said.language),
            json_message={"card": wording.card(mandate, said.language)},
        )
    return resume(said) or drafts.end(tracker)


def _acts(mandate: Mandate, language: str) -> str:
    if not mandate.acts:
        return words.text("mandates.nothing_done", language)
    lines = [
        words.text(
            "mandates.line", language, day=say_day(act.at.date(), language), deed=mandates.deed_of(act, language)
        )
        for act in mandate.acts[-TOLD:]
    ]
    return words.text("mandates.done", language, lines=("; " if language == "en" else "；").join(lines))


def end(found: list[Mandate], said: Said, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """At once, for it only takes something away: the one who is named, or all, or the one there is."""
    live = [one for one in found if one.state in mandates.LIVE]
    meant = live if _EVERYBODY.search(said.text) else _named(live, said.text) or live
    if not meant:
        dispatcher.utter_message(response="utter_mandate_none")
        return resume(said) or drafts.end(tracker)
    if len(meant) > 1 and not _EVERYBODY.search(said.text):
        choices = [
            Button(title(one, said.language), words.text("mandates.which.end", said.language, number=one.number))
            for one in reversed(meant)
        ]
        offer(dispatcher, "utter_which_mandate", choices, said.language, count=len(meant))
        return []
    for one in meant:
        ended = mandates.end(wiring.store(), one.number, said.now)
        dispatcher.utter_message(
            response="utter_mandate_ended",
            number=ended.number,
            helper=ended.helper,
            json_message={"card": wording.card(ended, said.language)},
        )
    return resume(said) or drafts.end(tracker)


def _named(live: list[Mandate], text: str) -> list[Mandate]:
    """Those of the one who is named by kinship or by name."""
    kin = [match[0].lower() for match in _KIN.finditer(text)]
    return [
        one
        for one in live
        if any(name in one.said_helper.lower() for name in kin) or (one.helper in text and len(one.helper) > 1)
    ]


def title(mandate: Mandate, language: str) -> str:
    """How one of several is named."""
    powers = wording.powers_words(mandate.powers, language)
    return words.text("mandates.named", language, helper=mandate.helper, powers=powers)
