"""From a posting that was looked at to an application: what each sentence changes."""

from collections.abc import Callable

import pytest
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy import select

from actions.core.forms import STOPPED
from actions.core.turn import Said
from actions.jobs import draft as job_draft
from actions.jobs import questions, search, texts
from bot import wiring
from bot.services.jobs import importing, jobs
from bot.services.jobs.wish import Wish, read_wish
from bot.settings import ROOT
from bot.store.jobs.tables import JobPosting
from bot.store.store import Store

pytestmark = pytest.mark.store
Says = Callable[..., Said]


@pytest.fixture
def offered(office: Store, said: Says) -> Store:
    importing.load_demo(office, ROOT / "data/jobs/demo.csv", wiring.trades(), said("").now)
    return office


def test_what_is_found_is_told_three_at_a_time_and_never_with_a_phone(
    offered: Store, said: Says, dispatcher: CollectingDispatcher
) -> None:
    words = said("找个包吃住的活", "find_job")
    search.tell(read_wish(words.text, wiring.trades()), words, dispatcher)
    (message,) = dispatcher.messages
    assert message["response"] == "utter_jobs_found"
    assert message["choices"].count("包吃住") == 3
    choices = message["custom"]["choices"]
    assert 3 < len(choices) <= jobs.SHOWN
    assert all(choice["payload"].startswith("看看") for choice in choices)


def test_what_had_to_be_given_up_is_named(offered: Store, said: Says, dispatcher: CollectingDispatcher) -> None:
    search.tell(Wish(trade="welder", place="老街社区"), said("老街的电焊工", "find_job"), dispatcher)
    (message,) = dispatcher.messages
    assert (message["response"], message["given_up"]) == ("utter_jobs_near", "地点")


def test_a_posting_is_wanted_by_a_yes_and_left_by_a_no(said: Says, dispatcher: CollectingDispatcher) -> None:
    asked = {"job_posting": 1}
    assert job_draft.take(said("要", "affirm", "wants"), asked, dispatcher) == {"wants": "yes"}
    assert job_draft.take(said("我要应聘这个岗位", "apply_job", "wants"), asked, dispatcher) == {"wants": "yes"}
    left = job_draft.take(said("不用了", "deny", "wants"), asked, dispatcher)
    assert set(left.values()) == {STOPPED}


def test_name_and_phone_are_taken_and_corrected_before_the_yes(said: Says, dispatcher: CollectingDispatcher) -> None:
    assert job_draft.take(said("我叫王小明", awaiting="name"), {}, dispatcher) == {"name": "王小明"}
    assert job_draft.take(said("13900100321", awaiting="phone"), {}, dispatcher) == {"phone": "13900100321"}
    changed = job_draft.take(said("电话换成13900100322", "inform", "confirmation", asked="read_back"), {}, dispatcher)
    assert changed == {"phone": "13900100322", "confirmation": None, "changing": None}
    agreed = job_draft.take(said("可以", "affirm", "confirmation", asked="read_back"), {}, dispatcher)
    assert agreed == {"confirmation": "yes"}


def test_without_a_phone_it_is_said_why_one_is_needed(said: Says, dispatcher: CollectingDispatcher) -> None:
    assert job_draft.take(said("不想留电话", "deny", "phone"), {}, dispatcher) == {"phone": None}
    assert dispatcher.messages[0]["response"] == "utter_phone_for_job"


def test_a_posting_that_is_gone_is_said_at_once(offered: Store, said: Says, dispatcher: CollectingDispatcher) -> None:
    words = said("我要应聘9999号岗位", "apply_job")
    assert job_draft.take(words, {}, dispatcher) == {"job_posting": None, "wants": None}
    assert dispatcher.messages[0]["response"] == "utter_job_over"


def test_nothing_found_for_no_wish_is_a_whole_sentence(
    office: Store, said: Says, dispatcher: CollectingDispatcher
) -> None:
    search.tell(Wish(), said("都看看", "find_job"), dispatcher)
    search.tell(Wish(trade="welder"), said("电焊工", "find_job"), dispatcher)
    assert [message["response"] for message in dispatcher.messages] == ["utter_no_jobs_at_all", "utter_no_jobs"]


def test_a_posting_has_no_number_to_keep_before_it_is_applied_for(offered: Store, said: Says) -> None:
    blanks = questions.APPLY["wants"].blanks
    assert blanks is not None
    assert "number" not in blanks(said(""), {"job_posting": 1})["json_message"]["card"]


def test_a_posting_is_told_in_both_languages_and_as_an_example(offered: Store, said: Says) -> None:
    today = said("").now.date()
    welder = jobs.search(offered, Wish(trade="welder"), today).postings[0]
    assert texts.full(welder, "zh").startswith("电焊工，月薪6000到8000元，白班，包吃住。单位：示例机械厂。")
    assert texts.full(welder, "zh").endswith("这是示例岗位。")
    assert "welding (电焊工), 6000 to 8000 yuan a month, day shift, lodging and meals." in texts.full(welder, "en")


@pytest.mark.parametrize(
    ("language", "first"), [("zh", "这几个一样的是：白班、包吃住。"), ("en", "The same for all: day shift, ")]
)
def test_two_postings_are_told_beside_each_other(
    offered: Store, said: Says, dispatcher: CollectingDispatcher, language: str, first: str
) -> None:
    with offered.reading() as unit:
        found = {row.title: row.id for row in unit.session.scalars(select(JobPosting))}
    both = [found["电焊工"], found["缝纫工"]]
    search.compare(both, said("比一比", "find_job", language=language), dispatcher)
    (message,) = dispatcher.messages
    assert first.lower() in str(message["text"]).lower()
    assert "6000" in str(message["text"])
    assert len(message["custom"]["choices"]) == 2
    assert "0714" not in str(message)


def test_what_is_over_is_not_compared(offered: Store, said: Says, dispatcher: CollectingDispatcher) -> None:
    search.compare([1, 99_999], said("看看1号岗位, 看看99999号岗位", "find_job"), dispatcher)
    assert dispatcher.messages[-1]["response"] == "utter_job_over"
