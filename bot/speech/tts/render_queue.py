"""Who is rendered next, and whether a reply would be late. Whoever needs a phrase first gets it first."""

import asyncio
import itertools
import math
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.errors import VoiceFailed
from bot.speech.audio.loudness import Sound

SECONDS_A_CHARACTER = {"zh": 0.25, "en": 0.075}
"""How long a character sounds."""
Render = Callable[[str, str], Awaitable[Sound]]
"""Text and voice to sound; raises VoiceFailed."""


def seconds_of(text: str) -> float:
    """About how long it takes to say this."""
    chinese = sum("\u3400" <= character <= "\u9fff" for character in text)
    return 0.3 + SECONDS_A_CHARACTER["zh"] * chinese + SECONDS_A_CHARACTER["en"] * (len(text) - chinese)


@dataclass
class Speed:
    """Seconds of work for one second of sound, learned from what was rendered."""

    factor: float = 0.6

    def learn(self, work_seconds: float, sound_seconds: float) -> None:
        if sound_seconds > 0.3:
            self.factor += 0.25 * (min(work_seconds / sound_seconds, 5.0) - self.factor)

    def work(self, text: str) -> float:
        return self.factor * seconds_of(text)


@dataclass(order=True)
class Job:
    """One phrase in one voice, for everybody who waits for it."""

    due: float
    """By the queue's clock; infinite for what nobody waits for."""
    number: int
    text: str = field(compare=False)
    voice: str = field(compare=False)
    done: asyncio.Future[Sound] = field(compare=False)
    waiting: int = field(compare=False, default=0)


class RenderQueue:
    """Renderers, and those who wait for them. Belongs to one event loop."""

    def __init__(
        self, render: Render, speed: Speed, clock: Callable[[], float] = time.monotonic, *, at_once: int = 1
    ) -> None:
        """`at_once` is how many phrases are rendered side by side, each as fast as one alone."""
        self._render = render
        self._at_once = at_once
        self.speed = speed
        self._clock = clock
        self._jobs: dict[tuple[str, str], Job] = {}
        self._numbers = itertools.count()
        self._came = asyncio.Event()
        self._current: dict[int, tuple[Job, float]] = {}
        """By number: what is being rendered, and since when."""
        self._tasks: list[asyncio.Task[None]] = []

    def __len__(self) -> int:
        return len(self._jobs)

    def backlog(self, due: float = math.inf) -> float:
        """Seconds of work that come before a phrase due then."""
        work = sum(
            self.speed.work(job.text) for job in self._jobs.values() if job.due <= due and not self._is_current(job)
        )
        for job, since in self._current.values():
            left = self.speed.work(job.text) - (self._clock() - since)
            work += max(0.1, abs(left))  # what is overdue is expected to take as long again
        return 0.0 if len(self._jobs) < self._at_once else work / self._at_once

    def want(self, text: str, voice: str, due: float = math.inf) -> Job:
        """Wait for `job.done`, then `release` it. The same phrase wanted twice is rendered once, for the earlier one."""
        job = self._jobs.get((text, voice))
        if job is None:
            future: asyncio.Future[Sound] = asyncio.get_running_loop().create_future()
            job = self._jobs[text, voice] = Job(due, next(self._numbers), text, voice, future)
            self._came.set()
        job.due = min(job.due, due)
        job.waiting += 1
        if not self._tasks:
            self._tasks = [asyncio.create_task(self._work()) for _ in range(self._at_once)]
        return job

    def release(self, job: Job) -> None:
        """Nobody renders what nobody waits for."""
        job.waiting -= 1
        if job.waiting <= 0 and not job.done.done() and not self._is_current(job):
            self._jobs.pop((job.text, job.voice), None)
            job.done.cancel()

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for job in self._jobs.values():
            job.done.cancel()
        self._jobs.clear()

    def _is_current(self, job: Job) -> bool:
        return job.number in self._current

    async def _work(self) -> None:
        while True:
            job = min((job for job in self._jobs.values() if not self._is_current(job)), default=None)
            if job is None:
                self._came.clear()
                await self._came.wait()
                continue
            since = self._clock()
            self._current[job.number] = (job, since)
            try:
                sound = await self._render(job.text, job.voice)
            except VoiceFailed as failure:
                if not job.done.done():
                    job.done.set_exception(failure)
                    job.done.exception()  # seen, also when nobody waits any more
            else:
                self.speed.learn(self._clock() - since, sound.size / 24000)
                if not job.done.done():
                    job.done.set_result(sound)
            finally:
                del self._current[job.number]
                self._jobs.pop((job.text, job.voice), None)


def lateness(phrases: list[tuple[str, bool]], speed: Speed, *, backlog: float, rate: float) -> tuple[float, float]:
    """Seconds until the first phrase can be heard, and the longest gap after it.

    `phrases` are texts, each with whether it has to be rendered; `backlog` is work that comes before all of them.
    """
    ready, first, heard_until, gap = 0.0, 0.0, 0.0, 0.0
    for index, (text, missing) in enumerate(phrases):
        if missing:
            ready = (ready or backlog) + speed.work(text)
        if index == 0:
            first = ready if missing else 0.0
            heard_until = first
        elif missing:
            gap = max(gap, ready - heard_until)
            heard_until = max(heard_until, ready)
        heard_until += seconds_of(text) / rate
    return first, gap
