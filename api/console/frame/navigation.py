"""The menu: shown are the pages that the role may open."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    path: str
    permission: str
    title: str
    """Name of a text."""
    count: str = ""
    """Name of the pile whose number is shown beside it, see staff_counts.py."""


PLACES = (
    Place("/staff", "home.read", "nav.home"),
    Place("/staff/queue", "queue.read", "nav.queue", "queue"),
    Place("/staff/live", "conversations.read", "nav.live"),
    Place("/staff/cases", "cases.read", "nav.cases"),
    Place("/staff/escalations", "escalations.read", "nav.escalations", "escalations"),
    Place("/staff/bookings", "bookings.read", "nav.bookings"),
    Place("/staff/jobs", "jobs.read", "nav.jobs"),
    Place("/staff/proposals", "proposals.read", "nav.proposals"),
    Place("/staff/points", "points.read", "nav.points"),
    Place("/staff/conversations", "conversations.read", "nav.conversations"),
    Place("/staff/learning", "learning.read", "nav.learning"),
    Place("/staff/knowledge", "knowledge.read", "nav.knowledge"),
    Place("/staff/dashboard", "dashboard.read", "nav.dashboard"),
    Place("/staff/people", "people.read", "nav.people"),
    Place("/staff/privacy", "privacy.read", "nav.privacy"),
    Place("/staff/office", "queue.read", "nav.office"),
    Place("/staff/audit", "audit.read", "nav.audit"),
)
"""In the order of the menu."""
