"""The simulated residents: what they say when, and what counts as success; on made people, with a real database."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.services.bookings.bookings import BookingRequest, book, cancel_booking
from bot.services.bookings.offerings import find_offerings
from bot.services.cases.cases import ComplaintRequest, file_case
from bot.services.handover.handover import request_person
from bot.services.kernel.deadlines import Targets
from bot.store.store import Store
from bot.turns import SERVICES, Button, Reply, State, Turn
from evaluation.residents import catalogue, course, run, score
from evaluation.residents.conversation import Held
from evaluation.residents.days import day_of
from evaluation.residents.given import conversation_of, make_given
from evaluation.residents.judge import Verdict, judge, look
from evaluation.residents.manners import Aside
from evaluation.residents.profiles import Profile, read_profiles
from evaluation.residents.resident import Resident, questions_of
from evaluation.residents.wording import plain

pytestmark = pytest.mark.unit
FRIDAY = date(2026, 11, 27)
LUNCH = Profile(
    id="made-zh-001", language="zh", topic="bookings", style="terse", given={}, table="bookings",
    where={"service": "meal", "date": "tomorrow", "time": "12:00", "place": {"contains_any": ["东风"]}, "name": "测试甲"},
    opening="订饭", replies={"date": ["明天"], "phone": ["等一下", "13900001234"], "confirmation": ["是星期六", "对"]},
    refuses_at=None,
)  # fmt: skip


def turn(
    awaiting: str | None = None, *, asked: str | None = None, form: str | None = "book_service", **more: Any
) -> Turn:
    replies = more.pop("replies", (Reply("…", "…"),))
    return Turn(
        "", more.pop("goal", "inform"), 1.0, replies, State(form if awaiting or asked else None, awaiting, asked)
    )


def test_days_are_counted_from_a_friday() -> None:
    marks = ("tomorrow", "day_after", "in3", "coming:fri", "coming:sat", "next:mon", "next:sat", "day:18")
    days = ("28", "29", "30", "12-04", "28", "30", "12-05", "12-18")
    told = [f"{day_of(mark, FRIDAY):%m-%d}".removeprefix("11-") for mark in marks]
    assert told == list(days)


def test_the_words_change_with_every_asking_and_the_last_stay() -> None:
    resident = Resident(LUNCH)
    assert resident.say(None, done=False) == "订饭"
    phones = [resident.say(turn("phone"), done=False) for _ in range(3)]
    assert phones == ["等一下", "13900001234", "13900001234"]


def test_a_correction_is_said_again_when_it_was_not_taken() -> None:
    resident = Resident(LUNCH)
    resident.say(turn("date"), done=False)
    assert resident.say(turn("confirmation", asked="read_back"), done=False) == "是星期六"
    assert resident.say(turn("confirmation", asked="what_to_change"), done=False) == "是星期六"
    assert resident.say(turn("date"), done=False) == "是星期六"
    assert resident.say(turn("confirmation", asked="read_back"), done=False) == "对"


def test_who_has_refused_refuses_again_and_leaves() -> None:
    resident = Resident(replace(LUNCH, replies={"confirmation": ["不订了"]}, refuses_at="confirmation"))
    assert resident.say(turn("confirmation", asked="read_back"), done=False) == "不订了"
    assert resident.say(turn("confirmation", asked="read_back"), done=False) == "不订了"
    assert resident.say(turn(), done=False) is None


def test_unasked_the_wish_is_told_again_twice_and_then_given_up() -> None:
    resident = Resident(LUNCH)
    assert [resident.say(turn(), done=False) for _ in range(3)] == ["订饭", "订饭", None]


def test_the_wish_is_named_when_it_stands_among_choices() -> None:
    choices = tuple(Button(title, title) for title in ("问政策", "预约服务", "人工服务"))
    assert Resident(LUNCH).say(turn(replies=(Reply("…", "…", choices=choices),)), done=False) == "预约服务"
    asks = replace(LUNCH, topic="follow_ups", where={"unchanged": True})
    assert Resident(asks).say(turn(replies=(Reply("…", "…", choices=choices),)), done=False) == "订饭"


def test_what_is_not_listed_gets_the_usual_answer() -> None:
    resident = Resident(LUNCH)
    assert resident.say(turn("phone", asked="number_right", form="callback"), done=False) == "等一下"
    assert resident.say(turn("keep_draft", asked="keep_draft"), done=False) == "不用"
    assert resident.say(turn("number"), done=False) == "我也不晓得"
    assert resident.say(turn("service"), done=False) == "订饭"
    english = Resident(replace(LUNCH, language="en"))
    assert english.say(turn("number"), done=False) == "I don't know"


def test_who_has_said_all_takes_the_first_of_the_choices() -> None:
    resident = Resident(LUNCH)
    with_choices = (Reply("…", "…", choices=(Button("十一点", "十一点"),)),)
    said = [resident.say(turn("date", replies=with_choices), done=False) for _ in range(3)]
    assert said == ["明天", "明天", "第一个"]


def test_an_aside_is_said_once() -> None:
    resident = Resident(LUNCH, Aside("先问一句", "one question", ("date",)))
    assert [resident.say(turn("date"), done=False) for _ in range(2)] == ["先问一句", "明天"]


@pytest.mark.parametrize(
    ("state", "questions"),
    [
        (State("book_service", "confirmation", "read_back"), ("confirmation",)),
        (State("cancel_booking", "confirmation", "cancel"), ("cancel", "confirmation")),
        (State("callback", "confirmation", "number_right"), ("number_right", "confirmation", "call_back")),
        (State("book_service", "place", "offering"), ("place", "offering")),
        (State("resume", "resume_draft", "resume_draft"), ("resume",)),
        (State("book_service", "date", "full"), ("full",)),
        (State(None, None, "anything_else"), ("anything_else",)),
        (State(), ()),
    ],
)
def test_questions_are_known_by_the_residents_names(state: State, questions: tuple[str, ...]) -> None:
    assert questions_of(state) == questions


def test_values_are_compared_as_they_are_meant() -> None:
    assert plain("東風社區 十二栋。") == plain("东风社区12栋")


@pytest.fixture
def verdict(sqlite_store: Store, now: datetime) -> Callable[..., Verdict]:
    catalogue.load(sqlite_store)
    before = look(sqlite_store, "before")

    def of(profile: Profile, shown: set[str] | None = None) -> Verdict:
        return judge(sqlite_store, profile, "conversation-a", before, shown or set(), now.date())

    return of


def test_the_catalogue_is_open_every_day_for_every_service(sqlite_store: Store) -> None:
    catalogue.load(sqlite_store)
    offerings = find_offerings(sqlite_store)
    assert {one.service for one in offerings} == set(SERVICES)
    assert all(one.weekdays == (1, 2, 3, 4, 5, 6, 7) and one.capacity > 1000 for one in offerings)


def test_the_wished_booking_is_success_and_another_day_a_false_write(
    verdict: Callable[..., Verdict], sqlite_store: Store, now: datetime, booking_request: Callable[..., BookingRequest]
) -> None:
    assert verdict(LUNCH) == Verdict(False, ("nothing written",), 0)
    book(sqlite_store, booking_request(offering_id="meal-dongfeng"), now)
    assert verdict(LUNCH) == Verdict(True)
    assert verdict(replace(LUNCH, where={**LUNCH.where, "date": "day_after"})) == Verdict(False, ("date",), 1)
    assert verdict(replace(LUNCH, where={"absent": True})) == Verdict(False, ("written all the same",), 1)
    book(sqlite_store, booking_request(offering_id="meal-dongfeng", client_message_id="again"), now)
    assert verdict(LUNCH) == Verdict(False, ("more records than one",), 1)


def test_a_complaint_besides_is_false_unless_there_were_two_wishes(
    verdict: Callable[..., Verdict],
    sqlite_store: Store,
    now: datetime,
    booking_request: Callable[..., BookingRequest],
    complaint: Callable[..., ComplaintRequest],
) -> None:
    book(sqlite_store, booking_request(offering_id="meal-dongfeng"), now)
    file_case(sqlite_store, complaint(anonymous=True), now, targets=Targets())
    assert verdict(LUNCH).false_writes == 1
    assert verdict(replace(LUNCH, style="two_wishes")) == Verdict(True)
    case = replace(
        LUNCH, table="cases", style="two_wishes", where={"anonymous": True, "text": {"contains_any": ["路灯"]}}
    )
    assert verdict(case) == Verdict(True)
    assert verdict(replace(case, where={"category": "noise"})).wrong == ("category",)
    other = complaint(anonymous=True, text="楼上太吵", client_message_id="second")
    file_case(sqlite_store, other, now, targets=Targets())
    assert verdict(case) == Verdict(True)
    assert verdict(replace(case, style="terse", where={"text": {"contains_any": ["路灯"]}})).false_writes == 2


def test_a_request_for_a_person_holds_the_number(
    verdict: Callable[..., Verdict], sqlite_store: Store, now: datetime
) -> None:
    profile = replace(LUNCH, topic="handover", table="handovers", where={"status": "open", "phone": "13900001234"})
    assert verdict(profile).wrong == ("nothing written",)
    request_person(
        sqlite_store, conversation_id="conversation-a", reason="asked", phone="13900001234",
        client_message_id="m", channel="web", language="zh", now=now,
    )  # fmt: skip
    assert verdict(profile) == Verdict(True)
    assert verdict(replace(profile, where={"phone": "13900009999"})).wrong == ("phone",)
    assert verdict(replace(profile, where={"draft": "bookings"})).wrong == ("draft",)


def test_a_follow_up_is_judged_by_the_record_that_was_given(sqlite_store: Store, now: datetime) -> None:
    catalogue.load(sqlite_store)
    given = {"table": "bookings", "service": "meal", "date": "in3", "phone": "13900001234"}
    profile = replace(LUNCH, topic="follow_ups", given=given, where={"status": "cancelled"})
    number = make_given(sqlite_store, profile, 0, now)
    before = look(sqlite_store, conversation_of(profile, 0, now))

    def told(where: dict[str, Any], shown: set[str]) -> Verdict:
        return judge(sqlite_store, replace(profile, where=where), "here", before, shown, now.date())

    assert told({"unchanged": True}, {number}) == Verdict(True)
    assert told({"unchanged": True}, set()).wrong == ("not shown",)
    assert told({"unchanged": True, "shown": False}, {number}).wrong == ("shown to another",)
    assert told({"status": "cancelled"}, set()).wrong == ("unchanged",)
    cancel_booking(sqlite_store, number, client_message_id="m", now=now)
    assert told({"status": "cancelled"}, set()) == Verdict(True)
    assert told({"unchanged": True}, {number}) == Verdict(False, ("changed",), 1)


def test_a_draft_that_vanishes_without_a_word_is_lost() -> None:
    opened, gone = turn("phone"), turn()
    for reply in course.TOLD_OF:
        told = replace(gone, replies=(Reply("", course.wiring.fixed_reply(reply, "zh")),))
        booked = replace(gone, replies=(Reply("", "", card={"kind": "booking", "number": "1"}),))
        assert course.lost_drafts([opened, gone]) == 1
        assert [course.lost_drafts([opened, after]) for after in (told, booked)] == [0, 0]
        assert course.lost_drafts([opened, turn("keep_draft", asked="keep_draft", form="switch")]) == 0
        assert course.lost_drafts([opened, gone, opened]) == 0


def test_the_same_words_three_times_are_counted_once() -> None:
    assert course.asked_too_often([turn("date")] * 2) == 0
    assert course.asked_too_often([turn("date")] * 4) == 1
    assert course.asked_too_often([turn("date", goal="repeat")] * 4) == 0


def test_a_third_of_the_residents_is_kept_for_the_last_figure() -> None:
    profiles = read_profiles()
    share = sum(one.split == "test" for one in profiles) / len(profiles)
    assert len(profiles) >= 200
    assert 0.3 < share < 0.36


def held(number: int, run_number: int = 0, **more: Any) -> Held:
    usual = Held(
        profile=replace(LUNCH, id=f"made-zh-{number:03}"), run=run_number, success=True, wrong=(), false_writes=0,
        lost_drafts=0, asked_too_often=0, turns=8, to_a_person=False, said=[],
    )  # fmt: skip
    return replace(usual, **more)


def test_three_out_of_three_counts_only_who_spoke_three_times() -> None:
    spoke = [held(1, at) for at in range(3)] + [held(2, at, success=at != 1) for at in range(3)] + [held(4)]
    told = {figure.name: (figure.value, figure.of) for figure in score.figures(spoke, "dev")}
    assert told["dev: success once"] == (1.0, 3)
    assert told["dev: success three times out of three"] == (0.5, 2)


def test_what_is_only_incomplete_is_no_false_write() -> None:
    spoke = [
        held(1, success=False, wrong=("text",), false_writes=1),
        held(2, success=False, wrong=("date",), false_writes=1),
    ]
    told = {figure.name: figure.value for figure in score.figures(spoke, "dev")}
    assert told["dev: false writes"] == 1
    assert score.faults(spoke) == [("bookings: text", 1), ("bookings: date", 1)]


def test_saved_conversations_can_be_counted_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "RESULTS", tmp_path)
    spoke = [held(1), held(2, success=False, wrong=("date",))]
    run.save(spoke)
    assert run.load(tmp_path / "conversations.jsonl") == spoke
    assert [one.profile.id for one in run.load(tmp_path / "misses.jsonl")] == ["made-zh-002"]


def test_the_same_again_is_declined_and_the_booking_of_what_was_asked_about_is_taken() -> None:
    resident = Resident(LUNCH)
    resident.say(None, done=False)
    assert resident.say(turn("twice", asked="seat_offer"), done=False) == "不用"
    assert resident.say(turn(asked="seat_offer", form=None), done=False) == "对"
