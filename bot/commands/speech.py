"""The speech commands of `linyu`, and the set-up's rendering of fixed prompts."""

import asyncio
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot import state_folder, wiring
from bot.errors import AssistantError, VoiceFailed
from bot.language.ear import for_ear
from bot.settings import Settings
from bot.speech.interface import Manner
from bot.speech.tts.pyttsx3_voice import ENGINE
from bot.voice_process import Kind

FILE_HZ = 24000
RENDER_SECONDS = 110.0
"""Of the set-up; the rest is rendered while Linyu runs."""


def say(
    text: str,
    language: Annotated[Literal["zh", "en"], typer.Option(help="zh or en")] = "zh",
    voice: Annotated[Literal["female", "male"] | None, typer.Option(help="female or male")] = None,
    rate: Annotated[float, typer.Option(min=0.5, max=1.5, help="1 is the voice's own speed")] = 1.0,
    volume: Annotated[float, typer.Option(min=0.25, max=2, help="1 is the voice's own loudness")] = 1.0,
    out: Annotated[Path | None, typer.Option(help="write a WAV file instead of playing")] = None,
) -> None:
    """Speak TEXT as residents hear it."""
    logging.basicConfig(level=logging.WARNING, format="linyu: %(message)s")
    state_folder.prepare(wiring.settings().state_dir)
    manner = Manner(language, voice or wiring.settings().voice_gender, rate, volume)
    player = shutil.which("paplay") or shutil.which("aplay")
    file = out or Path(tempfile.gettempdir()) / "linyu-say.wav"
    try:
        pcm, natural = asyncio.run(_spoken(for_ear(text, language), manner))
        _write(file, pcm)
    except (AssistantError, OSError) as error:
        typer.echo(f"linyu: nothing was spoken ({type(error).__name__})", err=True)
        raise typer.Exit(1) from None
    if not natural:
        typer.echo("linyu: the small voice spoke", err=True)
    if out is None and player and subprocess.run([player, str(file)], check=False).returncode == 0:
        file.unlink()
        return
    typer.echo(f"linyu: {len(pcm) / 2 / FILE_HZ:.1f} seconds of speech are in {file}")


def ears(number: Annotated[int, typer.Option(min=0, help="which of the ear processes this is")] = 0) -> None:
    """Hear for the application, until stopped."""
    state_folder.prepare(wiring.settings().state_dir)
    os.execv(sys.executable, [sys.executable, "-m", "bot.ear_process", str(number)])  # noqa: S606


def voices(
    kind: Annotated[Kind, typer.Option(help="kokoro, espeak, or background: the natural one when nobody waits")],
    number: Annotated[int, typer.Option(min=0, help="which of the processes with this voice it is")] = 0,
) -> None:
    """Speak for the application, until stopped."""
    state_folder.prepare(wiring.settings().state_dir)
    os.execv(sys.executable, [sys.executable, "-m", "bot.voice_process", kind, str(number)])  # noqa: S606


async def _spoken(text: str, manner: Manner) -> tuple[bytes, bool]:
    async with wiring.own_voice() as voice, aclosing(voice.speak(text, manner, FILE_HZ)) as phrases:
        pieces = [phrase async for phrase in phrases]
    if not pieces:
        raise VoiceFailed("nothing to say")
    return b"".join(piece.audio for piece in pieces), all(piece.natural for piece in pieces)


def _write(file: Path, pcm: bytes) -> None:
    with file.open("wb") as opened, wave.open(opened) as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(FILE_HZ)
        written.writeframes(pcm)


def render_prompts(settings: Settings, tell: Callable[[str], None]) -> None:
    """Render the fixed prompts of the default voices, at most two minutes, and only on the first start."""
    done = settings.state_dir / "cache" / "speech" / f"prompts-{ENGINE.replace('/', '-')}-{settings.voice_gender}"
    if not settings.render_ahead or settings.voice != "kokoro" or done.exists():
        return
    prompts = wiring.fixed_prompts()
    tell(f"rendering {len(prompts)} fixed phrases, two minutes at most …")
    try:
        rendered = asyncio.run(_render(prompts, tell))
    except VoiceFailed:
        tell("the natural voice does not speak; the small one will")
        return
    done.touch()
    tell(f"{rendered} phrases are rendered" + ("; the rest follows in the background" * (rendered < len(prompts))))


async def _render(prompts: list[tuple[str, str]], tell: Callable[[str], None]) -> int:
    until, told = time.monotonic() + RENDER_SECONDS, time.monotonic()
    async with wiring.own_voice() as voice:
        for index, (text, name) in enumerate(prompts):
            if time.monotonic() > until:
                return index
            if time.monotonic() - told > 20:
                tell(f"  {index} of {len(prompts)}")
                told = time.monotonic()
            await voice.render(text, name)
    return len(prompts)
