"""What we tell a resident without being asked. Stored with the conversation and shown when they come back.

The spoken forms hold no digits: the ear gets the news, the number stays on the card.
"""

import json
from dataclasses import replace
from datetime import datetime

from bot.language import words
from bot.language.ear import for_ear
from bot.language.times import HERE, say_day, say_time
from bot.services.kernel.turn_json import reply_to_dict
from bot.store.bookings.tables import Booking, OfferedSession
from bot.store.cases.tables import Case
from bot.store.conversations import queries as conversation_queries
from bot.store.conversations.tables import Notice
from bot.store.store import UnitOfWork
from bot.turns import Button, Reply


def notify_in(unit: UnitOfWork, conversation_id: str, goal: str, reply: Reply, now: datetime) -> None:
    """Part of the caller's unit of work."""
    text = json.dumps(reply_to_dict(reply), ensure_ascii=False)
    after = conversation_queries.next_seq(unit, conversation_id) - 1
    unit.add(Notice(conversation_id=conversation_id, after_seq=after, goal=goal, reply=text, at=now))


def seat_offered(booking: Booking, until: datetime) -> Reply:
    """A seat came free for someone on the waiting list."""
    take = Button(
        words.text("bookings.notice.take", booking.language, number=booking.number),
        words.payload("bookings.notice.take", booking.language, number=booking.number),
    )
    held = _moment(until, booking.language)
    return replace(_of_booking("offered", booking, until=held), buttons=(take,))


def cancelled_by_office(booking: Booking, reason: str) -> Reply:
    """Staff had to cancel."""
    return _of_booking("cancelled", booking, number=booking.number, reason=reason)


def offer_expired(booking: Booking) -> Reply:
    """The seat that was held is given to the next."""
    return _of_booking("expired", booking)


def how_was_it(booking: Booking) -> Reply:
    """A service is over: how many stars does it get?"""
    stars = tuple(
        Button(
            words.text("bookings.notice.star", booking.language, score=str(score)),
            words.payload("bookings.notice.star", booking.language, score=str(score)),
        )
        for score in range(5, 0, -1)
    )
    return replace(_of_booking("served", booking), buttons=stars)


def person_writes(text: str, language: str | None, label: str) -> Reply:
    """What a person wrote in the chat; the card tells the page to say so."""
    return Reply(text=text, spoken=for_ear(text, "en" if language == "en" else "zh"), card=_staff_card(label))


def person_came(language: str | None, label: str) -> Reply:
    return replace(_reply("handover.person_came", language), card=_staff_card(label))


def person_left(language: str | None) -> Reply:
    return _reply("handover.person_left", language)


def duty_words(on_duty: bool | None, language: str) -> str:
    """Is a person there? None: nobody has told us the hours."""
    code = {True: "yes", False: "no", None: "unknown"}[on_duty]
    return words.text(f"handover.duty.{code}", language)


def assistant_off(language: str, number: str, on_duty: bool | None, phone: str | None = None) -> Reply:
    """The office has switched the assistant off; the wish for a person is recorded under the number.

    A `phone` that was just written is read back.
    """
    ask = words.text("handover.assistant_off.ask", language)
    if phone:
        ask = words.text("handover.assistant_off.read_back", language, phone=phone)
    told = _reply("handover.assistant_off", language, number=number, duty=duty_words(on_duty, language), ask=ask)
    return replace(told, card={"kind": "handover", "number": number})


def welcome_while_off(language: str) -> Reply:
    """In place of the welcome, which promises what the assistant does not do while it is switched off."""
    return _reply("handover.welcome_while_off", language)


def announcement(line: str, language: str) -> Reply:
    """What the office tells everybody just now."""
    return Reply(text=line, spoken=for_ear(line, "en" if language == "en" else "zh"))


def case_answered(case: Case, answer: str, spoken_answer: str | None) -> Reply:
    """Staff have answered. `spoken_answer` is the answer as it is said aloud; without it only the news is spoken."""
    told = _reply(
        "cases.notice.answered", case.language, number=case.number, answer=answer, spoken_answer=spoken_answer or ""
    )
    return replace(told, card={"kind": "case", "number": case.number, "state": case.state})


def _of_booking(news: str, booking: Booking, **values: str) -> Reply:
    """The news and a card in the state that it brings."""
    offering = booking.session.offering
    title = offering.title_en if booking.language == "en" else offering.title
    when = _when(booking.session, booking.language)
    told = _reply(f"bookings.notice.{news}", booking.language, title=title, when=when, **values)
    return replace(told, card={"kind": "booking", "number": booking.number, "state": news})


def _reply(code: str, language: str | None, **values: str) -> Reply:
    return Reply(text=words.text(code, language, **values), spoken=words.spoken(code, language, **values).strip())


def _when(session: OfferedSession, language: str) -> str:
    gap = " " if language == "en" else ""
    return say_day(session.day, language) + gap + say_time(session.starts, language)


def _moment(at: datetime, language: str) -> str:
    at = at.astimezone(HERE)
    gap = " " if language == "en" else ""
    return say_day(at.date(), language) + gap + say_time(at.timetz().replace(tzinfo=None), language)


def _staff_card(label: str) -> dict[str, str]:
    return {"kind": "staff", "title": label}
