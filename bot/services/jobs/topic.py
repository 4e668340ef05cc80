"""The topic of jobs: applications are their applicants'; postings are the employers' and go when they are long over."""

from datetime import datetime
from typing import Any

from bot.language import words
from bot.services.jobs import inbox
from bot.services.kernel.topics import Draft, Expiry, Filed, Matter, Topic, erase_rows
from bot.store.jobs import queries
from bot.store.jobs.tables import ApplicationState, JobApplication
from bot.store.store import UnitOfWork
from bot.turns import Language

POSTING_DAYS = 30
"""After a posting is over."""


def exported(row: JobApplication) -> dict[str, Any]:
    return {
        "number": row.number,
        "title": row.title,
        "employer": row.employer,
        "state": row.state,
        "name": row.name,
        "phone": row.phone,
        "filed": row.filed.isoformat(),
    }


def told(unit: UnitOfWork, row: JobApplication, language: Language, now: datetime) -> Matter:
    return Matter(
        "application",
        row.number,
        row.title,
        words.text(f"jobs.state.{row.state}", language),
        row.filed,
        row.state != ApplicationState.CLOSED,
        (("employer", row.employer),),
    )


TOPIC = Topic(
    filed=(Filed("job_applications", JobApplication, exported, erase_rows, told),),
    expiries=(
        Expiry(
            "job_applications",
            lambda keep: keep.handover_days,
            lambda unit, deadline, most, now: queries.applications_before(unit, deadline, most),
            "LINYU_HANDOVER_DAYS",
        ),
        Expiry(
            "job_postings",
            lambda keep: POSTING_DAYS,
            lambda unit, deadline, most, now: queries.delete_postings_before(unit, deadline.date(), most),
            shown=False,
            counted=False,
        ),
    ),
    inbox={"application": inbox.SOURCE},
    drafts={
        "find_job": Draft(asks_who=False, impersonal=frozenset({"trade"})),
        "apply_job": Draft(worth_keeping=True, impersonal=frozenset({"job_posting", "wants"})),
    },
)
