"""What the office decides while the assistant runs: opening hours, holidays, who is on duty, an announcement, the off switch.

The plan names no hours: until an administrator sets some, here or as LINYU_STAFF_HOURS, the assistant says that it does not know.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.errors import BadInput, ReasonMissing
from bot.services.audit import audit
from bot.services.kernel import notices
from bot.services.kernel.deadlines import IsWorkingDay, is_chinese_working_day
from bot.services.kernel.opening_hours import on_duty, plain
from bot.services.kernel.permissions import Actor
from bot.store.handover import queries as handover_queries
from bot.store.staff import queries as staff_queries
from bot.store.store import Store, UnitOfWork
from bot.turns import Language, Reply

DUTY_LASTS = timedelta(hours=12)
"""Nobody is on duty for longer than a session lasts; who forgot to go off duty is off by then."""
AWAY_AFTER = timedelta(minutes=15)
"""Who has had no page open for so long is not there, whatever they said."""
LOOKED_AHEAD = timedelta(days=14)
LONGEST_ANNOUNCEMENT = 200
LONGEST_HOURS = 200
LONGEST_REASON = 500
SHORTEST_REASON = 4
DAY_HOURS = re.compile(r"\d{2}:\d{2}-\d{2}:\d{2}")
MONDAY = date(2024, 1, 1)


@dataclass(frozen=True)
class OnDuty:
    login: str
    since: datetime


@dataclass(frozen=True)
class Office:
    hours: str = ""
    """Such as "Mon-Fri 08:30-17:30"; empty is not known."""
    closed_on_holidays: bool = False
    special_days: dict[date, str] = field(default_factory=dict)
    """Hours of single days, such as "09:00-12:00"; empty is closed."""
    announcement: dict[str, str] = field(default_factory=dict)
    """By language; empty when there is none."""
    off_since: datetime | None = None
    off_by: str = ""
    off_reason: str = ""
    """For staff; residents are told that the assistant is off, not why."""
    people: tuple[OnDuty, ...] = ()
    duty_kept: bool = False
    """Somebody went on or off duty today, so that who is there is known."""

    def announcement_in(self, language: str) -> str:
        """In this language, else in the other; people must not miss it."""
        return self.announcement.get(language) or next(iter(self.announcement.values()), "")


def look(store: Store, default_hours: str, now: datetime) -> Office:
    with store.reading() as unit:
        return read(unit, default_hours, now)


def read(unit: UnitOfWork, default_hours: str, now: datetime) -> Office:
    """`default_hours` is the setting; it counts until the console names others."""
    rows = handover_queries.settings(unit)
    values = {key: row.value for key, row in rows.items()}
    duties = handover_queries.duties(unit, now - DUTY_LASTS)
    there = staff_queries.seen_since(unit, now - AWAY_AFTER)
    off = rows.get("off") if values.get("off") else None
    return Office(
        hours=values.get("hours", default_hours),
        closed_on_holidays=values.get("closed_on_holidays") == "yes",
        special_days={row.day: row.hours for row in handover_queries.special_days(unit, now.date())},
        announcement={
            language: values[f"announcement_{language}"]
            for language in ("zh", "en")
            if values.get(f"announcement_{language}")
        },
        off_since=off.changed if off else None,
        off_by=off.changed_by if off else "",
        off_reason=off.value if off else "",
        people=tuple(
            OnDuty(account.login, duty.since) for duty, account in duties if duty.on_duty and account.id in there
        ),
        duty_kept=bool(duties),
    )


def welcome(office: Office, usual: Reply, language: Language) -> Reply:
    """What a conversation or call begins with: the usual welcome, or that the assistant is switched off."""
    return notices.welcome_while_off(language) if office.off_since else usual


def announced(office: Office, language: Language) -> list[Reply]:
    """What follows the welcome: the announcement, where there is one."""
    line = office.announcement_in(language)
    return [notices.announcement(line, language)] if line else []


def is_open(office: Office, now: datetime, is_working_day: IsWorkingDay = is_chinese_working_day) -> bool | None:
    """Is a person there at this moment? None when nobody knows.

    Outside the hours: no. Inside: yes, unless staff keep track of who is there and nobody is.
    """
    inside = _inside_hours(office, now, is_working_day)
    if inside is None:
        return True if office.people else None
    return inside and (bool(office.people) or not office.duty_kept)


def call_back_by(
    office: Office, now: datetime, minutes: float, is_working_day: IsWorkingDay = is_chinese_working_day
) -> datetime | None:
    """By when somebody who asks now is called back: so many minutes of the hours in which people are there.

    None when nobody knows the hours, or they do not come within two weeks: then nothing is promised.
    """
    wait = timedelta(minutes=minutes)
    if is_open(office, now, is_working_day):
        return now + wait
    step, at = timedelta(minutes=15), now
    at = at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0) + step
    while at <= now + LOOKED_AHEAD:
        if _inside_hours(office, at, is_working_day):
            return at + wait
        at += step
    return None


def set_hours(store: Store, actor: Actor, hours: str, closed_on_holidays: bool, now: datetime) -> None:
    """Raises BadInput for hours that cannot be read."""
    actor.must("office.manage")
    hours = plain(hours)
    try:
        on_duty(hours, now)
    except ValueError as error:
        raise BadInput("hours") from error
    if len(hours) > LONGEST_HOURS:
        raise BadInput("hours")
    with store.unit() as unit:
        handover_queries.save_setting(unit, "hours", hours, actor.id, now)
        handover_queries.save_setting(unit, "closed_on_holidays", "yes" if closed_on_holidays else "no", actor.id, now)
        details = {"hours": hours, "closed_on_holidays": closed_on_holidays}
        audit.write(unit, actor, "office.hours", "office", "hours", now, details=details)
        unit.commit()


def set_special_day(store: Store, actor: Actor, day: date, hours: str | None, now: datetime) -> None:
    """Hours of this day alone, empty for closed; None takes the exception back. Raises BadInput."""
    actor.must("office.manage")
    hours = plain(hours) if hours is not None else None
    if hours:
        if not DAY_HOURS.fullmatch(hours):
            raise BadInput("day_hours")
        try:
            on_duty(f"Mon {hours}", now)
        except ValueError as error:
            raise BadInput("day_hours") from error
    if day < now.date():
        raise BadInput("day")
    with store.unit() as unit:
        if hours is None:
            handover_queries.delete_special_day(unit, day)
        else:
            handover_queries.save_special_day(unit, day, hours)
        audit.write(unit, actor, "office.day", "office", day.isoformat(), now, details={"hours": hours or ""})
        unit.commit()


def announce(store: Store, actor: Actor, zh: str, en: str, now: datetime) -> None:
    """One line on all channels; empty takes it away. Raises BadInput when it is too long."""
    actor.must("service.switch")
    lines = {"zh": " ".join(zh.split()), "en": " ".join(en.split())}
    if any(len(line) > LONGEST_ANNOUNCEMENT for line in lines.values()):
        raise BadInput("announcement")
    with store.unit() as unit:
        for language, line in lines.items():
            handover_queries.save_setting(unit, f"announcement_{language}", line, actor.id, now)
        audit.write(unit, actor, "office.announce", "office", "announcement", now, details=lines)
        unit.commit()


def switch_off(store: Store, actor: Actor, reason: str, now: datetime) -> None:
    """From now on the assistant answers nobody, except in danger, and says so. Raises ReasonMissing."""
    actor.must("service.switch")
    reason = reason.strip()
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise ReasonMissing
    with store.unit() as unit:
        handover_queries.save_setting(unit, "off", reason, actor.id, now)
        audit.write(unit, actor, "office.off", "office", "assistant", now, reason=reason)
        unit.commit()


def switch_on(store: Store, actor: Actor, now: datetime) -> None:
    actor.must("service.switch")
    with store.unit() as unit:
        handover_queries.save_setting(unit, "off", "", actor.id, now)
        audit.write(unit, actor, "office.on", "office", "assistant", now)
        unit.commit()


def set_duty(store: Store, actor: Actor, there: bool, now: datetime) -> None:
    actor.must("queue.work")
    with store.unit() as unit:
        handover_queries.save_duty(unit, actor.id, there, now)
        audit.write(unit, actor, "duty.on" if there else "duty.off", "account", actor.id, now)
        unit.commit()


def _inside_hours(office: Office, now: datetime, is_working_day: IsWorkingDay) -> bool | None:
    special = office.special_days.get(now.date())
    if special is not None:
        return bool(special) and bool(on_duty(f"{now:%a} {special}" if special else "", now))
    if not office.closed_on_holidays or not office.hours.strip():
        return on_duty(office.hours, now)
    if is_working_day(now.date()) == (now.weekday() < 5):
        return on_duty(office.hours, now)
    if now.weekday() < 5:  # a public holiday
        return False
    # A weekend day that is worked to make up for a holiday: the hours of a Monday.
    return on_duty(office.hours, datetime.combine(MONDAY, now.timetz()))
