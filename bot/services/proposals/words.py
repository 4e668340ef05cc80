"""How the stages of a proposal are called, and what its owner is told of a new one. Residents and public page use them."""

from bot.language.ear import for_ear
from bot.store.proposals.states import Outcome, ProposalState
from bot.store.proposals.tables import Proposal
from bot.turns import Reply

STAGES = {
    ProposalState.SUBMITTED: ("居民提案", "submitted"),
    ProposalState.CONSULTING: ("社区协商", "discussed in the community"),
    ProposalState.DECIDING: ("街道决策", "with the subdistrict for a decision"),
    ProposalState.ANSWERED: ("公开反馈", "answered"),
}
"""As the plan calls them (3.2)."""
OUTCOMES = {Outcome.ADOPTED: ("已采纳", "adopted"), Outcome.DECLINED: ("未采纳", "not adopted")}


def stage_words(state: ProposalState, outcome: Outcome | None, language: str) -> str:
    """公开反馈，已采纳; answered: adopted."""
    english = language == "en"
    stage = STAGES[state][english]
    if outcome is None:
        return stage
    return stage + (": " if english else "，") + OUTCOMES[outcome][english]


def stage_reached(row: Proposal, answer: str) -> Reply:
    """A new stage of one's own proposal. Its number stays on the card."""
    state, outcome = ProposalState(row.state), Outcome(row.outcome) if row.outcome else None
    words = stage_words(state, outcome, row.language)
    card = {"kind": "proposal", "number": row.number, "state": row.state}
    if row.language == "en":
        news = f"There is news of your proposal. It is now {words}. {answer}"
        return Reply(text=f"Proposal {row.number}: {news}", spoken=for_ear(news, "en"), card=card)
    news = f"您的提案有新进展，现在到了“{words}”。{answer}"
    return Reply(text=f"{news}（提案号{row.number}）", spoken=for_ear(news, "zh"), card=card)
