"""Real calls: PJSIP softphones, real Asterisk, real ears and voice, the trained model. One Linyu serves them all."""

import time

import pytest

from bot.services.bookings import bookings
from bot.services.conversations import calls
from bot.services.kernel import tasks
from bot.store.cases.tables import Case
from bot.store.conversations.tables import Conversation, Rating
from bot.store.handover.tables import Handover
from evaluation.telephone.softphone import Softphone
from tests.conversations.resident import Resident
from tests.processes.running import kill
from tests.telephone.conftest import NUMBERS, Office
from tests.telephone.speech import clues, saying

pytestmark = pytest.mark.telephone
GREETING_BEGUN = 2.0
"""Seconds; callers who know us do not wait for the end of it."""


def test_a_spoken_policy_question_is_answered_and_the_call_is_rated(office: Office, caller: Softphone) -> None:
    caller.call(office.address)
    caller.hear_speech(GREETING_BEGUN + 2)
    office.say(caller, "ask_beds", form=None, awaiting=None)
    office.hear_out(caller.number)
    office.press(caller, "#")
    office.hear_out(caller.number)
    caller.press("5")
    caller.wait_for_state("DISCONNECTED", 30)
    office.wait_for(caller.number, lambda: office.call_of(caller.number).cause == "assistant")
    heard = office.heard_by(caller)
    assert "大冶街道" in heard, heard
    assert "四百五" in heard, heard
    assert "打分" in heard, heard
    assert [turn.goal for turn in office.turns_of(caller.number)] == ["ask_policy"]
    conversation = next(c for c in office.rows(Conversation) if c.id == office.call_of(caller.number).conversation_id)
    assert conversation.channel == "phone"
    assert {("key", "#"), ("key", "5"), ("heard", None)} <= set(office.events_of(caller.number))
    assert [rating.score for rating in office.rows(Rating) if rating.conversation_id == conversation.id] == [5]


def test_a_meal_is_booked_by_voice_with_a_correction(office: Office, caller: Softphone) -> None:
    caller.call(office.address)
    caller.hear_speech(GREETING_BEGUN)
    office.say(caller, "book_meal", form="book_service", awaiting="place")
    office.say(caller, "at_dongfeng", form="book_service", awaiting="name")
    office.say(caller, "my_name", form="book_service", awaiting="phone")
    office.say(caller, "you_may", form="book_service", awaiting="confirmation")
    office.say(caller, "rather_xinjie", form="book_service", awaiting="confirmation")
    office.say(caller, "confirm", form=None, awaiting=None)
    office.hear_out(caller.number)
    caller.hang_up()
    (booking,) = bookings.of_conversation(office.store, office.call_of(caller.number).conversation_id)
    assert (booking.state, booking.phone_tail, booking.service) == ("confirmed", caller.number[-4:], "meal")
    assert "新街" in booking.place
    heard = office.heard_by(caller)
    assert clues(heard, "预约号", "预约好"), heard


def test_a_complaint_takes_its_place_by_voice_and_the_number_by_keys(office: Office, caller: Softphone) -> None:
    caller.call(office.address)
    caller.hear_speech(GREETING_BEGUN)
    office.say(caller, "noise", form="file_complaint", awaiting="place")
    office.say(caller, "at_xinjie", form="file_complaint", awaiting="phone")
    caller.press("13755512346*5#")
    office.wait_for(caller.number, lambda: office.turns_of(caller.number)[-1].awaiting == "confirmation")
    office.say(caller, "confirm", form=None, awaiting=None)
    office.hear_out(caller.number)
    caller.hang_up()
    conversation = office.call_of(caller.number).conversation_id
    (case,) = [case for case in office.rows(Case) if case.conversation_id == conversation]
    assert case.phone == "13755512345"
    assert "新街" in (case.place or "")
    assert case.category == "noise"
    assert "投诉" in office.heard_by(caller)


def test_a_caller_interrupts_by_key_and_by_voice(office: Office, caller: Softphone) -> None:
    caller.call(office.address)
    caller.hear_speech(GREETING_BEGUN)
    office.press(caller, "1")
    caller.hear_speech(GREETING_BEGUN)
    office.say(caller, "ask_beds", form=None, awaiting=None)
    caller.hang_up()
    heard = office.heard_by(caller)
    assert heard.count("您好") + heard.count("你好") == 2, heard
    assert "井号" not in heard, heard
    assert ("interrupted", None) in office.events_of(caller.number)


@pytest.mark.usefixtures("silent_caller")
def test_zero_reaches_the_operator_with_sound_both_ways(office: Office, caller: Softphone) -> None:
    with Softphone("operator", office.folder, port=office.operator_port) as operator:
        caller.call(office.address)
        time.sleep(1)
        caller.press("0")
        operator.wait_for_state("CONFIRMED")
        caller.play(saying("ask_beds"))
        operator.play(saying("staff"))
        time.sleep(3)
        caller.hang_up()
        operator.wait_for_state("DISCONNECTED")
        assert "床位" in office.heard_by(operator)
    assert "工作人员" in office.heard_by(caller)
    office.wait_for(caller.number, lambda: office.call_of(caller.number).cause == "handed_over")
    assert office.call_of(caller.number).handover_number in [record.number for record in office.rows(Handover)]


