"""How long each kind of data is kept, and the daily deletion, which leaves its counts in the audit."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import StoreUnavailable
from bot.services.audit import audit
from bot.services.kernel.permissions import SYSTEM
from bot.services.kernel.topics import Expiry, Keep, topics
from bot.store.conversations import retention as old_conversations
from bot.store.staff import audit_queries
from bot.store.store import Store

RAN = "retention.run"
"""The audit's word for one daily deletion."""
PARTLY = "retention.partly"
"""And for one that left something behind."""
BATCH = 500
"""Rows in one unit of work."""
LATE = timedelta(days=2)
"""After so long without a deletion somebody has to look."""
log = logging.getLogger(__name__)


class PartlyDeleted(Exception):
    """The text names the kinds of which something is left."""


@dataclass(frozen=True)
class Rule:
    kind: str
    """Code of a text."""
    days: int | None
    """None is until the resident changes it or asks for erasure; or, for the audit, for good."""
    setting: str
    """Empty where it is not for the office to choose."""


def rules(keep: Keep, draft_days: float) -> tuple[Rule, ...]:
    """All kinds of data about residents, for people to read."""
    shown = [one for topic in topics().values() for one in topic.expiries if one.shown]
    kept = [Rule(one.kind, round(one.days(keep)), one.setting) for one in shown]
    drafts = Rule("drafts", round(draft_days), "LINYU_DRAFT_HOURS")
    return (*kept, drafts, Rule("caller_choices", None, ""), Rule("audit", None, ""))


def is_late(store: Store, now: datetime) -> bool:
    """Is there something from before two days ago, and no deletion since then?"""
    with store.reading() as unit:
        if (last := audit_queries.last_of(unit, RAN)) is not None:
            return last < now - LATE
        began = (audit_queries.first_of(unit, PARTLY), old_conversations.oldest_conversation(unit))
        return any(moment is not None and moment < now - LATE for moment in began)


def delete_expired(store: Store, keep: Keep, now: datetime) -> dict[str, int]:
    """Returns, and leaves in the audit, how many of each kind went.

    Few rows at a time, so that no resident waits, and each kind by itself: what cannot be deleted holds up nothing else.
    Raises PartlyDeleted in the end when there was such a kind; the audit then says PARTLY.
    """
    gone, failed = {}, []
    for expiry in (one for topic in topics().values() for one in topic.expiries):
        try:
            count = _all(store, expiry, now - timedelta(days=expiry.days(keep)), now)
        except StoreUnavailable:
            raise
        except Exception as error:  # only the type: a message may hold a resident's words
            log.error("%s could not be deleted: %s", expiry.kind, type(error).__name__)
            failed.append(expiry.kind)
        else:
            if expiry.counted:
                gone[expiry.kind] = count
    with store.unit() as unit:
        action, details = (PARTLY, {**gone, "failed": failed}) if failed else (RAN, gone)
        audit.write(unit, SYSTEM, action, "table", "all", now, details=details)
        unit.commit()
    if failed:
        raise PartlyDeleted(", ".join(failed))
    return gone


def _all(store: Store, expiry: Expiry, deadline: datetime, now: datetime) -> int:
    """In units of work of their own, until nothing is left."""
    total = 0
    while True:
        with store.unit() as unit:
            count = expiry.delete(unit, deadline, BATCH, now)
            unit.commit()
        if count == 0:
            return total
        total += count
