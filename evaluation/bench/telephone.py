"""How soon does a caller hear an answer, and how many may call at once? Real SIP calls; part of `make bench`.

Everything is read from what the callers recorded: the recording begins with the line's first sound, and the moment when a
caller began to speak or pressed a key is known, so the gap between the caller's last sound and our first is seen as the
caller's ear has it. The softphones run on the same machine and take their share of it.
"""

import argparse
import json
import os
import socket
import statistics
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from bot import wiring
from bot.operation.ephemeral_instance import (
    MANY_RESIDENTS,
    NOTHING_RENDERED_AHEAD,
    EphemeralInstance,
    ephemeral_instance,
)
from bot.operation.local_servers import free_ports
from bot.settings import ROOT
from bot.speech.audio.resample import resample
from bot.speech.audio.wav import write_wav
from bot.speech.interface import EARS_HZ
from bot.speech.stt.turn_end import WaitingTimes
from evaluation import aims
from evaluation.bench import line_sound
from evaluation.bench.processes import cpu_seconds, memory_mb
from evaluation.hearing.callers import Callers
from evaluation.telephone.softphone import Softphone, pcm_of

QUESTIONS = ("到二零二五年养老床位有多少", "助餐点有几个", "投诉多久给答复")
"""Their answers are the same for everyone; they are heard once before they are measured."""
LINE_HZ = 8000
WINDOW = 160
"""20 ms."""
LOUD = 150
"""Of 32,768: above the comfort silence, below the quietest speech."""
PAUSE = WaitingTimes().usual
"""Seconds of silence after which such a question is over: chosen, and shown apart."""
TOGETHER = (4, 8)
STAGGERED = (1, 4, 8, 12)
RESULT = ROOT / "evaluation" / "results" / "bench-telephone.json"
SHORT = ".venv/bin/python -m evaluation.bench.telephone --short"


@dataclass(frozen=True)
class Said:
    """A WAV file of the caller's, and the seconds within it at which speech begins and ends."""

    path: Path
    begins: float
    ends: float


@dataclass
class Caller:
    """One telephone, and what it did when, in seconds of its recording."""

    phone: Softphone
    spoke: list[tuple[float, float]] = field(default_factory=list)
    pressed: list[float] = field(default_factory=list)

    def call(self, address: str) -> None:
        self.phone.call(address)
        self.phone.wait_for(lambda event: event["event"] == "media")
        self.wait_until_quiet()

    def speak(self, said: Said) -> None:
        self.phone.play(said.path)
        at = self._moment_of("playing", len(self.spoke))
        self.spoke.append((at + said.begins, at + said.ends))
        time.sleep(said.ends)

    def press(self, key: str) -> None:
        self.phone.press(key)
        self.pressed.append(self._moment_of("pressed", len(self.pressed)))

    def wait_until_loud(self, seconds: float = 30) -> None:
        before = self.phone.heard_seconds()
        deadline = time.monotonic() + seconds
        while self.phone.heard_seconds() <= before + 1 and time.monotonic() < deadline:
            time.sleep(0.2)

    def wait_until_quiet(self, quiet: float = 2.0, seconds: float = 60) -> None:
        """They listen to the end, and a moment longer."""
        self.wait_until_loud()
        last, since = self.phone.heard_seconds(), time.monotonic()
        deadline = since + seconds
        while time.monotonic() - since < quiet and time.monotonic() < deadline:
            time.sleep(0.2)
            if (heard := self.phone.heard_seconds()) > last:
                last, since = heard, time.monotonic()

    def _moment_of(self, event: str, number: int) -> float:
        began = self.phone.wait_for(lambda one: one["event"] == "media")["at"]
        deadline = time.monotonic() + 10
        while len(moments := [one["at"] for one in list(self.phone.events) if one["event"] == event]) <= number:
            if time.monotonic() > deadline:
                raise TimeoutError(event)
            time.sleep(0.005)
        return float(moments[number] - began)


