"""Three lists of forms stand outside the topics: none of them forgets a form that a topic declares."""

from actions.core.topics import topics
from bot.dialogue.call.flow import WORTH_KEEPING
from bot.language.masking import PERSONAL_FORMS
from bot.services.calls.call_drafts import IMPERSONAL

FORMS = {name.removesuffix("_form"): form for topic in topics().values() for name, form in topic.forms.items()}
TELLS_WHO = {"name", "phone", "tail"}


def test_a_caller_is_asked_about_every_draft_that_is_worth_keeping() -> None:
    assert set(WORTH_KEEPING) == {name for name, form in FORMS.items() if form.worth_keeping}


def test_every_form_that_asks_who_somebody_is_is_masked() -> None:
    assert {name for name, form in FORMS.items() if TELLS_WHO & set(form.questions)} == PERSONAL_FORMS


def test_what_every_draft_asks_before_anything_personal_is_named() -> None:
    assert {name for name, form in FORMS.items() if form.worth_keeping} <= set(IMPERSONAL)
    for name, asked in IMPERSONAL.items():
        if name is not None:
            assert asked <= set(FORMS[name].questions), name
            assert not asked & {"phone", "tail", "number"}, name
