"""What a resident says besides in the second and third run, so that three runs are three different conversations."""

from dataclasses import dataclass

FORM_QUESTIONS = ("date", "time", "place", "name", "phone", "description", "number", "tail")


@dataclass(frozen=True)
class Aside:
    """Said once, in place of the answer to the first of these questions; then the question is expected again."""

    chinese: str
    in_english: str
    at: tuple[str, ...]

    def fits(self, question: str) -> bool:
        return question in self.at

    def words(self, english: bool) -> str:
        return self.in_english if english else self.chinese


ASIDES: tuple[Aside | None, ...] = (
    None,
    Aside("先问一句,你们大厅周末上不上班?", "one question first, is the hall open on weekends?", ("phone", "tail")),
    Aside("没听清,你再说一遍", "sorry, can you say that again?", FORM_QUESTIONS),
)
"""Of the first, second and third run."""
