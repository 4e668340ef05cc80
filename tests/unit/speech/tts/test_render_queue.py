"""Who is rendered next, and would a reply be late."""

import asyncio

import numpy as np
import pytest

from bot.errors import VoiceFailed
from bot.speech.audio.loudness import Sound
from bot.speech.tts.render_queue import RenderQueue, Speed, lateness, seconds_of

pytestmark = pytest.mark.unit


class Renderer:
    """Renders when it is told to, and records what."""

    def __init__(self) -> None:
        self.rendered: list[str] = []
        self.may_go_on = asyncio.Event()

    async def __call__(self, text: str, voice: str) -> Sound:
        self.rendered.append(text)
        await self.may_go_on.wait()
        if text == "broken":
            raise VoiceFailed
        return np.ones(24000, np.float32)


async def test_who_needs_it_first_gets_it_first() -> None:
    renderer = Renderer()
    queue = RenderQueue(renderer, Speed())
    started = queue.want("current", "v", 0)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    jobs = [queue.want(text, "v", due) for text, due in [("background", float("inf")), ("late", 9.0), ("soon", 1.0)]]
    renderer.may_go_on.set()
    await asyncio.gather(started.done, *(job.done for job in jobs))
    assert renderer.rendered == ["current", "soon", "late", "background"]
    await queue.close()


async def test_the_same_phrase_for_two_callers_is_rendered_once() -> None:
    renderer = Renderer()
    queue = RenderQueue(renderer, Speed())
    one, two = queue.want("same", "v", 5), queue.want("same", "v", 1)
    assert one is two
    assert one.due == 1
    renderer.may_go_on.set()
    await one.done
    assert renderer.rendered == ["same"]
    await queue.close()


async def test_what_nobody_waits_for_any_more_is_not_rendered() -> None:
    renderer = Renderer()
    queue = RenderQueue(renderer, Speed())
    queue.want("current", "v", 0)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    twice = [queue.want("wanted", "v", 3), queue.want("wanted", "v", 3)]
    left = queue.want("left", "v", 2)
    queue.release(left)
    queue.release(twice[0])
    renderer.may_go_on.set()
    await twice[1].done
    assert renderer.rendered == ["current", "wanted"]
    await queue.close()


async def test_a_failure_reaches_who_waits_and_the_next_is_rendered() -> None:
    renderer = Renderer()
    queue = RenderQueue(renderer, Speed())
    broken, fine = queue.want("broken", "v", 1), queue.want("fine", "v", 2)
    renderer.may_go_on.set()
    with pytest.raises(VoiceFailed):
        await broken.done
    assert (await fine.done).size
    await queue.close()


def test_rendered_phrases_start_at_once() -> None:
    assert lateness([("您好。", False), ("再见。", False)], Speed(0.5), backlog=9, rate=1) == (0, 0)


def test_the_first_phrase_waits_for_what_comes_before_it() -> None:
    speed = Speed(0.5)
    first, gap = lateness([("您好。", True)], speed, backlog=3, rate=1)
    assert first == pytest.approx(3 + 0.5 * seconds_of("您好。"))
    assert gap == 0


def test_rendering_faster_than_speaking_leaves_no_gap() -> None:
    phrases = [("您好,", True), *[("一二三四五六七八九十。", True)] * 20]
    first, gap = lateness(phrases, Speed(0.3), backlog=0, rate=1)
    assert first < 1
    assert gap < 0.5


def test_rendering_slower_than_speaking_leaves_gaps_unless_one_speaks_slowly() -> None:
    phrases = [("一二三四五六七八九十。", True)] * 20
    assert lateness(phrases, Speed(1.6), backlog=0, rate=1)[1] > 1
    assert lateness(phrases, Speed(1.6), backlog=0, rate=0.5)[1] == 0


def test_speed_is_learned() -> None:
    speed = Speed(0.5)
    for _ in range(30):
        speed.learn(work_seconds=2, sound_seconds=1)
    assert speed.factor == pytest.approx(2, rel=0.05)
