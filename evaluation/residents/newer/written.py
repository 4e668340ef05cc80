"""What stands in the database of proposals, points, jobs and guides after a conversation, and what was answered in it."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.services.conversations import conversations
from bot.services.kernel.permissions import Actor
from bot.services.mandates import mandates
from bot.services.mandates.mandates import Request
from bot.services.points import points, staff_points
from bot.services.points.points import VolunteerRequest
from bot.services.unmet import unmet
from bot.store.conversations.tables import Rating
from bot.store.guides.tables import GuideProgress
from bot.store.jobs.tables import JobApplication
from bot.store.mandates.tables import Mandate, MandateUse
from bot.store.points.tables import Redemption, Volunteer
from bot.store.profiles.tables import Profile
from bot.store.proposals.tables import Proposal, ProposalSupport
from bot.store.store import Store
from bot.store.unmet.tables import UnmetWish

Row = dict[str, Any]
POINTS_AN_HOUR = staff_points.POINTS_PER_HOUR
MOST_AT_ONCE = 40
"""Points that one confirmation of hours gives here; each is for a day of its own."""
BY_THE_WAY = frozenset({"guide_progress", "unmet"})
"""Written without anybody's wish."""
ANSWERS_OURS = frozenset({"inform", "affirm", "deny"})
STAFF = Actor("evaluation", "community_staff")


def rows_of(store: Store, table: str, conversation_id: str, given: str) -> list[Row]:
    """What the conversation has written in that table. `given` is the number of the record that was made before."""
    return READ[table](store, conversation_id, given)


def written_in(store: Store, conversation_id: str, given: str) -> int:
    """Rows of all these tables, so that one that nobody wished for is seen."""
    return sum(len(read(store, conversation_id, given)) for name, read in READ.items() if name not in BY_THE_WAY)


def answered(store: Store, conversation_id: str) -> Sequence[tuple[str, str]]:
    """Goal and words of every turn, the oldest first; who answers our question still has the goal that led to it."""
    told, goal = [], ""
    for _, turn in conversations.history(store, conversation_id):
        goal = goal if goal and turn.goal in ANSWERS_OURS else turn.goal
        told.append((goal, "\n".join(reply.text for reply in turn.replies)))
    return told


def make_volunteer(store: Store, given: Mapping[str, Any], where: str, now: datetime) -> str:
    """One with so many points; their number."""
    request = VolunteerRequest("测试甲", given["phone"], "送餐", "周末", where, where, "zh", "web")
    number = points.join(store, request, now).number
    left, at = given["points"], 0
    while left > 0:
        some, at = min(left, MOST_AT_ONCE), at + 1
        day = now.date() - timedelta(days=at)
        staff_points.confirm_hours(store, STAFF, number, hours=some / POINTS_AN_HOUR, day=day, activity="送餐", now=now)
        left -= some
    return number


def _proposals(store: Store, conversation_id: str, _given: str) -> list[Row]:
    with store.reading() as unit:
        rows = unit.session.query(Proposal).where(Proposal.conversation_id == conversation_id)
        return [{"text": row.text, "phone": row.phone or "", "name": ""} for row in rows]


def _supports(store: Store, conversation_id: str, _given: str) -> list[Row]:
    with store.reading() as unit:
        query = unit.session.query(ProposalSupport, Proposal)
        found = query.where(ProposalSupport.conversation_id == conversation_id)
        found = found.join(Proposal, Proposal.id == ProposalSupport.proposal_id)
        return [{"title": proposal.public_title or "", "phone": row.phone or "", "name": ""} for row, proposal in found]


def _volunteers(store: Store, conversation_id: str, _given: str) -> list[Row]:
    with store.reading() as unit:
        rows = unit.session.query(Volunteer).where(Volunteer.conversation_id == conversation_id)
        return [{"name": row.name, "phone": row.phone or "", "wish": row.wish} for row in rows]


def _redemptions(store: Store, _conversation_id: str, given: str) -> list[Row]:
    with store.reading() as unit:
        query = unit.session.query(Redemption).join(Volunteer, Volunteer.id == Redemption.volunteer_id)
        rows = query.where(Volunteer.number == given, Redemption.state != "undone")
        return [{"reward": row.reward.title} for row in rows]


def _applications(store: Store, conversation_id: str, _given: str) -> list[Row]:
    with store.reading() as unit:
        rows = unit.session.query(JobApplication).where(JobApplication.conversation_id == conversation_id)
        return [{"title": row.title, "name": row.name, "phone": row.phone or ""} for row in rows]


def _guides(store: Store, conversation_id: str, _given: str) -> list[Row]:
    with store.reading() as unit:
        rows = unit.session.query(GuideProgress).where(GuideProgress.conversation_id == conversation_id)
        return [{"guide": row.guide, "case": json.loads(row.answers)} for row in rows]


def make_mandate(store: Store, given: Mapping[str, Any], where: str, now: datetime) -> str:
    """One that a parent has given; its six digits."""
    request = Request(
        phone=given["phone"], helper="我孩子", powers=given.get("powers", "all"), ends=mandates.last_day(None, now),
        conversation_id=where, client_message_id=where, language="zh", channel="web",
    )  # fmt: skip
    return mandates.give(store, request, now)[1]


def _mandates(store: Store, conversation_id: str, _given: str) -> list[Row]:
    with store.reading() as unit:
        rows = unit.session.query(Mandate).where(Mandate.conversation_id == conversation_id)
        return [
            {"helper": row.helper, "powers": row.powers, "phone": row.phone or "", "name": "", "state": row.state}
            for row in rows
        ]


def _acting(store: Store, conversation_id: str, _given: str) -> list[Row]:
    with store.reading() as unit:
        uses = unit.session.query(MandateUse).where(MandateUse.conversation_id == conversation_id)
        return [
            {
                "name": use.name,
                "phone": use.phone or "",
                "acts_for": use.mandate.phone or "",
                "state": use.mandate.state,
            }
            for use in uses
        ]


def _profiles(store: Store, conversation_id: str, _given: str) -> list[Row]:
    with store.reading() as unit:
        rows = unit.session.query(Profile).where(Profile.conversation_id == conversation_id)
        return [
            {"name": row.name, "phone": row.phone or "", "place": row.place or "", "needs": row.needs or ""}
            for row in rows
        ]


def _ratings(store: Store, conversation_id: str, _given: str) -> list[Row]:
    """The last one: who says another score corrects the first."""
    with store.reading() as unit:
        rows = unit.session.query(Rating).where(Rating.conversation_id == conversation_id).order_by(Rating.id)
        return [{"score": row.score} for row in rows][-1:]


def _unmet(store: Store, conversation_id: str, _given: str) -> list[Row]:
    """Counted wishes name nobody: those of this conversation are known by the mark that counts each of them once."""
    with store.reading() as unit:
        return [
            {"kind": row.kind, "about": row.about, "community": row.community}
            for row in unit.session.query(UnmetWish)
            if row.once in unit.keys.keyed_hashes(_said(conversation_id, row))
        ]


def _said(conversation_id: str, row: UnmetWish) -> str:
    return unmet.said(conversation_id, row.kind, row.about, row.community, row.wanted_day)


READ: dict[str, Callable[[Store, str, str], list[Row]]] = {
    "proposals": _proposals,
    "supports": _supports,
    "volunteers": _volunteers,
    "redemptions": _redemptions,
    "applications": _applications,
    "guide_progress": _guides,
    "mandates": _mandates,
    "acting": _acting,
    "profiles": _profiles,
    "ratings": _ratings,
    "unmet": _unmet,
}
