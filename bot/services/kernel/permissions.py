"""Which role may do what: one table, after the plan's 权限分级 (6.4, “数据加密—权限分级—定期审计”).

The plan names the three levels 街道—社区—网格 (3.2) and asks for graded permissions and audits; which role may do what in
this console is our reading of it, and the street office may change this table.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from bot.errors import Forbidden

Role = Literal["grid_worker", "community_staff", "dispatcher", "editor", "auditor", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)

_ALL = frozenset(ROLES)
_CASES = frozenset[Role]({"grid_worker", "community_staff", "dispatcher"})
_DESK = frozenset[Role]({"community_staff", "dispatcher"})

PERMISSIONS: dict[str, frozenset[Role]] = {
    # one's own
    "own.account": _ALL,
    "home.read": _ALL,
    # people who work here
    "people.read": frozenset({"admin"}),
    "people.manage": frozenset({"admin"}),
    # audit: no personal data of residents
    "audit.read": frozenset({"auditor", "admin"}),
    "audit.export": frozenset({"auditor", "admin"}),
    # personal data of residents
    "personal.read": _CASES,
    "personal.reveal": _CASES,
    "residents.manage": frozenset({"admin"}),
    "privacy.read": frozenset({"auditor", "admin"}),
    "privacy.manage": frozenset({"admin"}),
    # waiting for a person
    "queue.read": _DESK | {"admin"},
    "queue.work": _DESK,
    "service.switch": frozenset({"dispatcher", "admin"}),
    "office.manage": frozenset({"admin"}),
    # whatever waits for the office, each source by its own permission
    "inbox.read": _CASES | {"editor"},
    "inbox.work": _CASES | {"editor"},
    # conversations
    "conversations.read": _DESK | {"editor"},
    "conversations.review": _DESK | {"editor"},
    "conversations.takeover": _DESK,
    "conversations.listen": _DESK,
    "conversations.export": frozenset({"dispatcher"}),
    # learning
    "learning.read": frozenset({"editor", "dispatcher", "admin"}),
    "learning.train": frozenset({"editor", "admin"}),
    "learning.activate": frozenset({"admin"}),
    # knowledge
    "knowledge.read": _ALL - {"auditor"},
    "knowledge.write": frozenset({"editor"}),
    "knowledge.publish": frozenset({"editor", "dispatcher"}),
    # cases: a grid worker sees those of the own grid, see disclosure.in_scope
    "cases.read": _CASES,
    "cases.work": _CASES,
    # where it is, in full: who sends somebody there, and who goes there
    "cases.place": frozenset({"dispatcher", "grid_worker"}),
    "cases.dispatch": frozenset({"dispatcher"}),
    "cases.merge": frozenset({"dispatcher"}),
    # category and place as they should be; closed as not ours or invalid
    "cases.correct": frozenset({"dispatcher"}),
    # for somebody who calls or comes
    "cases.file": _DESK,
    "cases.export": _DESK,
    # what is late; an admin is told only where no dispatcher can sign in
    "escalations.read": frozenset({"dispatcher", "admin"}),
    # bookings
    "bookings.read": _DESK,
    "bookings.work": _DESK,
    "bookings.reveal": _DESK,
    "bookings.file": _DESK,
    "bookings.capacity": frozenset({"dispatcher"}),
    "bookings.export": _DESK,
    # work: postings, and who has applied
    "jobs.read": _DESK,
    "jobs.work": _DESK,
    "jobs.import": _DESK,
    # which department handles what
    "items.read": _DESK | {"editor"},
    "items.write": frozenset({"dispatcher", "editor"}),
    # proposals: the community publishes and consults, the street decides
    "proposals.read": _DESK,
    "proposals.work": _DESK,
    "proposals.decide": frozenset({"dispatcher"}),
    "proposals.export": _DESK,
    # volunteers and their points
    "points.read": _DESK,
    "points.confirm": _DESK,
    "points.stock": frozenset({"dispatcher"}),
    "points.export": _DESK,
    # who acts for whom
    "mandates.read": _DESK,
    "mandates.work": _DESK,
    "mandates.export": _DESK,
    # systems of others that are told what happens
    "webhooks.read": frozenset({"auditor", "admin"}),
    "webhooks.manage": frozenset({"admin"}),
    # what residents agreed to have known of their needs
    "profiles.read": _DESK,
    # figures without persons
    "unmet.read": _ALL - {"grid_worker"},
    "unmet.export": _ALL - {"grid_worker"},
    "dashboard.read": _ALL - {"grid_worker"},
    "reports.read": _ALL - {"grid_worker"},
}
"""Who holds each permission. A name that is not here does not exist."""


@dataclass(frozen=True)
class Actor:
    """Who does something. The role of the operator at the command line is "operator", of our own jobs "system"."""

    id: str
    role: str
    grid: str | None = None
    community: str | None = None

    def may(self, permission: str) -> bool:
        """Raises KeyError for a permission that does not exist."""
        return self.role in PERMISSIONS[permission]

    def must(self, permission: str) -> None:
        """Raises Forbidden."""
        if not self.may(permission):
            raise Forbidden


OPERATOR = Actor("cli", "operator")
SYSTEM = Actor("system", "system")
