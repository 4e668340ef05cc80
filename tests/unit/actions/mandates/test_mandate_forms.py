"""Giving, taking up, asking by a call and ending a mandate, as the forms do them."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings.bookings import ActionBookService
from actions.core import drafts, read_back, starts
from actions.core.turn import Said
from actions.mandates import act, give, records, wording
from bot import wiring
from bot.services.audit.behalf import Powers
from bot.services.bookings import bookings
from bot.services.mandates import mandates
from bot.store.store import Store

pytestmark = pytest.mark.unit
Make = Callable[..., Said]
Slots = dict[str, Any]


def tracker(form: str, slots: Slots, now: datetime, talk: str) -> Tracker:
    """After a yes to the summary."""
    slots = slots | {read_back.SLOT: read_back.fingerprint(slots, drafts.slots_of(form))}
    about = {"now": now.isoformat(), "conversation_id": talk, "client_message_id": f"m-{talk}"}
    message = {"text": "确认", "intent": {"name": "affirm"}, "metadata": about}
    return Tracker(f"{talk}-0", slots, message, [], False, None, {}, "action_listen")


def filled(said: Make, dispatcher: CollectingDispatcher, turns: tuple[tuple[str, str | None], ...]) -> Slots:
    """What the mother has told."""
    slots: Slots = dict.fromkeys(drafts.slots_of(give.FORM))
    for words, awaiting in turns:
        slots |= give.take(
            said(words, "give_mandate" if awaiting is None else "inform", awaiting=awaiting), slots, dispatcher
        )
    return slots


def code_of(
    said: Make, dispatcher: CollectingDispatcher, now: datetime, helper: str = "儿子", talk: str = "mother"
) -> str:
    slots = filled(
        said,
        dispatcher,
        ((f"我想让我{helper}替我办事", None), ("都可以", "powers"), ("半年", "date"), ("13900001234", "phone")),
    )
    assert (slots["helper"], slots["powers"], slots["phone"]) == (f"我{helper}", "all", "13900001234")
    give.ActionGiveMandate().run(dispatcher, tracker(give.FORM, slots | {"confirmation": "yes"}, now, talk), {})
    assert dispatcher.messages[-1]["response"] == "utter_mandate_given_unproven"
    return str(dispatcher.messages[-1]["code"])


def taken_up(said: Make, dispatcher: CollectingDispatcher, now: datetime, code: str, talk: str = "son") -> Slots:
    slots: Slots = dict.fromkeys(drafts.slots_of(act.FORM))
    for words, awaiting in (
        ("我替我妈办事", None), (code, "code"), ("13900001234", "phone"), ("王强", "name"), ("13700005678", "contact"),
    ):  # fmt: skip
        slots |= act.take(act._heard(said(words, awaiting=awaiting)), slots, dispatcher)
    assert slots["confirmation"] == "yes", "a code needs no read-back"
    act.ActionActForOther().run(dispatcher, tracker(act.FORM, slots, now, talk), {})
    return slots


def test_a_mother_gives_a_code_and_her_son_books_with_it(
    office: Store, said: Make, dispatcher: CollectingDispatcher, now: datetime
) -> None:
    taken_up(said, dispatcher, now, code_of(said, dispatcher, now))
    assert dispatcher.messages[-1]["response"] == "utter_mandate_taken_up"
    assert dispatcher.messages[-1]["custom"]["card"]["kind"] == "mandate"
    wish = said("订明天的午饭", "book_service", conversation_id="son")
    known = starts.known_of_other(wish, Powers.BOOKINGS, ("name", "phone", "beneficiary"), dispatcher)
    assert known == {"phone": "13900001234", "beneficiary": "我妈"}
    own = said("这回是给我自己订", "book_service", conversation_id="son")
    assert starts.known_of_other(own, Powers.BOOKINGS, ("phone",), dispatcher) == {}


def test_a_mandate_that_was_ended_meanwhile_books_nothing_and_says_so(
    office: Store, said: Make, dispatcher: CollectingDispatcher, now: datetime
) -> None:
    taken_up(said, dispatcher, now, code_of(said, dispatcher, now))
    number = str(dispatcher.messages[-1]["number"])
    form = "book_service_form"
    draft: Slots = dict.fromkeys(drafts.slots_of(form)) | {
        "service": "meal", "offering": "meal-dongfeng", "place": "东风社区助餐点（示例）", "date": "2026-11-25",
        "time": "11:00", "name": "王秀英", "phone": "13900001234", "confirmation": "yes",
    }  # fmt: skip
    mandates.end(office, number, now)
    events = ActionBookService().run(dispatcher, tracker(form, draft, now, "son"), {})
    assert dispatcher.messages[-1]["response"] == "utter_mandate_over"
    assert bookings.of_conversation(office, "son") == []
    assert {"finished"} <= {event["name"] for event in events if event["event"] == "slot"}


def test_a_wrong_code_is_asked_again_and_the_rest_stays(
    office: Store, said: Make, dispatcher: CollectingDispatcher, now: datetime
) -> None:
    code = code_of(said, dispatcher, now)
    wrong = "123456" if code != "123456" else "654321"
    taken_up(said, dispatcher, now, wrong)
    assert dispatcher.messages[-1]["response"] == "utter_wrong_code"


@pytest.mark.parametrize("sentence", ["没有", "她没给我", "我不知道", "打电话问她吧"])
def test_who_has_no_code_has_the_parent_called_after_a_read_back(
    office: Store,
    said: Make,
    dispatcher: CollectingDispatcher,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    sentence: str,
) -> None:
    monkeypatch.setattr(wiring, "can_call", lambda: True)
    slots: Slots = dict.fromkeys(drafts.slots_of(act.FORM))
    for words, awaiting in (
        ("我替我妈办事", None), (sentence, "code"), ("13900001234", "phone"), ("王强", "name"),
        ("13700005678", "contact"), ("只管预约", "powers"),
    ):  # fmt: skip
        slots |= act.take(act._heard(said(words, awaiting=awaiting)), slots, dispatcher)
    assert (slots["code"], slots["powers"], slots["confirmation"]) == ("-", "bookings", None)
    unread = tracker(act.FORM, slots, now, "son")
    unread.slots[read_back.SLOT] = None
    assert act.ActionActForOther().run(dispatcher, unread, {})[-1]["name"] == act.FORM, "read back first"
    act.ActionActForOther().run(dispatcher, tracker(act.FORM, slots | {"confirmation": "yes"}, now, "son"), {})
    assert dispatcher.messages[-1]["response"] == "utter_mandate_asked"


def test_where_nobody_can_be_called_that_is_said(
    office: Store, said: Make, dispatcher: CollectingDispatcher, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wiring, "can_call", lambda: False)
    slots: Slots = dict.fromkeys(drafts.slots_of(act.FORM))
    assert act.take(said("没有授权码", awaiting="code"), slots, dispatcher)["code"] is None
    assert dispatcher.messages[-1]["response"] == "utter_mandate_cannot_call"


def test_it_ends_by_one_sentence_for_the_one_who_is_named(
    office: Store, said: Make, dispatcher: CollectingDispatcher, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wiring, "now", lambda: now)
    taken_up(said, dispatcher, now, code_of(said, dispatcher, now))
    given = code_of(said, dispatcher, now, "女儿", talk="mother2")
    taken_up(said, dispatcher, now, given, talk="daughter")
    both = [mandates.of_conversation(office, talk, now)[-1] for talk in ("mother", "mother2")]
    idle = tracker("", {}, now, "mother")
    records.end(both, said("不让代办了", "end_mandate"), dispatcher, idle)
    assert dispatcher.messages[-1]["response"] == "utter_which_mandate"
    records.end(both, said("不让我儿子代办了", "end_mandate"), dispatcher, idle)
    assert [mandates.get(office, one.number, now).state for one in both] == ["ended", "active"]
    records.end(both, said("都不让办了", "end_mandate"), dispatcher, idle)
    assert [mandates.get(office, one.number, now).state for one in both] == ["ended", "ended"]


def test_what_was_done_is_told(office: Store, said: Make, dispatcher: CollectingDispatcher, now: datetime) -> None:
    taken_up(said, dispatcher, now, code_of(said, dispatcher, now))
    found = mandates.of_conversation(office, "mother", now)
    records.show(found, said("谁在替我办事", "check_mandate"), dispatcher, tracker("", {}, now, "mother"))
    told = dispatcher.messages[-1]
    assert (told["response"], told["helper"], told["acts_words"]) == (
        "utter_mandate_status",
        "王强",
        "还没有办过什么。",
    )


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("三个月", date(2027, 2, 21)),
        ("半年吧", date(2027, 5, 24)),
        ("一直有效", date(2027, 11, 24)),
        ("随便", date(2027, 2, 21)),
        ("12月31号", date(2026, 12, 31)),
    ],
)
def test_the_last_day_is_as_said_within_a_year(said: Make, words: str, day: date) -> None:
    act_of = "any" if words == "随便" else "content"
    assert wording.last_day_in(said(words, awaiting="date", act=act_of)) == day


@pytest.mark.parametrize(
    ("words", "powers"),
    [
        ("只管预约", "bookings"),
        ("就是投诉", "cases"),
        ("两样都行", "all"),
        ("预约和投诉", "all"),
        ("bookings only", "bookings"),
    ],
)
def test_what_may_be_done_is_heard(words: str, powers: str) -> None:
    assert wording.powers_in(words) == powers


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("123456", "123456"),
        ("一二三四五六", "123456"),
        ("是 38 49 21", "384921"),
        ("授权号是59000001", "59000001"),
        ("12345", None),
        ("没有", "-"),
    ],
)
def test_six_digits_or_a_number_or_none(said: Make, words: str, code: str | None) -> None:
    assert wording.code_in(said(words, awaiting="code")) == code


@pytest.mark.parametrize(
    ("words", "intent", "answers"),
    [
        ("不对，只管投诉", "file_complaint", True),
        ("不是儿子，让我女儿办", "out_of_scope", True),
        ("楼下烧烤摊天天吵到半夜，没人管，你们来看看怎么回事吧", "file_complaint", False),
    ],
)
def test_a_correction_at_the_summary_starts_nothing_else(said: Make, words: str, intent: str, answers: bool) -> None:
    assert give._answers(said(words, intent, awaiting="confirmation")) is answers
