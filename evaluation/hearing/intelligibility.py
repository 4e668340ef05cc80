"""Can our replies be understood? Spoken by the reply voices, heard by the recogniser as downloaded.

Part of `make evaluate`; alone: python -m evaluation.hearing.intelligibility [--replies 100]
Character errors of the natural voice, the same over a telephone line, and of the small fallback voice.
"""

import argparse
import asyncio
import json
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import track

from bot import wiring
from bot.language.ear import for_ear
from bot.services.pages.knowledge import read_page
from bot.settings import ROOT
from bot.speech.interface import EARS_HZ, Manner
from bot.speech.stt.vosk_recogniser import VoskRecogniser
from bot.speech.tts.phrase_cache import PhraseCache
from bot.speech.tts.pyttsx3_voice import Pyttsx3Voice
from bot.speech.tts.voice_engine import EngineName
from evaluation.hearing.collect import MODELS, THREADS
from evaluation.hearing.score import error_rate
from evaluation.hearing.sound import heard_as

REPLIES = 100
PATIENCE_SECONDS = 120.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replies", type=int, default=REPLIES)
    Console().print_json(json.dumps(figures(parser.parse_args().replies)))


def figures(count: int = REPLIES) -> dict[str, float | int]:
    """Character error rates, and of how many replies."""
    with tempfile.TemporaryDirectory() as work:
        return asyncio.run(measure(sample(count), Path(work)))


def sample(count: int) -> list[str]:
    """Knowledge answers and fixed replies for the ear, always the same ones; each no longer than three sentences."""
    pages = [read_page(path).spoken["zh"] for path in sorted((ROOT / "data" / "knowledge").glob("*.md"))]
    fixed = [phrase for phrase in wiring.fixed_phrases_of("zh") if len(phrase) > 5]
    texts = sorted({for_ear(text, "zh") for text in [*pages, *fixed] if len(text) <= 90})
    return random.Random(7).sample(texts, min(count, len(texts)))


async def measure(replies: Sequence[str], work: Path) -> dict[str, float | int]:
    ears = VoskRecogniser(MODELS, THREADS, as_downloaded=True)
    rates: dict[str, float | int] = {"replies": len(replies)}
    engines: tuple[EngineName, ...] = ("kokoro", "espeak")
    for engine in engines:
        spoken = await all_said(replies, engine, work)
        for condition in ("clean", "telephone") if engine == "kokoro" else ("clean",):
            heard = [
                ears.decode(heard_as(pcm, condition, (), random.Random(0)), "zh").text
                for pcm in track(spoken, condition)
            ]
            rates[f"{engine}, {condition}"] = error_rate(replies, heard)
    return rates


async def all_said(replies: Sequence[str], engine: EngineName, work: Path) -> list[bytes]:
    """16 kHz, as a resident with the usual settings hears it."""
    kept = PhraseCache(work / engine, megabytes=50, secret="evaluation", engine=engine, is_fixed=lambda _text: False)
    async with wiring.own_voice(engine=engine, cache=kept, patience_seconds=PATIENCE_SECONDS) as voice:
        return [await said(voice, reply) for reply in track(replies, engine)]


async def said(voice: Pyttsx3Voice, text: str) -> bytes:
    return b"".join([phrase.audio async for phrase in voice.speak(text, Manner(), EARS_HZ)])


if __name__ == "__main__":
    main()
