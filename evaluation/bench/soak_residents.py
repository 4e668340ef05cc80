"""Residents of a soak: they write, speak and call, finish what they want or break off anywhere, and send again what was lost."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import httpx
import websockets

from evaluation.bench.soak_records import TOLD_ON
from evaluation.bench.speech import Speaker
from evaluation.bench.telephone import LINE_HZ, Caller, Said
from evaluation.telephone.softphone import Softphone, pcm_of

DAYS = ("后天", "三天后", "四天后", "五天后", "六天后", "七天后", "八天后", "九天后")
PARTS_OF_DAY = ("中午", "晚上")
PLACES = ("东风社区助餐点", "新街社区助餐点")
TROUBLES = ("新街社区菜场门口的路灯坏了", "东风社区三栋楼下的垃圾没人收")
QUESTIONS = ("到2025年养老床位有多少", "助餐点有几个", "投诉多久给答复", "流动人口有哪些服务")
SPOKEN = {
    "beds": "养老床位有多少张",
    "points": "助餐点有几个",
    "meal": "我想订后天中午的助餐",
    "dongfeng": "东风社区助餐点",
    "name": "我叫王秀英",
    "yes": "可以",
    "noise": "楼下烧烤店半夜还在放音响吵得睡不着",
    "xinjie": "在新街社区",
    "confirm": "确认",
}
"""What is said by voice."""
CALLS = (
    ("beds", "points", "beds"),
    ("meal", "dongfeng", "name", "yes", "confirm"),
    ("noise", "xinjie", "yes", "confirm"),
)
MOST_TURNS = 9
THINKS = (1.0, 6.0)
"""Seconds between two turns."""
BREAKS_OFF, NEVER_HEARS_IT, SPEAKS, LINE_BREAKS = 0.08, 0.12, 0.2, 0.3
"""How probable it is that a turn is the last, that its answer is lost, that a chat is spoken, that a call ends without a word."""
PATIENCE_SECONDS = 120.0


@dataclass
class Diary:
    """What all residents together lived through. `told`: the numbers that they were told."""

    told: set[str] = field(default_factory=set)
    seen: Counter[str] = field(default_factory=Counter)


@dataclass
class Chats:
    url: str
    diary: Diary
    spoken: list[Path]
    """Sound files of what is asked by voice."""

    async def live(self, dice: Random, phone: str, end: float) -> None:
        """One chat after the other, until `end` on the monotonic clock."""
        await asyncio.sleep(dice.uniform(0, THINKS[1]))
        while time.monotonic() < end:
            self.diary.seen["chats"] += 1
            try:
                if dice.random() < SPEAKS:
                    await self._speak(dice)
                else:
                    async with httpx.AsyncClient(base_url=f"{self.url}/api/v1", timeout=60) as http:
                        await self._write(http, dice, phone, end)
            except (httpx.TransportError, OSError, RuntimeError, TimeoutError, websockets.WebSocketException):
                self.diary.seen["chats cut off"] += 1  # what they talk to was killed
            await asyncio.sleep(dice.uniform(*THINKS))

    async def _speak(self, dice: Random) -> None:
        pcm, speaker = pcm_of(dice.choice(self.spoken)), Speaker(self.url)
        if dice.random() < 0.5:
            await speaker.break_off(pcm, LINE_HZ, dice.random())
            self.diary.seen["spoken halves"] += 1
        else:
            await speaker.say(pcm, LINE_HZ, interrupt=dice.random() < 0.3)
            self.diary.seen["spoken turns"] += 1

    async def _write(self, http: httpx.AsyncClient, dice: Random, phone: str, end: float) -> None:
        answer = await http.post("/conversations", json={"channel": "web", "language": "zh"})
        if answer.status_code != httpx.codes.CREATED:
            raise RuntimeError("not opened")
        opened = answer.json()
        http.headers["Authorization"] = f"Bearer {opened['token']}"
        path = f"/conversations/{opened['conversation_id']}/messages"
        answers = {"place": dice.choice(PLACES), "name": "我叫赵小满", "phone": phone, "confirmation": "确认"}
        wishes = [
            f"我想订{dice.choice(DAYS)}{dice.choice(PARTS_OF_DAY)}的助餐",
            dice.choice(TROUBLES),
            dice.choice(QUESTIONS),
        ]
        words: str | None = dice.choice(wishes)
        for _ in range(MOST_TURNS):
            turn = await self._say(http, path, words or dice.choice(QUESTIONS), dice)
            if turn is None or self._note_numbers(turn) or dice.random() < BREAKS_OFF or time.monotonic() > end:
                return
            words = answers.get(turn["state"]["awaiting"] or "")
            await asyncio.sleep(dice.uniform(*THINKS))

    async def _say(self, http: httpx.AsyncClient, path: str, words: str, dice: Random) -> dict[str, Any] | None:
        """As the page does: the same message again while it is asked to wait, or when its answer was lost."""
        body = {"text": words, "client_message_id": dice.randbytes(16).hex()}
        hears, give_up = dice.random() > NEVER_HEARS_IT, time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < give_up:
            try:
                answer = await http.post(path, json=body, timeout=60 if hears else dice.uniform(0.05, 1))
            except httpx.ConnectError:
                self.diary.seen["not reached"] += 1
                await asyncio.sleep(1)
                continue
            except httpx.TransportError:
                self.diary.seen["answers lost" if hears else "answers not waited for"] += 1
                hears = True
                await asyncio.sleep(1)
                continue
            if answer.status_code == httpx.codes.OK:
                self.diary.seen["turns"] += 1
                found: dict[str, Any] = answer.json()
                return found
            if answer.status_code not in (httpx.codes.SERVICE_UNAVAILABLE, httpx.codes.TOO_MANY_REQUESTS):
                self.diary.seen["unexpected answers"] += 1
                return None
            self.diary.seen["asked to wait"] += 1
            await asyncio.sleep(float(answer.headers.get("Retry-After", "1")))
        self.diary.seen["turns never answered"] += 1
        return None

    def _note_numbers(self, turn: dict[str, Any]) -> bool:
        """True when something was confirmed."""
        cards = [reply["card"] for reply in turn["replies"] if reply["card"]]
        numbers = {str(card["number"]) for card in cards if card["kind"] in TOLD_ON}
        self.diary.told |= numbers
        return bool(numbers)


@dataclass
class Calls:
    address: str
    folder: Path
    diary: Diary
    said: dict[str, Said]

    def live(self, dice: Random, prefix: str, end: float) -> None:
        """One call after the other, each from a number of its own."""
        number = 0
        while time.monotonic() < end:
            self.diary.seen["calls"] += 1
            phone = Softphone(f"{prefix}{number:04}", self.folder)
            try:
                self._call(Caller(phone), dice, end)
            except (AssertionError, TimeoutError, OSError):
                self.diary.seen["calls cut off"] += 1  # what they talk to was killed, or not back yet
                time.sleep(1)
            finally:
                phone.close()
                phone.recording.unlink(missing_ok=True)
            number += 1

    def _call(self, caller: Caller, dice: Random, end: float) -> None:
        caller.call(self.address)
        for name in dice.choice(CALLS):
            if caller.phone.ended or time.monotonic() > end:
                break
            if dice.random() < BREAKS_OFF:
                caller.phone.play(self.said[name].path)
                time.sleep(dice.uniform(0.2, self.said[name].ends))
                self.diary.seen["hung up in mid-sentence"] += 1
                break
            caller.speak(self.said[name])
            caller.wait_until_quiet(1.0, 30)
            self.diary.seen["spoken to in calls"] += 1
        if caller.phone.ended:
            self.diary.seen["calls ended by the other side"] += 1
        elif dice.random() < LINE_BREAKS:
            caller.phone.vanish()
            self.diary.seen["lines broken"] += 1
        else:
            caller.phone.hang_up()
