"""Be remembered: needs with a consent of their own, name, address and phone; read back, kept only after a yes."""

import re
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.core import drafts, phone_parts
from actions.core.forms import Updates, confirmation, content_of, open_form, resume, step
from actions.core.phone_parts import bad_phone
from actions.core.turn import Said, read
from bot import wiring
from bot.errors import Refusal
from bot.language import words
from bot.language.readers.answer_acts import CONTENT
from bot.language.times import say_day
from bot.services.profiles import profiles
from bot.services.profiles.profiles import Profile

FORM = "profile_form"
OWN = frozenset({"remember_me"})
MEANT = frozenset({"book_service", "file_complaint", "ask_policy", "out_of_scope", "human_agent"})
"""What the needs and an address may sound like."""
NONE = "-"
"""The value of `description` and `place` where there is nothing to keep."""
_NEEDS = re.compile(
    r"拐|轮椅|耳|听|眼|盲|看不|独居|一个人住|一人住|腿|脚|行动|血压|糖|心脏|楼梯|软|手抖|瘫|残|"
    r"\b(?:stick|wheelchair|hear|deaf|blind|see|alone|stairs|walk|diabet\w+|heart|soft)\b",
    re.I,
)
"""Said when somebody wants to be remembered, it is what shall be remembered."""
_ONLY_NEEDS = re.compile(r"情况|需要|备注|身体|独居|拐|轮椅|听|\bneeds?\b|\bhealth\b|\bnote|\balone\b", re.I)
_ALL = re.compile(r"全|都|档案|资料|\ball\b|\beverything\b|\bprofile\b", re.I)

_SKIPS = re.compile(r"不(?:想|方便|愿意?)?(?:说|讲|告诉)|\bskip\b|\brather not\b", re.I)
"""Asked where somebody lives, it leaves that out: we said ourselves that one may."""


class ActionStartProfile(Action):
    def name(self) -> str:
        return "action_start_profile"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)
        if drafts.is_open(said.form) and said.form != FORM:
            return drafts.offer_to_keep(tracker, said, FORM)
        old = drafts.begun(FORM, said, tracker)
        return open_form(FORM, {**drafts.clear(FORM), **_known(said), **old, **take(said, old, dispatcher)})


def _known(said: Said) -> dict[str, Any]:
    """What is kept already: only what is said anew has to be asked."""
    found = profiles.known(wiring.store(), said.conversation_id, said.now)
    return {"name": found.name, "place": found.place or NONE, "phone": found.phone} if found else {}


class ValidateProfileForm(Action):
    def name(self) -> str:
        return f"validate_{FORM}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, draft = read(tracker), drafts.filled(FORM, tracker)
        if said.intent in MEANT and content_of(said, ("description", "place"), MEANT):
            said = replace(said, intent="inform")
        if said.awaiting == "place" and _SKIPS.search(said.text):
            said = replace(said, intent="inform", act="no")
        return step(said, dispatcher, lambda: take(said, draft, dispatcher), own=OWN, draft=draft)


def take(said: Said, draft: dict[str, Any], dispatcher: CollectingDispatcher) -> Updates:
    """The slots that this utterance fills, corrects or (by None) asks again."""
    if (part := phone_parts.taken(said, draft)) is not None:
        return part
    asked, updates = said.awaiting, Updates()
    if asked in (None, "confirmation") and said.intent == "remember_me" and _NEEDS.search(said.text):
        updates |= {"description": said.text, "agreed": None}
    elif asked == "description" and said.act == CONTENT:
        updates["description"] = said.text
    elif asked == "description" and said.act in ("no", "any", "unsure"):
        updates |= {"description": NONE, "agreed": "no"}
    if asked == "agreed" and said.act in ("yes", "no"):
        updates["agreed"] = said.act
    if said.entities.name and asked != "description":
        updates["name"] = said.entities.name
    if asked == "place":
        skipped = said.act in ("no", "any", "unsure", "anonymous")
        updates |= {"place": NONE} if skipped else {"place": said.entities.place or said.text}
    elif asked == "confirmation" and said.entities.place:
        updates["place"] = said.entities.place
    if said.entities.phone:
        updates |= {"phone": said.entities.phone, phone_parts.SLOT: None}
    else:
        updates |= bad_phone(said, dispatcher)
    if asked == "confirmation":
        updates = {name: value for name, value in updates.items() if value != draft.get(name)}
    return confirmation(said, updates)


class ActionKeepProfile(Action):
    def name(self) -> str:
        return "action_keep_profile"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, draft = read(tracker), drafts.filled(FORM, tracker)
        if (instead := drafts.held_back(FORM, dispatcher, tracker)) is not None:
            return instead
        request = profiles.ProfileRequest(
            name=draft["name"],
            phone=draft["phone"],
            place=None if draft["place"] == NONE else draft["place"],
            needs=draft["description"] if draft.get("agreed") == "yes" else None,
            conversation_id=said.conversation_id,
            client_message_id=said.client_message_id,
            language=said.language,
            channel=said.channel,
        )
        try:
            kept = profiles.keep(wiring.store(), request, said.now)
        except Refusal as error:
            dispatcher.utter_message(response=error.say)
        else:
            dispatcher.utter_message(
                response="utter_profile_kept", number=kept.number, json_message={"card": card(kept)}
            )
        return drafts.close(FORM, tracker)


def show(found: list[Profile], said: Said, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """All that is kept, word for word: it is theirs."""
    for profile in found[-3:]:
        dispatcher.utter_message(
            response="utter_profile",
            number=profile.number,
            name=profile.name,
            tail=profile.phone[-4:],
            place_words=place_words(profile.place, said.language),
            needs_words=needs_words(profile.needs, said.language),
            day_words=say_day(profile.agreed.date(), said.language),
            json_message={"card": card(profile)},
        )
    return resume(said) or drafts.end(tracker)


def forget(found: list[Profile], said: Said, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """At once: consent is taken back by saying so. Where only the needs are named, they alone."""
    needs_only = bool(_ONLY_NEEDS.search(said.text)) and not _ALL.search(said.text)
    needs_only = needs_only and any(one.needs for one in found)
    for profile in found:
        profiles.forget(wiring.store(), profile.number, said.now, needs_only=needs_only)
    dispatcher.utter_message(response="utter_needs_forgotten" if needs_only else "utter_profile_forgotten")
    return resume(said) or drafts.end(tracker)


def title(profile: Profile, language: str) -> str:
    return f"{profile.name}{', ' if language == 'en' else '，'}{place_words(profile.place, language)}"


def place_words(place: str | None, language: str) -> str:
    return words.text("profiles.no_place", language) if place in (None, NONE) else str(place)


def needs_words(needs: str | None, language: str) -> str:
    return words.text("profiles.needs", language, needs=needs) if needs not in (None, NONE) else ""


def card(profile: Profile) -> dict[str, Any]:
    return {"kind": "profile", "number": profile.number, "state": profile.state}
