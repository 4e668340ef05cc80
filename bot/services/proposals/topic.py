"""The topic of proposals."""

from datetime import datetime
from typing import Any

from bot.language import words
from bot.services.kernel.topics import Draft, Expiry, Filed, Matter, Step, Topic, erase_rows
from bot.services.proposals import demo, inbox
from bot.services.proposals.words import stage_words
from bot.store.proposals import queries
from bot.store.proposals.states import Outcome, ProposalState
from bot.store.proposals.tables import Proposal, ProposalSupport
from bot.store.store import UnitOfWork
from bot.turns import Language


def exported(row: Proposal) -> dict[str, Any]:
    return {
        "number": row.number,
        "state": row.state,
        "outcome": row.outcome,
        "text": row.text,
        "phone": row.phone,
        "submitted": row.submitted.isoformat(),
        "public_title": row.public_title,
        "public_text": row.public_text,
        "history": [
            {"at": one.at.isoformat(), "actor": one.actor, "action": one.action, "answer": one.answer}
            for one in row.events
        ],
    }


def exported_support(row: ProposalSupport) -> dict[str, Any]:
    return {"at": row.at.isoformat(), "proven": row.proven}


def erase(unit: UnitOfWork, row: Proposal, now: datetime, offer_hours: float) -> None:
    """What staff have published stays, in their words and with its supports; one that is not published is closed."""
    if row.published is None:
        row.state = ProposalState.ANSWERED
    row.text = row.conversation_id = ""
    row.phone = row.phone_hash = row.check_code = None
    queries.note_event(unit, row, now, "system", "erased")


def told(unit: UnitOfWork, row: Proposal, language: Language, now: datetime) -> Matter:
    """Its stages with the answers that everybody reads."""
    steps = [
        Step(event.at, " ".join(filter(None, (words.text(f"proposals.state.{event.action}", language), event.answer))))
        for event in row.events
        if event.action in set(ProposalState)
    ]
    supports = words.text("proposals.supporters", language, count=queries.supports(unit, row))
    return Matter(
        "proposal",
        row.number,
        row.public_title or words.text("mine.kind.proposal", language),
        stage_words(ProposalState(row.state), Outcome(row.outcome) if row.outcome else None, language),
        row.submitted,
        row.state != ProposalState.ANSWERED,
        (("text", row.public_text or row.text), ("supports", supports)),
        tuple(steps),
    )


TOPIC = Topic(
    filed=(
        Filed("proposals", Proposal, exported, erase, told),
        Filed("proposal_supports", ProposalSupport, exported_support, erase_rows),
    ),
    expiries=(
        Expiry(
            "proposals",
            lambda keep: keep.case_days,
            lambda unit, deadline, most, now: queries.empty_one(unit, deadline, now),
            "LINYU_CASE_DAYS",
        ),
    ),
    demo=demo.load,
    inbox={"proposal": inbox.SOURCE},
    drafts={
        "submit_proposal": Draft(worth_keeping=True, impersonal=frozenset({"description", "similar"})),
        "support_proposal": Draft(worth_keeping=True, impersonal=frozenset({"record"})),
    },
)