def test_when_no_person_answers_the_caller_is_told_the_number_of_a_call_back(office: Office, caller: Softphone) -> None:
    with Softphone("operator", office.folder, port=office.operator_port, answers=False) as operator:
        caller.call(office.address)
        time.sleep(1)
        caller.press("0")
        operator.wait_for(lambda event: event["event"] == "ringing")
        office.wait_for(caller.number, lambda: ("nobody_answered", None) in office.events_of(caller.number))
    office.hear_out(caller.number)
    caller.play(saying("you_may"))
    number = office.call_of(caller.number).handover_number

    def called_back_on() -> str | None:
        return next(record.phone for record in office.rows(Handover) if record.number == number)

    office.wait_for(caller.number, lambda: called_back_on() == caller.number)
    office.hear_out(caller.number)
    caller.hang_up()
    assert "登记" in office.heard_by(caller)


def test_a_dropped_call_goes_on_where_it_broke_off(office: Office, caller: Softphone) -> None:
    caller.call(office.address)
    caller.hear_speech(GREETING_BEGUN)
    office.say(caller, "book_meal", form="book_service", awaiting="place")
    caller.hang_up()
    office.wait_for(caller.number, lambda: office.call_of(caller.number).cause == "caller")
    before = office.call_of(caller.number).conversation_id
    with Softphone(caller.number, office.folder) as again:
        again.call(office.address)
        again.hear_speech(GREETING_BEGUN)
        again.play(saying("go_on"))
        time.sleep(3)
        office.hear_out(again.number)
        office.say(again, "at_dongfeng", form="book_service", awaiting="name")
        again.hang_up()
        assert office.call_of(caller.number).conversation_id == before
        assert "助餐" in office.heard_by(again)


def test_a_reminder_is_answered_and_the_booking_cancelled_by_voice(office: Office) -> None:
    number = next(NUMBERS)
    provider = office.provider
    resident = Resident(office.linyu.url)
    for words in ("明天中午在东风社区助餐点订饭", "王秀英", number, "确认"):
        resident.say(words)
    resident.close()
    with office.store.unit() as unit:
        about = {"kind": "reminder", "number": resident.number, "tried": 0}
        tasks.schedule(unit, "call_resident", office.now(), about, once="the evening before has come")
        unit.commit()
    provider.wait_for_state("CONFIRMED")
    office.wait_for_call(number)
    office.hear_why_we_call(number)
    provider.play(saying("cancel"))
    office.wait_for(number, lambda: office.turns_of(number) and office.turns_of(number)[-1].awaiting == "confirmation")
    office.hear_out(number)
    provider.play(saying("confirm"))

    def state() -> str:
        (booking,) = bookings.of_conversation(office.store, resident.id)
        return booking.state

    office.wait_for(number, lambda: state() == "cancelled")
    provider.hang_up()
    assert office.call_of(number).direction == "out"
    assert "提醒" in office.heard_beyond_the_trunk()


def test_english_by_key_during_the_greeting(office: Office, caller: Softphone) -> None:
    caller.call(office.address)
    caller.hear_speech(GREETING_BEGUN)
    office.press(caller, "2")
    caller.hear_speech(GREETING_BEGUN)
    office.say(caller, "english_beds", form=None, awaiting=None)
    office.hear_out(caller.number)
    caller.hang_up()
    assert [turn.goal for turn in office.turns_of(caller.number)] == ["ask_policy"]
    conversation = next(c for c in office.rows(Conversation) if c.id == office.call_of(caller.number).conversation_id)
    assert conversation.language == "en"
    heard = office.heard_by(caller, "en")
    # The caller speaks after its first two seconds.
    assert clues(heard, "automatic", "assistant", "recorded", "just say"), heard
    assert clues(heard, "beds", "elderly care", "four hundred", "twenty five"), heard


def test_english_by_asking_for_it_and_back_by_asking_for_chinese(office: Office, caller: Softphone) -> None:
    def language() -> str | None:
        whose = office.call_of(caller.number).conversation_id
        return next(c for c in office.rows(Conversation) if c.id == whose).language

    caller.call(office.address)
    caller.hear_speech(GREETING_BEGUN)
    office.say(caller, "english_please", form=None, awaiting=None)
    assert language() == "en"
    office.say(caller, "speak_chinese", form=None, awaiting=None)
    assert language() == "zh"
    caller.hang_up()
    assert [turn.goal for turn in office.turns_of(caller.number)] == ["switch_language"] * 2


def test_a_silent_caller_is_asked_and_then_left_politely(office: Office, silent_caller: Softphone) -> None:
    silent_caller.wait_for_state("DISCONNECTED", 60)
    office.wait_for(silent_caller.number, lambda: office.call_of(silent_caller.number).cause == "silence")
    heard = office.heard_by(silent_caller)
    assert clues(heard, "还在", "在吗", "在听"), heard
    assert clues(heard, "没听到", "说话", "先挂", "随时", "再打来", "再见"), heard
    assert office.turns_of(silent_caller.number) == []
    assert calls.choices(office.store, silent_caller.number) == calls.Choices()


def test_a_caller_reaches_a_person_when_the_program_is_killed_in_mid_call(office: Office, caller: Softphone) -> None:
    """The last one: nobody waits for the program to come back."""
    with Softphone("operator", office.folder, port=office.operator_port) as operator:
        caller.call(office.address)
        time.sleep(GREETING_BEGUN)
        office.say(caller, "book_meal", form="book_service", awaiting="place")
        kill(office.linyu, "app")
        operator.wait_for_state("CONFIRMED")
        operator.play(saying("staff"))
        time.sleep(3)
        caller.hang_up()
    assert "工作人员" in office.heard_by(caller)
