"""How a conversation went, read from its turns: drafts that vanished without a word, questions put too often."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from bot import wiring
from bot.turns import Reply, Turn
from evaluation.residents.records import FORMS

DRAFTS = frozenset(FORMS.values())
LANGUAGES = wiring.LANGUAGES
TOLD = ("keep_draft", "resume_draft")
"""Questions about a draft."""
TOLD_OF = ("utter_draft_dropped", "utter_left_for_now", "utter_left_to_person", "utter_draft_kept")
"""Replies that say what becomes of a draft."""
OFTEN = 3
"""In the same words no question is put so many times."""


def lost_drafts(turns: Sequence[Turn]) -> int:
    """Drafts that were open, are gone, and of which nothing was said when they went."""
    words = {wiring.fixed_reply(reply, language) for reply in TOLD_OF for language in LANGUAGES}
    lost = 0
    for at, (before, after) in enumerate(pairwise(turns)):
        form = before.state.form
        if form not in DRAFTS or after.state.form == form or after.state.asked in TOLD:
            continue
        if after.goal == "emergency" or any(turn.state.form == form for turn in turns[at + 2 :]):
            continue
        told = any(reply.spoken in words or _writes(reply) for reply in after.replies)
        lost += not told
    return lost


def _writes(reply: Reply) -> bool:
    return bool(reply.card) and (reply.card or {}).get("kind") in ("booking", "case")


def asked_too_often(turns: Sequence[Turn]) -> int:
    """Questions that were put three times or more in the same words; a wish to hear it again does not count."""
    put = Counter(
        turn.replies[-1].text
        for turn in turns
        if turn.replies and turn.goal != "repeat" and (turn.state.awaiting or turn.state.asked)
    )
    return sum(times >= OFTEN for times in put.values())


def shown_numbers(turns: Sequence[Turn]) -> set[str]:
    """Of bookings and cases on the cards that the resident saw."""
    cards = [reply.card for turn in turns for reply in turn.replies if reply.card and _writes(reply)]
    return {str(card["number"]) for card in cards}
