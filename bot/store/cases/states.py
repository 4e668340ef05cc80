"""The states of a case, and what each of them waits for."""

from enum import StrEnum


class CaseState(StrEnum):
    FILED = "filed"
    DISPATCHED = "dispatched"
    HANDLING = "handling"
    ANSWERED = "answered"
    SETTLED = "settled"
    CLOSED = "closed"
    REOPENED = "reopened"


AWAITS_RESPONSE = (CaseState.FILED, CaseState.DISPATCHED, CaseState.REOPENED)
"""Nobody has begun yet."""
AWAITS_OFFICE = (*AWAITS_RESPONSE, CaseState.HANDLING)
"""The office still owes something; an answered case waits for the resident."""
AWAITS_NOBODY = (CaseState.SETTLED, CaseState.CLOSED)
HAS_ITS_ANSWER = (CaseState.ANSWERED, *AWAITS_NOBODY)
"""It can be reopened and rated, and is deleted when its time is over."""
ABOUT_STAFF = "staff_conduct"
"""The category of complaints about people who work here: no other office is told of them, and they are in no public list."""
