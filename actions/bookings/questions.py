"""How the values of a booking are asked for."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from actions.bookings import days, details, scope, weekly
from actions.bookings import draft as booking_draft
from actions.bookings.change import change_of
from actions.bookings.manners import narrowing, tiles, twice
from actions.bookings.names import rest_wanted
from actions.bookings.package import draft as package
from actions.bookings.package import summary
from actions.bookings.records import describe
from actions.core.choices import plainly
from actions.core.phone_parts import more_wanted
from actions.core.questions import Draft, Question
from actions.core.turn import Said
from actions.core.words import name_of, party_words, time_choices
from bot import wiring
from bot.language import words
from bot.language.readers.answer_acts import CONTENT
from bot.language.times import say_day
from bot.language.zh.people import name_as_said
from bot.services.bookings import bookings
from bot.services.bookings.offerings import Offering, find_offerings
from bot.turns import SERVICES, Button

Blanks = Mapping[str, Any]


def _services(said: Said, _draft: Draft) -> list[Button]:
    return plainly([name_of(f"bookings.service.{code}", said.language) for code in SERVICES])


def _place_blanks(said: Said, draft: Draft) -> Blanks:
    places = _places(said, draft)
    return {
        "service_title": name_of(f"bookings.service.{draft['service']}", said.language),
        "example": re.split(r" ?[(（]", places[0].title)[0] if places else "",
    }


def _places(said: Said, draft: Draft) -> list[Button]:
    """The places; where two offerings share one, with what is offered there."""
    offerings = narrowing.offered(draft)
    places = [o.place_en if said.english else o.place for o in offerings]
    titles = [o.title_en if said.english else o.title for o in offerings]
    gap = " " if said.english else ""
    return plainly(
        [
            f"{place}{gap}{title}" if places.count(place) > 1 else place
            for place, title in zip(places, titles, strict=True)
        ]
    )


def _address(draft: Draft) -> Question | None:
    offering = booking_draft.offering_of(draft)
    if offering or narrowing.address_in(draft):
        return ADDRESS if offering and offering.needs_address else None
    return ADDRESS if all(one.needs_address for one in narrowing.offered(draft)) else None


def _communities(said: Said, _draft: Draft) -> list[Button]:
    """Those that have an offering of their own."""
    words = {
        o.community: " ".join(o.place_en.partition(" community")[0].split()[-1:])
        for o in find_offerings(wiring.store())
        if o.community
    }
    return plainly([f"{en} community" if said.english else zh for zh, en in words.items()])


def _free_days(said: Said, draft: Draft) -> list[Button]:
    offering = booking_draft.offering_of(draft)
    if offering is None:
        return []
    free = days.free_days(offering, draft.get("party") or 1, said.now)
    return plainly([say_day(day, said.language) for day, _ in free])


def _times(said: Said, draft: Draft) -> list[Button]:
    """Those that are free on the day, and of them only those in the part of the day that was just named; those that
    begin next to an hour that was just named come first."""
    day = date.fromisoformat(draft["date"])
    free = bookings.availability(
        wiring.store(),
        draft["offering"],
        day,
        at=None,
        part=said.entities.when.part,
        party=draft.get("party") or 1,
        now=said.now,
    )
    at = said.entities.when.at
    return time_choices(days.nearest_first(free.windows, at) if at else free.windows, said.language)


def _day(said: Said, draft: Draft) -> Blanks:
    return {"day_words": say_day(date.fromisoformat(draft["date"]), said.language)}


def _summary(said: Said, draft: Draft) -> Blanks:
    offering = booking_draft.offering_of(draft)
    assert offering
    title = offering.title_en if said.english else offering.title
    told = details.told(draft)
    return {
        "offering_title": title + (f"{', ' if said.english else '，'}{told}" if told else ""),
        "day_words": say_day(date.fromisoformat(draft["date"]), said.language),
        "time_words": booking_draft.window_words_of(draft, said.language),
        "party_words": party_words(draft.get("party") or 1, draft["service"], said.language),
        "place": _place_words(offering, draft["place"], said.english),
        "name": draft["name"],
        "phone": draft["phone"],
    }


def _place_words(offering: Offering, address: str, english: bool) -> str:
    """Where the resident goes, or where we come to."""
    if offering.needs_address:
        return address
    return offering.place_en if english else offering.place


def _counts(said: Said, draft: Draft) -> list[Button]:
    """The numbers that were said side by side; from one to three where none was."""
    numbers = draft.get("party_between") or (1, 2, 3)
    return plainly([party_words(number, draft["service"], said.language) for number in numbers])


def _waits(draft: Draft) -> Question | None:
    several = draft.get(package.SLOT)
    if draft.get("changing"):
        return WHICH_TO_CHANGE if several and not several.get("meant") else WHAT_TO_CHANGE
    if several:
        return PACKAGE
    if draft.get(weekly.SLOT):
        return SERIES
    return WAITING if (draft.get("waiting") or {}).get("accepted") else None


def _series(said: Said, draft: Draft) -> Blanks:
    return {**_summary(said, draft), **weekly.blanks(said, draft)}


def _repeat(said: Said, draft: Draft) -> Blanks:
    return {"repeat_words": weekly.weekday_words((draft.get(weekly.SLOT) or {}).get("weekdays") or (), said.language)}


def _usual_weeks(_said: Said, _draft: Draft) -> dict[str, Any]:
    return {weekly.WEEKS: weekly.USUAL_WEEKS}


SERIES = Question(
    ("utter_confirm_series", "utter_confirm_series_again", "utter_confirm_series_once_more"), blanks=_series
)
ONCE_OR_DAILY = Question(
    ("utter_ask_once_or_daily", "utter_ask_once_or_daily_example", "utter_ask_once_or_daily_narrower"),
    as_said=weekly.once,
)
REPEAT = Question(
    ("utter_ask_repeat", "utter_ask_repeat_example", "utter_ask_repeat_narrower"),
    blanks=_repeat,
    as_said=_usual_weeks,
    instead=lambda draft: ONCE_OR_DAILY if weekly.in_doubt(draft.get(weekly.SLOT)) else None,
)


def _address_as_said(said: Said, _draft: Draft) -> dict[str, Any]:
    return {"place": said.text} if said.act == CONTENT else {}


def _name_as_said(said: Said, _draft: Draft) -> dict[str, Any]:
    return {"name": name_as_said(said.text)} if said.act == CONTENT else {}


def _first_free(said: Said, draft: Draft) -> dict[str, Any]:
    """The first day and time that can be had, for who cannot make the day or the time plain to us.

    Who insists on an hour that is not offered gets the one nearest to it.
    """
    offering = booking_draft.offering_of(draft)
    only = [date.fromisoformat(draft["date"])] if draft.get("date") else None
    free = days.free_days(offering, draft.get("party") or 1, said.now, only, 1) if offering else []
    if not free:
        return {}
    day, windows = free[0]
    at = said.entities.when.at if draft.get("date") else None
    window = days.nearest_first(windows, at)[0] if at else windows[0]
    return {"date": day.isoformat(), "time": f"{window.starts:%H:%M}"}


ADDRESS = Question(
    ("utter_ask_address", "utter_ask_address_example", "utter_ask_address_narrower"),
    choices=_communities,
    chosen_from=2,
    as_said=_address_as_said,
)
WHAT_TO_CHANGE = Question(
    ("utter_what_to_change", "utter_what_to_change_example", "utter_what_to_change_narrower"),
)
PACKAGE = Question(
    ("utter_confirm_package", "utter_confirm_package_again", "utter_confirm_package_once_more"), blanks=summary.told
)
WHICH_TO_CHANGE = Question(
    ("utter_what_to_change_package", "utter_what_to_change_package_example", "utter_what_to_change_package_narrower"),
    choices=summary.services,
)
WAITING = Question(
    ("utter_confirm_waiting", "utter_confirm_waiting_again", "utter_confirm_waiting_once_more"), blanks=_summary
)
DATE = Question(
    ("utter_ask_book_service_form_date", "utter_ask_date_example", "utter_ask_date_narrower"),
    choices=_free_days,
    tiles=tiles.of_days,
    chosen_from=2,
    as_said=_first_free,
)
TIME = Question(
    ("utter_ask_time", "utter_ask_time_example", "utter_ask_time_narrower"),
    blanks=_day,
    choices=_times,
    tiles=tiles.of_times,
    as_said=_first_free,
)


def _counted(said: Said, draft: Draft) -> Blanks:
    counted = "meal" if draft["service"] == "meal" else "people"
    return {"counted": words.text(f"bookings.counted.{counted}", said.language)}


NEW_COUNT = Question(
    ("utter_ask_new_count", "utter_ask_new_count_example", "utter_ask_new_count_narrower"),
    blanks=_counted,
    choices=_counts,
    chosen_from=2,
    either=True,
)
TWICE = Question(("utter_ask_twice", "utter_ask_twice_example", "utter_ask_twice_narrower"), blanks=twice.blanks)
BOOK = {
    "twice": TWICE,
    "repeat": REPEAT,
    "description": details.DETAILS,
    "service": Question(
        ("utter_ask_which_service", "utter_ask_service_example", "utter_ask_service_narrower"), choices=_services
    ),
    "place": Question(
        ("utter_ask_which_place", "utter_ask_place_example", "utter_ask_place_narrower"),
        blanks=_place_blanks,
        choices=_places,
        instead=_address,
    ),
    "date": DATE,
    "time": TIME,
    "party": Question(
        ("utter_ask_count", "utter_ask_count_example", "utter_ask_count_narrower"),
        choices=_counts,
        either=True,
        instead=lambda draft: NEW_COUNT if draft.get("wanted") == "party" else None,
    ),
    "name": Question(
        ("utter_ask_book_service_form_name", "utter_ask_name_example", "utter_ask_name_narrower"),
        as_said=_name_as_said,
        instead=rest_wanted,
    ),
    "phone": Question(
        ("utter_ask_book_service_form_phone", "utter_ask_phone_example", "utter_ask_phone_narrower"),
        instead=more_wanted,
    ),
    "confirmation": Question(
        ("utter_confirm_booking", "utter_confirm_booking_again", "utter_confirm_booking_once_more"),
        blanks=_summary,
        instead=_waits,
    ),
}
"""Of a new booking."""


def _moved(said: Said, draft: Draft) -> Blanks:
    booking = bookings.get(wiring.store(), draft["record"])
    changes = scope.told(_changes(said, draft, booking), draft, booking, said.language)
    return {"number": draft["record"], "changes": changes}


def _changes(said: Said, draft: Draft, booking: bookings.Booking) -> str:
    """Everything that will be different, and nothing else."""
    wish, offering = change_of(draft, booking), booking_draft.offering_of(draft)
    day = say_day(date.fromisoformat(draft["date"]), said.language)
    gap = " " if said.english else ""
    told = {
        "when": f"{day}{gap}{booking_draft.window_words_of(draft, said.language)}" if wish.day or wish.starts else None,
        "place": _place_words(offering, draft.get("place") or booking.address or "", said.english)
        if offering and (wish.offering_id or (wish.address and offering.needs_address))
        else None,
        "party": party_words(wish.party, booking.service, said.language) if wish.party else None,
        "name": wish.name,
        "phone": wish.phone,
    }
    pieces = [
        words.text(f"bookings.change.{name}", said.language, value=value) for name, value in told.items() if value
    ]
    return words.text("bookings.change.and", said.language).join(pieces) or words.text(
        "bookings.change.none", said.language
    )


CHANGE = {
    "date": Question(
        ("utter_ask_change_booking_form_date", "utter_ask_change_date_example", "utter_ask_date_narrower"),
        choices=_free_days,
        tiles=tiles.of_days,
        chosen_from=2,
    ),
    "time": Question(TIME.wordings, blanks=_day, choices=_times, tiles=tiles.of_times),
    "confirmation": Question(
        ("utter_confirm_change", "utter_confirm_change_again", "utter_confirm_change_once_more"),
        blanks=_moved,
        instead=lambda draft: WHAT_TO_CHANGE if draft.get("changing") else None,
    ),
    "party": BOOK["party"],
    "name": BOOK["name"],
    "phone": BOOK["phone"],
    "place": BOOK["place"],
}
"""Of what shall be different in a booking that is there."""


def _cancelled(said: Said, draft: Draft) -> Blanks:
    numbers = draft.get(scope.SLOT) or [draft["record"]]
    return describe(bookings.get(wiring.store(), numbers[0]), said.language)


def _of_series(said: Said, draft: Draft) -> Blanks:
    numbers = draft.get(scope.SLOT)
    meant = [one for one in scope.live_of(draft["record"]) if numbers is None or one.number in numbers]
    days = words.text("bookings.series.and", said.language).join(say_day(one.day, said.language) for one in meant)
    return {**describe(meant[0], said.language), "count": len(meant), "days_words": days}


def _how_much(draft: Draft) -> Question | None:
    if scope.is_open(draft):
        return SCOPE
    return CANCEL_SERIES if len(draft.get(scope.SLOT) or ()) > 1 else None


SCOPE = Question(("utter_ask_scope", "utter_ask_scope_example", "utter_ask_scope_narrower"), blanks=_of_series)
CANCEL_SERIES = Question(
    ("utter_confirm_cancel_series", "utter_confirm_cancel_series_again", "utter_confirm_cancel_series_once_more"),
    blanks=_of_series,
)
CANCEL = {
    "confirmation": Question(
        ("utter_confirm_cancellation", "utter_confirm_cancellation_again", "utter_confirm_cancellation_once_more"),
        blanks=_cancelled,
        instead=_how_much,
    )
}
