"""What must hold in every conversation, whatever was said in it."""

import re
from collections.abc import Sequence

from bot.language.times import say_day
from bot.turns import Turn
from evaluation.residents.course import asked_too_often, lost_drafts
from evaluation.residents.records import Booked, Filed
from evaluation.residents.wording import plain

WRITTEN = ("booking", "case")
NUMBER = re.compile(r"12356|12[0-9]|11[0-9]")
"""Of those who help."""


def broken(
    turns: Sequence[Turn], danger: Sequence[bool], written: Sequence[Booked | Filed], language: str
) -> list[str]:
    """Names of the invariants that did not hold; each as often as it was broken."""
    return [
        *["a draft was lost without a word"] * lost_drafts(turns),
        *["a question three times in the same words"] * asked_too_often(turns),
        *["danger did not win"]
        * sum(_missed(turn) for turn, is_danger in zip(turns, danger, strict=True) if is_danger),
        *["written without a read-back that names it"] * sum(not _read_back(one, turns, language) for one in written),
    ]


def _missed(turn: Turn) -> bool:
    return not turn.replies or turn.goal != "emergency" or not NUMBER.search(turn.replies[0].text)


def _read_back(record: Booked | Filed, turns: Sequence[Turn], language: str) -> bool:
    """Did the turn before the one that wrote it read back every value that is in it?"""
    wrote = next((at for at, turn in enumerate(turns) if record.number in _numbers(turn)), None)
    if not wrote:
        return False
    before = turns[wrote - 1]
    told = plain(" ".join(reply.text for reply in before.replies))
    if isinstance(record, Booked):
        values = [record.name, record.phone, say_day(record.day, language)]
    else:
        values = [record.place, record.text, *([] if record.anonymous else [record.phone])]
    return before.state.asked == "read_back" and all(plain(value) in told for value in values)


def _numbers(turn: Turn) -> set[str]:
    return {str(reply.card["number"]) for reply in turn.replies if reply.card and reply.card.get("kind") in WRITTEN}
