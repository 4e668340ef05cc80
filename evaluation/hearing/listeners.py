"""How many people can this machine hear at once, and what does each cost?

    python -m evaluation.hearing.listeners                # everything, about four minutes
    python -m evaluation.hearing.listeners --at-once 4 8  # only try these numbers of listeners

Lag is how much later a piece of sound was worked through than it was spoken; at the 95th percentile it must stay below
half a second, or words appear late and turns end late.
"""

import argparse
import csv
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from bot.settings import ROOT
from bot.speech.audio.wav import read_wav
from bot.speech.interface import EARS_HZ
from bot.speech.stt.ears import Ears, SttSession
from bot.speech.stt.voice_activity import WINDOW_BYTES, VoiceActivity
from bot.speech.stt.vosk_recogniser import VoskListening, VoskRecogniser
from bot.turns import Language

AUDIO = ROOT / "evaluation" / "audio"
MODELS = ROOT / "models"
BYTES_PER_SECOND = EARS_HZ * 2
PIECE_SECONDS = 0.1
PIECE = int(PIECE_SECONDS * BYTES_PER_SECOND)
GOOD_LAG = 0.5
CONVERSATION_SECONDS = 20
"""How long each number of listeners is kept up."""


def recordings(language: Language) -> list[bytes]:
    """The recordings of evaluation/audio, 16 kHz PCM."""
    with (AUDIO / "manifest.tsv").open(encoding="utf-8") as lines:
        files = [row["file"] for row in csv.DictReader(lines, delimiter="\t") if row["language"] == language]
    return [read_wav((AUDIO / file).read_bytes()).pcm for file in files]


def memory() -> float:
    """Megabytes that this process holds."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def pieces(pcm: bytes) -> list[bytes]:
    return [pcm[at : at + PIECE] for at in range(0, len(pcm), PIECE)]


def cost(recogniser: VoskRecogniser, language: Language, sounds: list[bytes]) -> tuple[float, list[float]]:
    """Seconds of processor per second of sound, and how long each finish() took."""
    listening = recogniser.start(language)
    finishes, used = [], 0.0
    try:
        for sound in sounds:
            began = time.thread_time()
            for piece in pieces(sound):
                listening.accept(piece)
            before = time.thread_time()
            listening.finish()
            finishes.append(time.thread_time() - before)
            used += time.thread_time() - began
    finally:
        listening.close()
    return used / (sum(map(len, sounds)) / BYTES_PER_SECOND), finishes


def detector_cost(sound: bytes) -> float:
    """Milliseconds of processor per second of sound."""
    detector = VoiceActivity(MODELS / "silero" / "silero_vad.onnx")
    windows = len(sound) // WINDOW_BYTES
    before = time.thread_time()
    for at in range(windows):
        detector.probability(np.frombuffer(sound[at * WINDOW_BYTES : (at + 1) * WINDOW_BYTES], np.int16))
    return (time.thread_time() - before) * 1000 / (windows * WINDOW_BYTES / BYTES_PER_SECOND)


def memory_per_listener(recogniser: VoskRecogniser, sound: bytes) -> float:
    """Megabytes of one who is in the middle of a sentence."""
    before = memory()
    listeners: list[VoskListening] = [recogniser.start("zh") for _ in range(4)]
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda one: [one.accept(piece) for piece in pieces(sound)], listeners))
    held = (memory() - before) / len(listeners)
    for one in listeners:
        one.close()
    return held


def lag_at(ears: Ears, people: int, sounds: list[bytes]) -> list[float]:
    """Everybody speaks about two thirds of the time, in real time. Seconds that each piece was late, all people's."""
    lags: list[float] = []
    lock = threading.Lock()

    def converse(number: int) -> None:
        session = ears.listen(EARS_HZ, "zh", None, hands_free=True)
        talk = b"".join(sound + bytes(2 * BYTES_PER_SECOND) for sound in sounds[number % len(sounds) :] + sounds)
        mine = speak(session, talk, delay=number * 0.37)
        session.close()
        with lock:
            lags.extend(mine)

    everybody = [threading.Thread(target=converse, args=(number,)) for number in range(people)]
    for one in everybody:
        one.start()
    for one in everybody:
        one.join()
    return lags


def speak(session: SttSession, talk: bytes, delay: float) -> list[float]:
    time.sleep(delay)
    began, late = time.monotonic(), []
    for number, piece in enumerate(pieces(talk[: CONVERSATION_SECONDS * BYTES_PER_SECOND]), start=1):
        spoken_at = began + number * PIECE_SECONDS
        time.sleep(max(0.0, spoken_at - time.monotonic()))
        session.accept(piece)
        late.append(time.monotonic() - spoken_at)
    return late


def main() -> None:
    arguments = argparse.ArgumentParser(description="How many people can be heard at once?")
    arguments.add_argument("--at-once", type=int, nargs="+", help="numbers of listeners to try")
    wanted: list[int] | None = arguments.parse_args().at_once

    empty = memory()
    recogniser = VoskRecogniser(MODELS / "vosk", listeners=64)
    recogniser.warm_up()
    print(
        f"both models loaded: {memory() - empty:.0f} MB; load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )
    chinese, english = recordings("zh")[:12], recordings("en")
    if wanted is None:
        measure_one(recogniser, chinese, english)
    ears = Ears(recogniser, MODELS)
    for people in wanted or (1, 2, 4, 6, 8, 10, 12):
        lags = lag_at(ears, people, chinese)
        middle, late = np.percentile(lags, [50, 95])
        verdict = "holds" if late < GOOD_LAG else "too late"
        print(f"{people:3} at once: lag p50 {middle:.2f} s, p95 {late:.2f} s: {verdict}", flush=True)
        if late >= GOOD_LAG and wanted is None:
            break


def measure_one(recogniser: VoskRecogniser, chinese: list[bytes], english: list[bytes]) -> None:
    """Print what a single listener costs."""
    languages: tuple[tuple[Language, list[bytes]], ...] = (("zh", chinese), ("en", english * 3))
    for language, sounds in languages:
        share, finishes = cost(recogniser, language, sounds)
        middle, late = np.percentile(finishes, [50, 95]) * 1000
        print(
            f"{language}: processor {share:.2f} x real time; finish() p50 {middle:.0f} ms, p95 {late:.0f} ms",
            flush=True,
        )
    print(f"voice activity: {detector_cost(chinese[0]):.1f} ms per second of sound")
    print(f"each listener in mid-sentence: {memory_per_listener(recogniser, chinese[0]):.1f} MB")


if __name__ == "__main__":
    main()
