"""Points: balance and history, redeem a reward, undo it within a day."""

import re
from collections.abc import Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.core import drafts, read_back
from actions.core.forms import Updates, confirmation, open_form, resume, step
from actions.core.turn import Said, read
from bot import wiring
from bot.errors import Refusal
from bot.language import words
from bot.language.corrections import blank_denied
from bot.language.times import say_day
from bot.services.points import points
from bot.services.points.points import Redemption, Reward, Volunteer
from bot.turns import Button

FORM = "redeem_points_form"
UNDO_FORM = "undo_redemption_form"
TOLD = 3
"""Lines of the history."""
_AMOUNT = re.compile(r"^[一二三四五六七八九十两几半\d]+[斤两块条包袋瓶盒提桶张次份个把支双套卷]")
"""Before what it is."""


def show(found: list[Volunteer], said: Said, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """The balance, the newest lines of the history, and what waits to be picked up."""
    volunteer = found[-1]
    dispatcher.utter_message(
        response="utter_points_status",
        number=volunteer.number,
        balance=volunteer.balance,
        history_words=_history(volunteer, said.language),
        json_message={"card": points_card(volunteer)},
    )
    return resume(said) or drafts.end(tracker)


def _history(volunteer: Volunteer, language: str) -> str:
    lines = [
        words.text(
            "points.line",
            language,
            day=say_day((one.day or one.at.date()), language),
            kind=words.text(f"points.kind.{one.kind}", language),
            activity=one.activity or "",
            amount=words.text("points.gained" if one.amount >= 0 else "points.spent", language, points=abs(one.amount)),
        )
        for one in volunteer.history[:TOLD]
    ]
    if not lines:
        return words.text("points.none_yet", language)
    return words.text("points.newest", language, lines=("; " if language == "en" else "；").join(lines))


def title(volunteer: Volunteer, language: str) -> str:
    """How one of several volunteers of one conversation is named."""
    return words.text("points.named", language, number=volunteer.number, balance=volunteer.balance)


def start_redeeming(
    found: list[Volunteer], said: Said, dispatcher: CollectingDispatcher, tracker: Tracker
) -> list[EventType]:
    volunteer = found[-1]
    affordable = payable(volunteer)
    if not affordable:
        dispatcher.utter_message(response="utter_nothing_payable", balance=volunteer.balance)
        return resume(said) or drafts.end(tracker)
    return open_form(FORM, {**drafts.clear(FORM), "record": volunteer.number, "item": _named(said.text, affordable)})


def payable(volunteer: Volunteer) -> list[Reward]:
    """The rewards that there are, and that the balance pays."""
    return [one for one in points.rewards(wiring.store()) if one.cost <= volunteer.balance and one.stock > 0]


def _named(text: str, rewards: list[Reward]) -> str | None:
    """The only reward that the words name."""
    cores = {one.id: (_core(one.bare_title), _core(one.bare_title_en).lower()) for one in rewards}
    found = [which for which, names in cores.items() if any(name and name in text.lower() for name in names)]
    return found[0] if len(found) == 1 else None


def _core(title: str) -> str:
    """香皂 of 香皂一块, 大米 of 两斤大米; soap of A bar of soap."""
    if title.isascii():
        return title.rsplit(" of ", 1)[-1].removeprefix("A ").removeprefix("An ")
    bare = _AMOUNT.sub("", title)
    return bare[: next((at for at, sign in enumerate(bare) if sign in "一两几"), len(bare))] or bare


class ValidateRedeemPointsForm(Action):
    def name(self) -> str:
        return f"validate_{FORM}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, draft = read(tracker), drafts.filled(FORM, tracker)
        return step(said, dispatcher, lambda: take(said, tracker), own=frozenset({"redeem_points"}), draft=draft)


def take(said: Said, tracker: Tracker) -> Updates:
    volunteer = points.get(wiring.store(), tracker.get_slot("record"))
    item = _named(blank_denied(said.text), payable(volunteer))
    return confirmation(said, {"item": item} if item else {})


def reward_choice(reward: Reward, language: str) -> Button:
    """What it is and what it costs."""
    english = language == "en"
    title, bare = (reward.title_en, reward.bare_title_en) if english else (reward.title, reward.bare_title)
    return Button(
        words.text("points.reward_choice", language, title=title, cost=reward.cost),
        words.text("points.take_reward", language, core=_core(bare)),
    )


class ActionRedeemPoints(Action):
    """What the form leads to; action_redeem_points opens it."""

    def name(self) -> str:
        return "action_commit_redemption"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, draft = read(tracker), drafts.filled(FORM, tracker)
        if (instead := drafts.held_back(FORM, dispatcher, tracker)) is not None:
            return instead
        try:
            made = points.redeem(
                wiring.store(),
                draft["record"],
                draft["item"],
                conversation_id=said.conversation_id,
                client_message_id=said.client_message_id,
                now=said.now,
            )
        except Refusal as error:
            dispatcher.utter_message(response=error.say)
        else:
            volunteer = points.get(wiring.store(), draft["record"])
            dispatcher.utter_message(
                response="utter_redeemed",
                code=made.code,
                json_message={"card": points_card(volunteer, made, said.english)},
                **names_of(made.reward, said.english),
            )
        return drafts.close(FORM, tracker)


def start_undoing(
    found: list[Volunteer], said: Said, dispatcher: CollectingDispatcher, tracker: Tracker
) -> list[EventType]:
    """The newest that is not picked up and not older than a day."""
    made = undoable(found[-1], said)
    if made is None:
        dispatcher.utter_message(response="utter_nothing_to_undo")
        return resume(said) or drafts.end(tracker)
    return open_form(UNDO_FORM, {**drafts.clear(UNDO_FORM), "record": found[-1].number, "item": made.code})


def undoable(volunteer: Volunteer, said: Said) -> Redemption | None:
    """The newest redemption that can still be undone."""
    return next((one for one in volunteer.redemptions if one.can_be_undone(said.now)), None)


class ValidateUndoRedemptionForm(Action):
    def name(self) -> str:
        return f"validate_{UNDO_FORM}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said = read(tracker)

        def answered() -> Updates:
            if said.awaiting == "confirmation" and said.act in ("yes", "no"):
                return {"confirmation": said.act}
            return {}

        draft = drafts.filled(UNDO_FORM, tracker)
        return step(said, dispatcher, answered, own=frozenset({"undo_redemption"}), draft=draft)


class ActionCommitUndo(Action):
    def name(self) -> str:
        return "action_commit_undo"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        said, draft = read(tracker), drafts.filled(UNDO_FORM, tracker)
        number = draft["record"]
        if draft.get("confirmation") != "yes":
            dispatcher.utter_message(response="utter_reward_kept")
            return drafts.close(UNDO_FORM, tracker)
        if not read_back.was_read(draft, drafts.slots_of(UNDO_FORM), tracker.get_slot(read_back.SLOT)):
            return open_form(UNDO_FORM, {"confirmation": None})
        try:
            points.undo(wiring.store(), number, draft.get("item") or "", said.now)
        except Refusal as error:
            dispatcher.utter_message(response=error.say)
        else:
            volunteer = points.get(wiring.store(), number)
            dispatcher.utter_message(
                response="utter_undone", balance=volunteer.balance, json_message={"card": points_card(volunteer)}
            )
        return drafts.close(UNDO_FORM, tracker)


def names_of(reward: Reward, english: bool) -> dict[str, str]:
    """For the blanks of a reply."""
    return {
        "reward": reward.title_en if english else reward.title,
        "reward_place": reward.place_en if english else reward.place,
    }


def points_card(volunteer: Volunteer, made: Redemption | None = None, english: bool = False) -> dict[str, Any]:
    card = {"kind": "points", "number": volunteer.number, "balance": str(volunteer.balance), "state": volunteer.state}
    if made is not None:
        card |= {"item": made.reward.title_en if english else made.reward.title, "code": made.code}
    return card


def volunteer_of(draft: Mapping[str, Any]) -> Volunteer | None:
    """Whose points the draft is about."""
    try:
        return points.get(wiring.store(), draft["record"])
    except Refusal:
        return None
