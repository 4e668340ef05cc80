"""Steps that must not be skipped: each may answer the turn before Rasa hears of it."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.dialogue.responses import Responses
from bot.language import words as catalogue
from bot.language.pauses import asks_for_time, asks_whether_heard
from bot.language.speech_commands import finer_command_in
from bot.turns import Reply, State


@dataclass(frozen=True)
class Early:
    """An answer given without Rasa."""

    goal: str
    reply: Reply
    asks_again: bool = False
    """The open question follows once more."""


def speak_otherwise(text: str, asked: State, language: str, words: Responses) -> Early | None:
    """Faster, at the usual speed, more quietly; Rasa knows only slower and louder."""
    wish = finer_command_in(text, asked.awaiting)
    if wish is None:
        return None
    goal = "louder" if wish == "quieter" else "slower"
    return Early(goal, words.reply(f"utter_{wish}", language), asks_again=True)


def give_time(text: str, asked: State, language: str, words: Responses) -> Early | None:
    """Whoever looks for something before answering is waited for."""
    if not asked.awaiting or not asks_for_time(text):
        return None
    return Early("inform", words.reply("utter_no_hurry", language), asks_again=True)


def say_that_we_hear(text: str, asked: State, language: str, words: Responses) -> Early | None:
    """喂? 听得到吗: at once, and what was asked once more."""
    if not asks_whether_heard(text):
        return None
    told = catalogue.text("dialogue.we_hear", language), catalogue.spoken("dialogue.we_hear", language)
    return Early("greet", Reply(*told), asks_again=True)


Step = Callable[[str, State, str, Responses], Early | None]
GUARDS: tuple[Step, ...] = (speak_otherwise, give_time, say_that_we_hear)
"""In this order; the first that answers ends the turn."""
