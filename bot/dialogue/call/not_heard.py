"""What we say when a resident could not be heard: we ask again, and from the second time on we offer a person."""

import re
from dataclasses import replace

from bot.dialogue.responses import Responses
from bot.language.ear import for_ear
from bot.turns import Reply, Turn

AGAIN = "utter_did_not_hear_again"
FIRST = "utter_did_not_hear"
SHORT = 60
"""Characters; a longer reply is asked again with its last question only."""


def ask_to_say_again(last: Turn | None, language: str, words: Responses) -> tuple[Reply, ...]:
    """Did not hear; then what was asked last, in short."""
    missed_before = last is not None and could_not_hear(last, words)
    sorry = words.reply(AGAIN if missed_before else FIRST, language)
    question = open_question(last, language, words)
    return (sorry, question) if question else (sorry,)


def could_not_hear(turn: Turn, words: Responses) -> bool:
    """Was this turn answered by asking to say it again?"""
    return bool(turn.replies) and turn.replies[0].text in {
        words.reply(name, language).text for name in (FIRST, AGAIN) for language in ("zh", "en")
    }


def open_question(last: Turn | None, language: str, words: Responses) -> Reply | None:
    """What the last reply asked, without the news before it; None when nothing is asked."""
    if last is None or not last.replies:
        return None
    reply = last.replies[-1]
    if could_not_hear(replace(last, replies=(reply,)), words):
        return None
    if last.state.awaiting is None and not reply.buttons:
        return None
    if len(reply.text) <= SHORT or reply.choices:
        return replace(reply, sources=(), card=None)
    questions = re.findall(r"[^。.!！?？\n]*[?？]", reply.text)
    if not questions:
        return replace(reply, sources=(), card=None) if last.state.awaiting else None
    text = questions[-1].strip()
    return replace(reply, text=text, spoken=for_ear(text, language), sources=(), card=None)
