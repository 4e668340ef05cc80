"""The stages of a proposal: 居民提案—社区协商—街道决策—公开反馈 (plan, 3.2)."""

from enum import StrEnum


class ProposalState(StrEnum):
    SUBMITTED = "submitted"
    """居民提案: residents support it, the community has not begun."""
    CONSULTING = "consulting"
    """社区协商."""
    DECIDING = "deciding"
    """街道决策."""
    ANSWERED = "answered"
    """公开反馈: adopted or not, and why."""


class Outcome(StrEnum):
    ADOPTED = "adopted"
    DECLINED = "declined"


OPEN = (ProposalState.SUBMITTED, ProposalState.CONSULTING, ProposalState.DECIDING)
"""It can still be supported."""
