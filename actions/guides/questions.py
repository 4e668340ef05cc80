"""How a guide asks: which one, which case, and whether to go on to the next step."""

from collections.abc import Mapping
from typing import Any

from actions.core.choices import plainly
from actions.core.questions import Draft, Question
from actions.core.turn import Said
from actions.guides import texts
from actions.guides.draft import guide_of
from bot import wiring
from bot.services.guides import guides
from bot.turns import Button


def _guides(said: Said, _draft: Draft) -> list[Button]:
    return plainly([guide.title[said.language] for guide in wiring.guides().guides.values()])


def _open(draft: Draft) -> guides.Question | None:
    guide = guide_of(draft)
    return guide.next_question(draft.get("guide_case") or {}) if guide else None


def _ask(said: Said, draft: Draft) -> Mapping[str, Any]:
    question = _open(draft)
    return {"ask": question.ask[said.language] if question else ""}


def _options(said: Said, draft: Draft) -> list[Button]:
    question = _open(draft)
    return plainly([option.words[said.language] for option in question.options] if question else [])


def _step(said: Said, draft: Draft) -> Mapping[str, Any]:
    guide, at, language = guide_of(draft), draft.get("at_step") or 0, said.language
    if guide is None:
        return {"step_words": "", "note": ""}
    steps = guide.steps_of(draft.get("guide_case") or {})
    return {
        "step_words": texts.step_words(steps[at], at, len(steps), language),
        "note": texts.note(guide, language) if at == 0 else "",
        "json_message": {"card": texts.card(guide, steps, at, language)},
    }


def _last(draft: Draft) -> Question | None:
    guide = guide_of(draft)
    steps = guide.steps_of(draft.get("guide_case") or {}) if guide else []
    return LAST if guide and (draft.get("at_step") or 0) + 1 >= len(steps) else None


LAST = Question(
    ("utter_guide_last_step", "utter_guide_last_step_again", "utter_guide_last_step_once_more"), blanks=_step
)
GUIDE = {
    "guide": Question(
        ("utter_which_guide", "utter_which_guide_example", "utter_which_guide_narrower"), choices=_guides
    ),
    "question": Question(
        ("utter_guide_question", "utter_guide_question_example", "utter_guide_question_narrower"),
        blanks=_ask,
        choices=_options,
    ),
    "step": Question(
        ("utter_guide_step", "utter_guide_step_again", "utter_guide_step_once_more"), blanks=_step, instead=_last
    ),
}
