"""The words of a guide: one step for the ear, all steps for the eye, and its card."""

from typing import Any

from bot import wiring
from bot.language import words
from bot.services.guides import confirmations
from bot.services.guides.guides import Guide, Step


def step_words(step: Step, at: int, count: int, language: str) -> str:
    """One step; `at` counts from 0."""
    english = language == "en"
    parts = [
        words.text(
            "guides.step",
            language,
            at=at + 1,
            count=count,
            do=step.do[language],
            papers=(", " if english else "、").join(step.papers[language]),
            where=step.where[language],
        ),
        words.text("guides.step.long", language, long=step.long[language]) if step.long else "",
        words.text("guides.step.confirm", language, confirm=step.confirm[language]),
    ]
    return (" " if english else "").join(part for part in parts if part)


def note(guide: Guide, language: str) -> str:
    return words.text("guides.note", language) if confirmations.is_example(wiring.store(), guide) else ""


def all_steps(guide: Guide, steps: list[Step], language: str) -> str:
    lines = [step_words(step, at, len(steps), language) for at, step in enumerate(steps)]
    return "\n".join([*lines, note(guide, language)]).strip()


def card(guide: Guide, steps: list[Step], at: int, language: str) -> dict[str, Any]:
    return {
        "kind": "steps",
        "number": "",
        "title": guide.title[language],
        "step": at + 1,
        "steps": [
            {
                "title": step.do[language],
                "papers": list(step.papers[language]),
                "where": step.where[language],
                "long": step.long[language] if step.long else None,
                "confirm": step.confirm[language],
            }
            for step in steps
        ],
    }
