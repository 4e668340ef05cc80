"""A booking as a file for the calendar of one's own telephone or computer (RFC 5545)."""

from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event

from bot.errors import WrongState
from bot.language import words
from bot.services.kernel.topics import Matter

REMINDS_BEFORE = timedelta(hours=2)


def calendar_file(matter: Matter, language: str, now: datetime) -> bytes:
    """The same booking again has the same id, so that no calendar holds it twice. Raises WrongState where it has no time."""
    if matter.begins is None or matter.ends is None:
        raise WrongState
    title = words.text("mine.calendar.title", language, title=matter.title)
    event = Event()
    event.add("uid", f"{matter.number}@linyu")
    event.add("dtstamp", now)
    event.add("dtstart", matter.begins)
    event.add("dtend", matter.ends)
    event.add("summary", title)
    event.add("location", matter.place)
    event.add("description", words.text("mine.calendar.number", language, number=matter.number))
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -REMINDS_BEFORE)
    event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//Linyu//matters//")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
