"""What a service's topic declares of a form, and what the actions ask in it, agree."""

from collections import Counter

import yaml

from actions.core.topics import topics
from bot.services.kernel.topics import drafts
from bot.settings import ROOT

FORMS = {name.removesuffix("_form"): form for topic in topics().values() for name, form in topic.forms.items()}
TELLS_WHO = {"name", "phone", "tail"}


def test_only_forms_that_there_are_are_declared() -> None:
    assert set(drafts()) <= set(FORMS)


def test_every_form_that_asks_who_somebody_is_is_masked() -> None:
    assert {name for name, form in FORMS.items() if TELLS_WHO & set(form.questions)} == {
        name for name, draft in drafts().items() if draft.asks_who
    }


def test_every_form_that_ends_in_something_written_is_worth_keeping() -> None:
    """What is read back before it is written; a wish to be called back, or to change what stands, is told anew in a sentence."""
    read_back = {name for name, form in FORMS.items() if {"confirmation", "phone"} <= set(form.questions)}
    assert read_back - {"callback", "change_booking"} == {
        name for name, draft in drafts().items() if draft.worth_keeping
    }


def test_what_a_form_asks_before_anything_personal_is_asked_by_it() -> None:
    for name, draft in drafts().items():
        assert draft.impersonal <= set(FORMS[name].questions), name
        assert not draft.impersonal & {"phone", "tail", "number"}, name
        assert draft.impersonal or not draft.worth_keeping, name


def test_no_two_topics_give_a_reply_the_same_name() -> None:
    files = (ROOT / "domain.yml", *sorted((ROOT / "data" / "domain").glob("*.yml")))
    names = Counter(name for path in files for name in yaml.safe_load(path.read_text("utf-8")).get("responses", {}))
    assert [name for name, times in names.items() if times > 1] == []
