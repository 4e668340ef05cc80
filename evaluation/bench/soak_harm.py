"""What is done to a soaked Linyu: its processes are killed in turn, its database is locked, and its growth is watched."""

import os
import signal
import sqlite3
import threading
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bot.operation.ephemeral_instance import EphemeralInstance
from evaluation.bench.processes import own_memory_mb
from evaluation.bench.soak_figures import Sample
from evaluation.running import PROGRAMS, pids_of

BEFORE_THE_FIRST_KILL, AFTER_THE_LAST_KILL = 30.0, 45.0
"""Seconds: the load is there, and what was killed last comes back and is used again."""
LEAST_BETWEEN_KILLS, MOST_BETWEEN_KILLS = 15.0, 120.0
LOCK_EVERY, LOCK_SECONDS = 60.0, 3.0
SAMPLE_EVERY = 5.0


def kill_times(seconds: float) -> list[float]:
    """When to kill, in seconds from the beginning: every program as often as every other, once at least."""
    room = max(0.0, seconds - BEFORE_THE_FIRST_KILL - AFTER_THE_LAST_KILL)
    rounds = max(1, int(room / (MOST_BETWEEN_KILLS * len(PROGRAMS)) + 0.5))
    kills = rounds * len(PROGRAMS)
    between = max(LEAST_BETWEEN_KILLS, room / (kills - 1))
    return [BEFORE_THE_FIRST_KILL + number * between for number in range(kills)]


@dataclass
class Harm:
    linyu: EphemeralInstance
    seconds: float
    dice: Random
    over: threading.Event
    killed: Counter[str] = field(default_factory=Counter)
    locks: int = 0
    samples: list[Sample] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    def kill_in_turn(self) -> None:
        """As the kernel does when memory runs out: no last words."""
        for number, moment in enumerate(kill_times(self.seconds)):
            if self._wait_until(moment):
                return
            program = list(PROGRAMS)[number % len(PROGRAMS)]
            if pids := pids_of(self.linyu, program):
                os.kill(self.dice.choice(pids), signal.SIGKILL)
                self.killed[program] += 1

    def lock_every_minute(self) -> None:
        """Another program holds the database for itself."""
        moment = LOCK_EVERY / 2
        while not self._wait_until(moment):
            with closing(sqlite3.connect(self.linyu.state_dir / "linyu.db", isolation_level=None, timeout=30)) as one:
                one.execute("BEGIN EXCLUSIVE")
                self.over.wait(LOCK_SECONDS)
                one.execute("ROLLBACK")
            self.locks += 1
            moment += LOCK_EVERY

    def watch(self) -> None:
        moment = 0.0
        while not self._wait_until(moment):
            for program in PROGRAMS:
                for pid in pids_of(self.linyu, program):
                    self._look_at(program, pid)
            moment += SAMPLE_EVERY

    def _look_at(self, program: str, pid: int) -> None:
        folder = Path(f"/proc/{pid}")
        try:
            files, threads = (len(os.listdir(folder / name)) for name in ("fd", "task"))
            second = time.monotonic() - self.began
            self.samples.append(Sample(second, program, pid, files, threads, own_memory_mb(folder)))
        except OSError:  # it has just ended
            return

    def _wait_until(self, moment: float) -> bool:
        """True when the soak is over."""
        return self.over.wait(max(0.0, self.began + moment - time.monotonic()))
