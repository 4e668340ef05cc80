"""What staff teach the readers of danger and of answers: labels, and the approved sentences as files like those in data/."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol

from bot.errors import BadInput
from bot.language.readers.answer_acts import ACTS, may_follow
from bot.language.readers.danger import KINDS, POSSIBLE

NO_DANGER = "none"
DANGERS = (*KINDS, POSSIBLE, NO_DANGER)
"""What a turn can be labelled as for the reader of danger; "none" is a false alarm."""


class Labelled(Protocol):
    """A sentence as it is learnt."""

    @property
    def text(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def danger(self) -> str | None: ...
    @property
    def act(self) -> str | None: ...
    @property
    def asked(self) -> str | None: ...


def check(danger: str, act: str, asked: str | None) -> None:
    """Raises BadInput for a class that is none, and for an act that cannot answer what was asked."""
    if danger and danger not in DANGERS:
        raise BadInput("danger")
    if act and (act not in ACTS or asked is None or not may_follow(act, asked)):
        raise BadInput("act")


def acts_after(asked: str | None) -> list[str]:
    """What the answer to a question can be."""
    return [act for act in ACTS if asked and may_follow(act, asked)]


def in_reader_files(found: Iterable[Labelled]) -> dict[str, str]:
    """Text by path, such as "danger/none.zh.txt"; where something was asked, its name stands above in brackets."""
    lines: dict[str, list[str]] = defaultdict(list)
    for one in found:
        if one.danger:
            lines[f"danger/{one.danger}.{one.language}.txt"].append(one.text)
        if one.act and one.asked:
            lines[f"answers/{one.act}.{one.language}.txt"] += [f"[{one.asked}]", one.text]
    return {path: "\n".join(texts) + "\n" for path, texts in sorted(lines.items())}