def loud_windows(recording: Path) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """For each 20 ms of a recording: is there speech?"""
    sound = np.frombuffer(pcm_of(recording), np.int16)
    windows = sound[: sound.size // WINDOW * WINDOW].astype(np.float64).reshape(-1, WINDOW)
    loud: np.ndarray[Any, np.dtype[np.bool_]] = np.sqrt((windows**2).mean(axis=1)) > LOUD
    return loud


def gaps(loud: np.ndarray[Any, Any], spoke: Sequence[tuple[float, float]]) -> list[float]:
    """Seconds from each end of the caller's speech to our first sound."""
    found = []
    for _, end in spoke:
        first = int(end * LINE_HZ / WINDOW)
        if loud[first:].any():
            found.append(float(np.argmax(loud[first:])) * WINDOW / LINE_HZ)
    return found


def stops(loud: np.ndarray[Any, Any], moments: Sequence[float], quiet: float = 0.4) -> list[float]:
    """Seconds from each moment until we are quiet, for at least so long."""
    found, least = [], int(quiet * LINE_HZ / WINDOW)
    for moment in moments:
        first = int(moment * LINE_HZ / WINDOW)
        for at in range(first, loud.size - least):
            if not loud[at : at + least].any():
                found.append((at - first) * WINDOW / LINE_HZ)
                break
    return found


def cuts(seconds: Sequence[float]) -> dict[str, float]:
    """Milliseconds at the middle and at the 95th percentile."""
    if len(seconds) < 2:
        return {"times": len(seconds)}
    cut = statistics.quantiles(seconds, n=20, method="inclusive")
    return {"p50_ms": round(statistics.median(seconds) * 1000), "p95_ms": round(cut[18] * 1000), "times": len(seconds)}


@dataclass
class Bench:
    """A running Linyu with a telephone, and people who call it."""

    linyu: EphemeralInstance
    folder: Path
    said: list[Said]
    numbers: int = 0

    @property
    def address(self) -> str:
        return f"sip:linyu@127.0.0.1:{self.linyu.environment['LINYU_SIP_PORT']}"

    def callers(self, count: int) -> list[Caller]:
        first, self.numbers = self.numbers, self.numbers + count
        return [Caller(Softphone(f"1390001{number:04}", self.folder)) for number in range(first, first + count)]

    def ask(self, count: int, questions: int, *, together: bool) -> dict[str, Any]:
        """So many call and ask; all at the same moments, or each when they like."""
        callers, moment = self.callers(count), threading.Barrier(count)

        def one(number: int) -> float:
            caller = callers[number]
            time.sleep(0 if together else number * 1.3)
            caller.call(self.address)
            began = time.monotonic()
            for turn in range(questions):
                if together:
                    moment.wait(180)
                caller.speak(self.said[(number + turn) % len(self.said)])
                caller.wait_until_quiet()
            lasted = time.monotonic() - began
            caller.phone.hang_up()
            return lasted

        cpu, began = cpu_seconds(self.linyu.state_dir), time.monotonic()
        with ThreadPoolExecutor(count) as pool:
            lasted = list(pool.map(one, range(count)))
        seconds = time.monotonic() - began
        used = cpu_seconds(self.linyu.state_dir) - cpu
        memory = memory_mb(self.linyu.state_dir)
        waited, share = [], []
        for caller, length in zip(callers, lasted, strict=True):
            caller.phone.close()
            waited += gaps(loud_windows(caller.phone.recording), caller.spoke)
            share.append(sum(end - begin for begin, end in caller.spoke) / length)
        return {
            "calls": count,
            "all speak at once": together,
            "asked": count * questions,
            "speech end to sound": cuts(waited),
            "beyond the pause": cuts([one - PAUSE for one in waited]),
            "share of talking": round(statistics.mean(share), 2),
            "cores used": round(used / seconds, 2),
            "memory_mb": memory,
        }

    def interrupt(self, times: int) -> dict[str, Any]:
        """One caller speaks into answers, and another presses a key into them."""
        by_voice, by_key = self.callers(2)
        for caller in (by_voice, by_key):
            caller.call(self.address)
            for turn in range(times):
                caller.speak(self.said[0])
                caller.wait_until_loud()
                if caller is by_key:
                    caller.press("7")
                else:
                    caller.speak(self.said[1 + turn % 2])
                caller.wait_until_quiet()
            caller.phone.hang_up()
            caller.phone.close()
        spoken_into = [begin for begin, _ in by_voice.spoke[1::2]]
        return {
            "by voice": cuts(stops(loud_windows(by_voice.phone.recording), spoken_into)),
            "by key": cuts(stops(loud_windows(by_key.phone.recording), by_key.pressed)),
        }


def prepare(folder: Path, texts: Sequence[str] = QUESTIONS) -> list[Said]:
    """The questions, or whatever else callers say, as the line carries them."""
    callers, said = Callers(ROOT / "evaluation" / "results" / "callers"), []
    for number, text in enumerate(texts):
        _, pcm = callers.say(text, "zh", number)
        path = folder / f"question-{number}.wav"
        path.write_bytes(write_wav(resample(pcm, EARS_HZ, LINE_HZ), LINE_HZ))
        loud = np.flatnonzero(loud_windows(path))
        said.append(Said(path, loud[0] * WINDOW / LINE_HZ, (loud[-1] + 1) * WINDOW / LINE_HZ))
    return said


def whole(said: Sequence[Said], folder: Path) -> Path:
    """Everything they say, one after the other."""
    path = folder / "questions.wav"
    path.write_bytes(write_wav(b"".join(pcm_of(one.path) for one in said), LINE_HZ))
    return path


def telephone() -> dict[str, str]:
    """Settings of a Linyu with a telephone on free ports, where as many may call as like."""
    (ari,) = free_ports(1)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.bind(("127.0.0.1", 0))
        sip = one.getsockname()[1]
    return {
        "LINYU_TELEPHONE": "asterisk",
        "LINYU_ARI_PORT": str(ari),
        "LINYU_SIP_PORT": str(sip),
        "LINYU_RTP_PORTS": "23000-23999",
        "LINYU_OUTBOUND_CALLS": "false",
        "LINYU_LISTENERS": "16",
        "LINYU_CALLS_AT_ONCE": "16",
    }


def measure() -> dict[str, Any]:
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        said = prepare(Path(folder))
        console.print("telephone: how faithfully sound is carried …")
        sound = line_sound.measure(whole(said, Path(folder)))
        with ephemeral_instance({**MANY_RESIDENTS, **NOTHING_RENDERED_AHEAD, **telephone()}) as linyu:
            bench = Bench(linyu, Path(folder), said)
            quiet = memory_mb(linyu.state_dir)
            console.print("telephone: every answer is heard once …")
            bench.ask(1, len(QUESTIONS), together=False)
            rows = []
            for count, together in [(n, False) for n in STAGGERED] + [(n, True) for n in TOGETHER]:
                console.print(f"telephone: {count} calls{', all speak at once' if together else ''} …")
                rows.append(bench.ask(count, 6 if count == 1 else 3, together=together))
                console.print(rows[-1])
            console.print("telephone: interruptions …")
            return {
                "pause_s": PAUSE, "memory_mb_before": quiet, "load_at_start": os.getloadavg()[0],
                "calls": rows, "silence after an interruption": bench.interrupt(5), "sound": sound,
            }  # fmt: skip


def tables(result: dict[str, Any]) -> list[Table]:
    calls = Table(title="telephone: end of the caller's speech to our first sound", caption=f"pause {PAUSE} s")
    for column in ("calls", "at once", "asked", "p50 ms", "p95 ms", "beyond p50", "beyond p95", "cores", "MB"):
        calls.add_column(column)
    for row in result["calls"]:
        whole, beyond = row["speech end to sound"], row["beyond the pause"]
        shown = (
            row["calls"], "yes" if row["all speak at once"] else "", whole["times"], whole.get("p50_ms"),
            whole.get("p95_ms"), beyond.get("p50_ms"), beyond.get("p95_ms"), row["cores used"], row["memory_mb"],
        )  # fmt: skip
        calls.add_row(*map(str, shown))
    stopped = Table(title="telephone: silence after an interruption")
    for column in ("", "p50 ms", "p95 ms", "times"):
        stopped.add_column(column)
    for name, row in result["silence after an interruption"].items():
        stopped.add_row(name, str(row.get("p50_ms")), str(row.get("p95_ms")), str(row["times"]))
    sound = Table(title="telephone: signal to noise of sound as the line carries it")
    for column in ("", "median dB", "worst second dB", "seconds"):
        sound.add_column(column)
    for way, row in result["sound"].items():
        sound.add_row(way, str(row.get("median_db")), str(row.get("worst_db")), str(row["seconds"]))
    return [calls, stopped, sound]


def measure_shortly() -> None:
    """The wait at 1 and at 8 calls alone, in about eight minutes; kept beside its aims."""
    with tempfile.TemporaryDirectory() as folder:
        said = prepare(Path(folder))
        with ephemeral_instance({**MANY_RESIDENTS, **NOTHING_RENDERED_AHEAD, **telephone()}) as linyu:
            bench = Bench(linyu, Path(folder), said)
            bench.ask(1, len(QUESTIONS), together=False)
            rows = [bench.ask(1, 4, together=False), bench.ask(8, 2, together=False)]
            Console().print(rows)
            keep_waits(rows)


def keep_waits(rows: Sequence[dict[str, Any]]) -> None:
    figures = [
        aims.Figure(f"seconds beyond the pause at {row['calls']} calls, {cut}", seconds / 1000, "<=", aim, row["asked"])
        for row in rows
        for cut, aim in (("p50", 0.5), ("p95", 0.9))
        if (seconds := row["beyond the pause"].get(f"{cut}_ms")) is not None
    ]
    settings = {"load at its end": round(os.getloadavg()[1], 1)}
    aims.keep("First sound on the telephone", figures, command=SHORT, now=wiring.now(), settings=settings)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="the wait at 1 and at 8 calls alone")
    if parser.parse_args().short:
        measure_shortly()
        return
    result = measure()
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=2))
    console = Console(width=140)
    for table in tables(result):
        console.print(table)


if __name__ == "__main__":
    main()
