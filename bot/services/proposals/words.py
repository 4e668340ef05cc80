"""How the stages of a proposal are called, and what its owner is told of a new one. Residents and public page use them."""

from bot.language import words
from bot.store.proposals.states import Outcome, ProposalState
from bot.store.proposals.tables import Proposal
from bot.turns import Reply


def stage_words(state: ProposalState, outcome: Outcome | None, language: str) -> str:
    """公开反馈，已采纳; answered: adopted. As the plan calls the stages (3.2)."""
    stage = words.in_sentence(words.text(f"proposals.state.{state}", language), language)
    if outcome is None:
        return stage
    name = words.in_sentence(words.text(f"proposals.outcome.{outcome}", language), language)
    return words.text("proposals.answered_with", language, stage=stage, outcome=name)


def stage_reached(row: Proposal, answer: str) -> Reply:
    """A new stage of one's own proposal. Its number stays on the card."""
    state, outcome = ProposalState(row.state), Outcome(row.outcome) if row.outcome else None
    stage = stage_words(state, outcome, row.language)
    return Reply(
        text=words.text("proposals.notice.stage", row.language, stage=stage, answer=answer, number=row.number),
        spoken=words.spoken("proposals.notice.stage", row.language, stage=stage, answer=answer, number=row.number),
        card={"kind": "proposal", "number": row.number, "state": row.state},
    )
