"""The words of an item, part by part, for eye and ear."""

from collections.abc import Collection

from bot.language import words
from bot.services.items.items import Item

PARTS = {
    "who": ("who", "where"),
    "place": ("who", "where"),
    "apply": ("who", "where"),
    "documents": ("papers",),
    "when": ("days",),
    "hours": ("days",),
    "eligibility": ("serves",),
}
"""Which parts answer which kind of question; another kind is answered by who and where."""


def asked_parts(kinds: Collection[str]) -> list[str]:
    """Names of the parts to speak, in the order of an entry."""
    wanted = {part for kind in kinds for part in PARTS.get(kind, ())} or {"who", "where"}
    return [part for part in ("who", "where", "papers", "days", "serves") if part in wanted]


def sentences(item: Item, language: str) -> dict[str, str]:
    """Every sentence of the entry by the name of its part."""
    gap = ", " if language == "en" else "、"
    who = words.text("items.who", language, title=item.title[language], department=item.department[language])
    told = {
        "who": who[0].upper() + who[1:],
        "where": words.text("items.where", language, window=item.window[language]),
        "papers": words.text("items.papers", language, papers=gap.join(item.papers[language])),
        "days": words.text("items.days", language, days=item.days[language])
        if item.days
        else words.text("items.days.unknown", language),
        "serves": words.text("items.serves", language, serves=item.serves[language]),
    }
    if item.example:
        told["note"] = words.text("items.note", language, confirm=item.confirm[language])
    return told
