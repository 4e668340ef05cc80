"""What is said in every call lies ready before a call is welcome: first in every list, and told by the voice."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot import wiring
from bot.dialogue.fixed_responses import fixed_responses
from bot.dialogue.responses import Responses
from bot.settings import ROOT
from bot.speech.audio.loudness import Sound
from bot.speech.tts.phrase_cache import PhraseCache
from bot.speech.tts.pyttsx3_voice import Pyttsx3Voice
from bot.turns import Language

pytestmark = pytest.mark.unit
DOMAIN = ROOT / "domain.yml"


def tone() -> Sound:
    return (0.3 * np.sin(np.arange(24000) / 20)).astype(np.float32)


async def test_a_voice_is_ready_for_calls_when_every_phrase_of_calls_is_kept(tmp_path: Path) -> None:
    cache = PhraseCache(tmp_path, megabytes=10, secret="s", engine="e", is_fixed=lambda text: True)
    processes: Any = None  # nobody speaks here
    greeting = [("您好。", "zf_xiaoxiao"), ("Hello.", "af_heart")]
    voice = Pyttsx3Voice(natural=None, small=processes, cache=cache, for_calls=greeting)
    assert not await voice.ready_for_calls()
    cache.keep(*greeting[0], tone())
    assert not await voice.ready_for_calls()
    cache.keep(*greeting[1], tone())
    assert await voice.ready_for_calls()


@pytest.mark.parametrize("language", wiring.LANGUAGES)
def test_all_fixed_replies_of_calls_are_among_them_and_come_first(language: Language) -> None:
    words, replies = fixed_responses(DOMAIN, language), Responses(DOMAIN)
    first = words.texts[: len(words.for_calls)]
    assert first == words.for_calls
    for name in (
        "welcome",
        "welcome_recorded",
        "english",
        "moment",
        "transfer",
        "trouble",
        "menu",
        "rating",
        "goodbye",
    ):
        assert replies.reply(f"utter_phone_{name}", language).spoken in words.for_calls


def test_calls_in_both_languages_are_rendered_before_anything_else() -> None:
    calls = wiring.call_prompts()
    assert {voice[0] for _, voice in calls} == {"z", "a"}
    assert wiring.fixed_prompts()[: len(calls)] == calls
    assert wiring.fixed_speech()[: len(calls)] == calls
