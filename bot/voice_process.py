"""Becomes a voice process: `python -m bot.voice_process KIND NUMBER`, with `--help` for more.

`linyu voices` is the same for operators. It stands alone because the rest of the application would load first: so a voice
that was killed is back in seconds, and takes no memory but its own.
"""

import argparse
import asyncio
import logging
import os
import shutil
import sys
from functools import partial
from pathlib import Path
from typing import Literal, get_args

from bot.errors import VoiceFailed
from bot.settings import ROOT, Settings
from bot.speech.process_server import free_socket_of
from bot.speech.tts import voice_server
from bot.speech.tts.voice_engine import EngineName, EngineSetup, VoiceEngine, be_silent
from bot.speech.tts.voice_server import EngineOwner

Kind = Literal["kokoro", "espeak", "background"]
"""The natural voice, the small one, and a natural one of the lowest priority that is loaded only when it is needed."""


def voices_folder(state: Path, kind: Kind) -> Path:
    """Where the processes of this kind listen."""
    return state.resolve() / "voices" / kind


def run(
    kind: Kind,
    number: int,
    state: Path,
    models: Path,
    words: Path | None = None,
    espeak_data: Path | None = None,
    speech: Path | None = None,
) -> None:
    """Until told to stop, listening in `speech` or else in `state`. Raises VoiceFailed, whose text tells an operator what is missing."""
    if kind == "background":
        os.setpriority(os.PRIO_PROCESS, 0, 19)
    work = state.resolve() / "cache" / "speech" / "work"
    path, own = free_socket_of(voices_folder(speech or state, kind), number), work / f"{kind}-{number}"
    shutil.rmtree(own, ignore_errors=True)  # of a process that was killed
    engine: EngineName = "espeak" if kind == "espeak" else "kokoro"
    threads = 1 if kind == "background" else 2
    setup = EngineSetup(engine, own, models, espeak_data, word_cache=words or work, threads=threads)
    owner = EngineOwner(partial(VoiceEngine, setup))
    asyncio.run(voice_server.serve(owner, engine, path, when_needed=kind == "background"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=get_args(Kind))
    parser.add_argument("number", type=int)
    parser.add_argument("--state", type=Path, help="the state folder; the setting's unless named")
    parser.add_argument("--models", type=Path, default=ROOT / "models" / "kokoro", help="Kokoro's folder")
    parser.add_argument("--words", type=Path, help="where the list of Chinese words is kept")
    parser.add_argument("--espeak-data", type=Path, help="other than the wheel's own")
    asked = parser.parse_args()
    terminal = be_silent()
    logging.basicConfig(
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
        stream=open(terminal, "w", buffering=1),  # noqa: SIM115
    )
    try:
        chosen = Settings()
        state, speech = (asked.state, None) if asked.state else (chosen.state_dir, chosen.speech_folder)
        run(asked.kind, asked.number, state, asked.models, asked.words, asked.espeak_data, speech)
    except VoiceFailed as failure:
        os.write(terminal, f"linyu: {failure}\n".encode())
        sys.exit(1)


if __name__ == "__main__":
    main()
