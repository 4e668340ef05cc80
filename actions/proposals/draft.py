"""From words to the draft of a proposal: what is proposed, whether a similar one is supported instead, how to reach you."""

import re
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.core import phone_parts
from actions.core.forms import STOPPED, Updates, confirmation
from actions.core.phone_parts import phone_or_anonymous
from actions.core.turn import Said
from bot import wiring
from bot.language.readers.answer_acts import CONTENT
from bot.services.proposals import proposals
from bot.services.proposals.proposals import Proposal
from bot.services.proposals.similar import similar

Draft = dict[str, Any]

NONE_ALIKE = "-"
"""The value of `similar` when there is no similar proposal, or the resident wants one of their own."""
_WISH = re.compile(
    r"建议书?|提议|提案|主意|意见箱?|点子|想法|议事会|议事厅|社区|街道|居委会|政府|上去|一下|都行|合理化|匿名|登记|请问"
    r"|[我们你您想要来给跟向帮递交提出写收个条份点一有了的吧下记谁能可以吗行呢啊哦嗯喂好这那就是把请麻烦关于,。:!?、 ]"
)
_ENGLISH_WISH = re.compile(
    r"\b(?:i|we|you|he|she|it|a|an|the|to|of|for|in|on|my|our|your|me|have|has|had|got|want|would|like|wish|'d|d|could|can|may|will|"
    r"please|take|hand|submit|make|put|bring|send|pass|give|write|note|record|down|in|suggest|suggestion|suggestions|propose|proposal|"
    r"proposals|idea|ideas|advice|opinion|recommend|recommendation|council|hall|community|office|street|subdistrict|is|this|that|"
    r"good|new|some|one|hello|hi|anonymous|anonymously)\b|[^a-z]",
    re.IGNORECASE,
)
LEAST = {"zh": 3, "en": 6}
"""Letters that are left of a sentence which says what is proposed, once the wish to propose is taken out."""


def take(said: Said, draft: Draft, dispatcher: CollectingDispatcher) -> Updates:
    """The slots that this utterance fills, corrects or (by None) asks again. Empty when it says nothing usable."""
    if said.awaiting == "similar":
        return _choice(said, draft)
    updates = _description(said, draft)
    if updates.get("description") and not draft.get("similar"):
        updates["similar"] = None if alike(updates["description"]) else NONE_ALIKE
    part = phone_parts.taken(said, draft)
    updates |= phone_or_anonymous(said, dispatcher) if part is None else part
    return confirmation(said, updates)


def _description(said: Said, draft: Draft) -> Updates:
    if said.awaiting == "description" and said.act == CONTENT:
        return {"description": said.text if says_what(said) else None}
    if said.intent == "submit_proposal" and says_what(said):
        return {"description": said.text}
    otherwise = said.awaiting == "confirmation" and said.act == CONTENT and said.asked == "what_to_change"
    return {"description": said.text} if otherwise and not said.entities.phone and says_what(said) else {}


def _choice(said: Said, draft: Draft) -> Updates:
    """One of the similar proposals, or one's own."""
    found = {one.number for one in alike(draft.get("description") or "")}
    if said.entities.number in found:
        return _instead(said.entities.number)
    if said.act in ("yes", "any") and (len(found) == 1 or said.act == "any"):
        return _instead(alike(draft.get("description") or "")[0].number)
    if said.act == "yes":
        return {"similar": None}
    if said.act in ("no", "change", "unsure") or not found:
        return {"similar": NONE_ALIKE}
    if said.intent == "submit_proposal" and says_what(said):  # said once more, otherwise: that is what is wanted
        return {"similar": NONE_ALIKE, "description": said.text}
    return {}


def _instead(number: str | None) -> Updates:
    """The draft ends here; the support of that one begins."""
    return {"similar": number, "confirmation": STOPPED, "requested_slot": None}


def alike(description: str) -> list[Proposal]:
    """Open proposals that want about the same."""
    every = proposals.public_list(wiring.store(), open_only=True, limit=proposals.COMPARED)
    return similar(description, every, wiring.encoder())


def says_what(said: Said) -> bool:
    """Does the sentence hold a proposal, or only the wish to make one?"""
    rest = (_ENGLISH_WISH if said.english else _WISH).sub("", said.text.replace(said.entities.phone or "\0", ""))
    return len(rest) >= LEAST["en" if said.english else "zh"]
