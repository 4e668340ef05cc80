"""The course of a call: what the caller is told, when keys help out, when a person takes over."""

from typing import Literal

from bot.dialogue.call_keys import DIGITS_AWAITED, Mode
from bot.dialogue.domain_words import DomainWords
from bot.turns import Language, Turn

ELDER_RATE = 0.85
"""Every call starts at this pace."""
MISUNDERSTOOD = (
    "utter_did_not_hear", "utter_did_not_hear_again", "utter_ask_back", "utter_offer_person", "utter_missed_answer",
)  # fmt: skip
"""Replies that mean that we did not understand."""
MENU_AFTER = 2
PERSON_AFTER = 3
MENU_WISHES: dict[Language, tuple[str, ...]] = {
    "zh": ("我想预约助餐", "我要反映一个问题", "查一下我的预约", "我的投诉办到哪一步了", "我要问政策", "取消我的预约"),
    "en": (
        "I want to book a meal",
        "I want to report a problem",
        "check my booking",
        "how far is my complaint",
        "I have a question on the plan",
        "cancel my booking",
    ),
}
"""The six commonest wishes, in the order of utter_phone_menu."""
YES = frozenset("好 好的 好啊 是 是的 对 对的 要 可以 行 嗯 接着办 继续 记住 yes yeah sure ok okay please".split())
NO = frozenset("不 不是 不要 不用 不对 不办了 不了 不必 算了 别 no nope".split())


class Misunderstandings:
    """In a row: two offer the key menu, three hand over."""

    def __init__(self) -> None:
        self.count = 0

    def add(self, *, understood: bool) -> Literal["menu", "person"] | None:
        self.count = 0 if understood else self.count + 1
        if self.count >= PERSON_AFTER:
            return "person"
        return "menu" if self.count == MENU_AFTER else None


def was_understood(turn: Turn, words: DomainWords) -> bool:
    """False when the reply asks to say it again."""
    sorry = {words.reply(name, language).text for name in MISUNDERSTOOD for language in ("zh", "en")}
    return not any(reply.text in sorry for reply in turn.replies)


def mode_for(turn: Turn) -> Mode:
    """What keys mean after this turn."""
    return "digits" if turn.state.awaiting in DIGITS_AWAITED else "talk"


def yes_or_no(text: str) -> bool | None:
    """A bare yes or no to a question of the call itself; None for anything else."""
    plain = text.strip(" ,。.!,!吧啊呀的了").lower()
    if plain in YES or text.strip().lower() in YES:
        return True
    if plain in NO or text.strip().lower() in NO:
        return False
    return None


def greeting(*, recorded: bool, draft: bool) -> tuple[str, ...]:
    """Names of the replies that open a call."""
    first = "utter_phone_welcome_recorded" if recorded else "utter_phone_welcome"
    return (first, "utter_phone_draft") if draft else (first,)
