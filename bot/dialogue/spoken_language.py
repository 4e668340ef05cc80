"""Was this English, though we listened for Chinese? Decided on what both recognisers made of the same sound."""

from bot.speech.interface import Utterance

SURELY_CHINESE = 0.9
"""Confidence, 0 to 1, from which nobody asks the English recogniser. English heard as Chinese reached 0.89."""
SURELY_ENGLISH = 0.85
AHEAD = 0.05
"""So much surer the English recogniser must be. Chinese heard as English reached 0.89, but never more than as Chinese."""
FEW_WORDS = 3
"""Of fewer words the recognisers are sure too easily, except of the name of the language."""


def may_be_english(chinese: Utterance) -> bool:
    """Is it worth asking the English recogniser?"""
    return chinese.confidence < SURELY_CHINESE


def is_english(chinese: Utterance, english: Utterance) -> bool:
    words = english.text.lower().split()
    plain = len(words) >= FEW_WORDS or "english" in words
    return plain and english.confidence >= max(SURELY_ENGLISH, chinese.confidence + AHEAD)
