"""What we tell a resident without being asked. Stored with the conversation and shown when they come back.

The spoken forms hold no digits: the ear gets the news, the number stays on the card.
"""

import json
from datetime import datetime

from bot.language.ear import for_ear
from bot.language.times import HERE, say_day, say_time
from bot.services.kernel.turn_json import reply_to_dict
from bot.store.bookings.tables import Booking, OfferedSession
from bot.store.cases.tables import Case
from bot.store.conversations import queries as conversation_queries
from bot.store.conversations.tables import Notice
from bot.store.store import Unit
from bot.turns import Button, Reply


def notify_in(unit: Unit, conversation_id: str, goal: str, reply: Reply, now: datetime) -> None:
    """Part of the caller's unit of work."""
    text = json.dumps(reply_to_dict(reply), ensure_ascii=False)
    after = conversation_queries.next_seq(unit, conversation_id) - 1
    unit.add(Notice(conversation_id=conversation_id, after_seq=after, goal=goal, reply=text, at=now))


def seat_offered(booking: Booking, until: datetime) -> Reply:
    """A seat came free for someone on the waiting list."""
    offering = booking.session.offering
    card = {"kind": "booking", "number": booking.number, "state": "offered"}
    if booking.language == "en":
        return Reply(
            text=f"A place has become free: {offering.title_en}, {_when(booking.session, 'en')}. "
            f"We hold it for you until {_moment(until, 'en')}.",
            spoken=f"A place has become free for {offering.title_en}. We are holding it for you.",
            buttons=(Button("Take it", f"Accept booking {booking.number}"),),
            card=card,
        )
    return Reply(
        text=f"您排队的{offering.title}有空位了：{_when(booking.session, 'zh')}。给您留到{_moment(until, 'zh')}。",
        spoken=f"您排队的{offering.title}有空位了，我们先给您留着。",
        buttons=(Button("要这个位子", f"接受候补预约{booking.number}"),),
        card=card,
    )


def cancelled_by_office(booking: Booking, reason: str) -> Reply:
    """Staff had to cancel."""
    offering, session = booking.session.offering, booking.session
    card = {"kind": "booking", "number": booking.number, "state": "cancelled"}
    if booking.language == "en":
        return Reply(
            text=f"We are sorry: your booking {booking.number} ({offering.title_en}, {_when(session, 'en')}) "
            f"had to be cancelled. {reason}",
            spoken=f"We are sorry, your booking for {offering.title_en} had to be cancelled.",
            card=card,
        )
    return Reply(
        text=f"很抱歉，您的预约{booking.number}（{offering.title}，{_when(session, 'zh')}）取消了：{reason}",
        spoken=f"很抱歉，您预约的{offering.title}取消了。",
        card=card,
    )


def offer_expired(booking: Booking) -> Reply:
    """The seat that was held is given to the next."""
    offering = booking.session.offering
    card = {"kind": "booking", "number": booking.number, "state": "expired"}
    if booking.language == "en":
        text = f"The place we held for you ({offering.title_en}) has been passed on. You can book again at any time."
        return Reply(text=text, spoken=text, card=card)
    text = f"为您留的{offering.title}位子过了时间，已经让给下一位。您随时可以再约。"
    return Reply(text=text, spoken=text, card=card)


def person_writes(text: str, language: str | None, label: str) -> Reply:
    """What a person wrote in the chat; the card tells the page to say so."""
    return Reply(text=text, spoken=for_ear(text, "en" if language == "en" else "zh"), card=_staff_card(label))


def person_came(language: str | None, label: str) -> Reply:
    if language == "en":
        text = "A member of staff has joined and reads what you write. The automatic assistant is silent for now."
    else:
        text = "工作人员来了，现在由人看您写的话、给您答复，自动助手先不说话。"
    return Reply(text=text, spoken=text, card=_staff_card(label))


def person_left(language: str | None) -> Reply:
    if language == "en":
        text = "The member of staff has left. The automatic assistant answers again."
    else:
        text = "工作人员离开了，现在由自动助手继续为您服务。"
    return Reply(text=text, spoken=text)


def assistant_off(language: str, number: str, on_duty: bool | None, phone: str | None = None) -> Reply:
    """The office has switched the assistant off; the wish for a person is recorded under the number.

    A `phone` that was just written is read back.
    """
    card = {"kind": "handover", "number": number}
    if language == "en":
        there = "Staff are on duty and will be with you soon." if on_duty else "Staff will contact you."
        ask = "To be called back, write your phone number here; it is kept for that only."
        if phone:
            ask = f"You will be called on {phone}; the number is kept for that only. If it is wrong, write it again."
        text = (
            f"The automatic assistant is switched off at the moment. Your request for a person is recorded under number "
            f"{number}. {there} {ask}"
        )
        spoken = f"The automatic assistant is switched off at the moment. {there}"
        return Reply(text=text, spoken=spoken, card=card)
    there = "现在有人值班，会尽快联系您。" if on_duty else "工作人员会联系您。"
    ask = "想要回电，请把电话号码写在这里，只用来给您回电话。"
    if phone:
        ask = f"会打{phone}找您，号码只用来回电话。不对请再写一遍。"
    text = f"自动助手现在暂停服务。已经为您登记找工作人员，登记号是{number}。{there}{ask}"
    return Reply(text=text, spoken=f"自动助手现在暂停服务，已经为您登记找工作人员。{there}", card=card)


def _when(session: OfferedSession, language: str) -> str:
    gap = " " if language == "en" else ""
    return say_day(session.day, language) + gap + say_time(session.starts, language)


def _moment(at: datetime, language: str) -> str:
    at = at.astimezone(HERE)
    gap = " " if language == "en" else ""
    return say_day(at.date(), language) + gap + say_time(at.timetz().replace(tzinfo=None), language)


def _staff_card(label: str) -> dict[str, str]:
    return {"kind": "staff", "title": label}


def case_answered(case: Case, answer: str, spoken_answer: str | None) -> Reply:
    """Staff have answered. `spoken_answer` is the answer as it is said aloud; without it only the news is spoken."""
    card = {"kind": "case", "number": case.number, "state": case.state}
    if case.language == "en":
        spoken = "There is an answer to your report."
        return Reply(
            text=f"There is an answer to your report {case.number}: {answer}",
            spoken=f"{spoken} {spoken_answer}" if spoken_answer else spoken,
            card=card,
        )
    spoken = "您反映的问题有答复了。"
    return Reply(
        text=f"您反映的问题（{case.number}）有答复了：{answer}",
        spoken=spoken + spoken_answer if spoken_answer else spoken,
        card=card,
    )
