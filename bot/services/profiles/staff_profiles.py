"""What residents agreed to have known of their needs, in front of staff: masked in the list, in full after a reason."""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import NotFound
from bot.services.audit import audit
from bot.services.kernel import disclosure
from bot.services.kernel.permissions import Actor
from bot.store.profiles import queries
from bot.store.profiles.tables import Profile
from bot.store.store import Store

MOST = 500


@dataclass(frozen=True)
class ProfileLine:
    """Masked."""

    number: str
    name: str
    phone: str
    place: str
    has_needs: bool
    """They agreed to have them known; what they are stands on the page of the profile alone."""
    agreed: datetime
    last_used: datetime


@dataclass(frozen=True)
class ProfileView:
    line: ProfileLine
    needs: str
    """Without names, numbers and places; empty where they did not agree, or have none."""
    needs_agreed: datetime | None


def lines(store: Store, actor: Actor, now: datetime) -> list[ProfileLine]:
    """Of those whom the actor may see; that the list was looked at is in the audit."""
    actor.must("profiles.read")
    with store.unit() as unit:
        found = [_line(actor, row) for row in queries.every(unit, MOST) if disclosure.in_scope(actor, row)]
        audit.write(unit, actor, "profile.list", "table", "profiles", now)
        unit.commit()
        return found


def open_profile(store: Store, actor: Actor, number: str, now: datetime) -> ProfileView:
    """One, masked, with the needs as far as the resident agreed; the audit keeps who opened it. Raises NotFound."""
    actor.must("profiles.read")
    with store.unit() as unit:
        row = queries.profile(unit, number)
        if row is None or not disclosure.in_scope(actor, row):
            raise NotFound
        needs = disclosure.words(actor, row.needs, row.name, row.phone, row.place) if row.needs_agreed else ""
        view = ProfileView(_line(actor, row), needs, row.needs_agreed)
        audit.write(unit, actor, "profile.read", "profile", number, now)
        unit.commit()
        return view


def _line(actor: Actor, row: Profile) -> ProfileLine:
    return ProfileLine(
        row.number,
        disclosure.name(actor, row.name),
        disclosure.phone(actor, row.phone),
        disclosure.address(actor, row.place),
        bool(row.needs and row.needs_agreed),
        row.agreed,
        row.last_used,
    )
