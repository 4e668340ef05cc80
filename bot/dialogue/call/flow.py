"""The course of a call: what the caller is told, when keys help out, when a person takes over."""

from dataclasses import replace
from typing import Any, Literal

from bot.dialogue.call.keys import DIGITS_AWAITED, Mode
from bot.dialogue.choosing import offered_in
from bot.dialogue.responses import Responses
from bot.language import words
from bot.language.ear import for_ear
from bot.language.zh.spoken_numbers import digit_by_digit
from bot.turns import Language, Reply, Turn

ELDER_RATE = 0.85
"""Every call starts at this pace."""
MISUNDERSTOOD = (
    "utter_did_not_hear", "utter_did_not_hear_again", "utter_ask_back", "utter_offer_person", "utter_missed_answer",
    "utter_missed_again", "utter_way_out",
)  # fmt: skip
"""Replies that mean that we did not understand."""
YES_OR_NO = {
    "yes": True, "solved": True, "keep": True,
    "no": False, "not_solved": False, "drop": False, "stop": False, "cancel": False, "anonymous": False,
}  # fmt: skip
"""What an answer comes to where the call asks for a yes or a no."""
ASKED_AS = {"which_number": "phone", "keep_before_goodbye": "keep_draft", "mandate": "call_back"}
"""Questions of the call under the names that the reader of answers knows."""
ACTS_FOR_OTHER = "act_for_other"
"""The form that asks for two phones: of the one it acts for, and of the caller."""
MENU_AFTER = 2
PERSON_AFTER = 3


class Misunderstandings:
    """In a row: two offer the key menu, three hand over."""

    def __init__(self) -> None:
        self.count = 0

    def add(self, *, understood: bool) -> Literal["menu", "person"] | None:
        self.count = 0 if understood else self.count + 1
        if self.count >= PERSON_AFTER:
            return "person"
        return "menu" if self.count == MENU_AFTER else None


def was_understood(turn: Turn, replies: Responses) -> bool:
    """False when the reply asks to say it again, or cannot make anything of it."""
    if turn.goal == "out_of_scope":
        return False
    sorry = {replies.reply(name, language).text for name in MISUNDERSTOOD for language in ("zh", "en")}
    return not any(reply.text in sorry for reply in turn.replies)


def wish_of_key(choice: int, mode: Mode, turn: Turn | None, language: Language) -> str | None:
    """The words that a key stands for; None when the last reply offered fewer."""
    if mode == "menu":
        return words.text(f"dialogue.menu.{choice}", language)
    offered = offered_in(turn)
    return offered.choices[choice - 1].payload if offered and choice <= len(offered.choices) else None


def handover_in(turn: Turn) -> str | None:
    """The number of the wish for a person that this turn recorded."""
    return next((str(card["number"]) for card in _handovers(turn)), None)


def is_erasure(turn: Turn) -> bool:
    """The wish to have one's data deleted is recorded for staff like a wish for a person, but the call goes on."""
    return any(card.get("purpose") == "erase" for card in _handovers(turn))


def _handovers(turn: Turn) -> list[dict[str, Any]]:
    return [reply.card for reply in turn.replies if reply.card and reply.card.get("kind") == "handover"]


def with_number_again(before: Turn | None, turn: Turn, language: Language) -> Turn:
    """The number of what was just confirmed is said twice: whoever has no pencil yet misses it the first time."""
    if before is None or before.state.awaiting != "confirmation" or turn.state.form is not None:
        return turn
    numbers = {str(reply.card["number"]) for reply in turn.replies if reply.card and reply.card.get("number")}
    told = [number for number in numbers if any(number in reply.text for reply in turn.replies)]
    if len(told) != 1:
        return turn
    again = words.text("dialogue.number_again", language, number=told[0])
    return replace(turn, replies=(*turn.replies, Reply(again, for_ear(again, language))))


def mode_for(turn: Turn) -> Mode:
    """What keys mean after this turn."""
    if turn.state.awaiting not in DIGITS_AWAITED and offered_in(turn):
        return "choices"
    return "digits" if turn.state.awaiting in DIGITS_AWAITED else "talk"


def asks_for_own_number(turn: Turn) -> bool:
    """Then the number from which they call may do; whoever acts for another is asked for that person's phone first."""
    return turn.state.awaiting == "contact" or (turn.state.awaiting == "phone" and turn.state.form != ACTS_FOR_OTHER)


def greeting(*, recorded: bool, draft: bool) -> tuple[str, ...]:
    """Names of the replies that open a call."""
    first = "utter_phone_welcome_recorded" if recorded else "utter_phone_welcome"
    return (first, "utter_phone_english", "utter_phone_draft") if draft else (first, "utter_phone_english")


def digits_for_ear(digits: str, language: Language) -> str:
    """Keys pressed, or a number, as they are read back."""
    return digit_by_digit(digits) if language == "zh" else " ".join(digits)


def filled(reply: Reply, language: Language, **values: str) -> Reply:
    """The reply with its blanks filled, for the eye and for the ear."""
    text = reply.text.format(**values)
    return replace(reply, text=text, spoken=for_ear(text, language))
