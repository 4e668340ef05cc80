"""Two of each behind a balancer, of which one is killed every few seconds: is anything lost or doubled, and who has to wait?

    python -m evaluation.cluster.two_of_each --minutes 10

Two hosts with application, Rasa, actions and worker, over one PostgreSQL and one Redis, behind the HAProxy of deploy/cluster, all on this
machine. Residents write, most of them in the middle of a form. Ends with 1 when an aim is missed.
"""

import argparse
import asyncio
import json
import os
import signal
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import httpx
from rich.console import Console

from bot import wiring
from bot.services.conversations import conversations
from bot.settings import ROOT
from bot.store.bookings.tables import Booking
from bot.store.cases.tables import Case
from bot.store.conversations.tables import Conversation
from evaluation import aims
from evaluation.bench.soak_figures import doubled
from evaluation.bench.soak_records import TOLD_ON
from evaluation.bench.soak_residents import Chats, Diary
from evaluation.cluster.hosts import Cluster, Host, cluster

KILLED = {
    "app": "-m api.server",
    "rasa": "-m rasa run",
    "actions": "actions.server:create_app",
    "worker": "linyu worker",
}
"""What is killed in turn, and what its command line has in it."""
RESULT = ROOT / "evaluation" / "results" / "two-of-each.json"
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Timed(Chats):
    """Chats that note how long a turn took from its first try to its answer."""

    seconds: list[float] = field(default_factory=list)

    async def _say(self, http: httpx.AsyncClient, path: str, words: str, dice: Random) -> dict[str, Any] | None:
        began = time.monotonic()
        turn = await super()._say(http, path, words, dice)
        if turn is not None:
            self.seconds.append(time.monotonic() - began)
        return turn

    async def _speak(self, dice: Random) -> None:
        """Nobody speaks here: the ears of this bench are one process."""


async def live(found: Cluster, options: argparse.Namespace, diary: Diary, killed: Counter[str]) -> list[float]:
    """Everybody lives until the time is over; what each turn took is returned."""
    end = time.monotonic() + options.minutes * 60
    chats = Timed(found.url, diary, [])
    lives = [chats.live(Random(f"{options.seed} {one}"), f"137555{one:05}", end) for one in range(options.chats)]
    await asyncio.gather(_kill(found.hosts, options, end, killed), *lives)
    return chats.seconds


async def _kill(hosts: tuple[Host, ...], options: argparse.Namespace, end: float, killed: Counter[str]) -> None:
    """One process of one host, as the kernel does when memory runs out; the other host's of the same kind next time."""
    number = 0
    while options.every and time.monotonic() + options.every < end:
        await asyncio.sleep(options.every)
        name = list(KILLED)[number % len(KILLED)]
        host = hosts[number // len(KILLED) % len(hosts)]
        if pids := await asyncio.to_thread(host.pids, KILLED[name]):
            os.kill(pids[0], signal.SIGKILL)
            killed[name] += 1
        number += 1


def judge(diary: Diary, seconds: list[float], options: argparse.Namespace) -> Iterator[aims.Figure]:
    told = diary.told | _told()
    with wiring.store().reading() as unit:
        rows = [
            (table.__tablename__, number, conversation)
            for table in (Booking, Case)
            for number, conversation in unit.session.query(table.number, table.conversation_id)
        ]
    kept, items = {number for _, number, _ in rows}, [(conversation, kind) for kind, _, conversation in rows]
    yield aims.Figure("confirmed items lost", len(told - kept), "<=", 0, len(told))
    yield aims.Figure("items there twice", doubled(items), "<=", 0, len(items))
    yield aims.Figure("turns never answered", diary.seen["turns never answered"], "<=", 0, diary.seen["turns"])
    yield aims.Figure("answers of an unexpected kind", diary.seen["unexpected answers"], "<=", 0, diary.seen["turns"])
    yield aims.Figure("longest turn, seconds", round(max(seconds, default=0), 1), "<=", 10.0, len(seconds))
    late = sum(one > 10 for one in seconds)
    yield aims.Figure("turns that took longer than 10 s", late, "<=", 0, len(seconds))
    cuts = statistics.quantiles(seconds, n=20)
    yield aims.Figure("p50 of a turn, seconds", round(statistics.median(seconds), 2))
    yield aims.Figure("p95 of a turn, seconds", round(cuts[18], 2))


def _told() -> set[str]:
    """Every number that was told in a conversation, as its turns hold it."""
    found = set[str]()
    with wiring.store().reading() as unit:
        names = [one for (one,) in unit.session.query(Conversation.id)]
    for name in names:
        for _, turn in conversations.history(wiring.store(), name):
            found |= {
                str(reply.card["number"]) for reply in turn.replies if reply.card and reply.card["kind"] in TOLD_ON
            }
    return found


def cpu_seconds(hosts: tuple[Host, ...]) -> dict[str, float]:
    """Of the programs that run now, by kind; those that were killed are not in it."""
    found: dict[str, float] = {}
    for name, command in KILLED.items():
        pids = [pid for host in hosts for pid in host.pids(command)]
        found[name] = sum(_cpu(pid) for pid in pids)
    return found


def _cpu(pid: int) -> float:
    try:
        parts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(parts[11]) + int(parts[12])) / TICKS


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--chats", type=int, default=40, help="at once")
    parser.add_argument("--every", type=float, default=20.0, help="seconds between two kills; 0 kills nobody")
    parser.add_argument("--hosts", type=int, default=2)
    parser.add_argument("--seed", type=int, default=17)
    options, console = parser.parse_args(), Console(width=120)
    diary, killed = Diary(), Counter[str]()
    console.print(f"two of each: {options.hosts} hosts are started …")
    with cluster(options.hosts) as found:
        os.environ.update(found.environment)
        console.print(f"{options.chats} residents for {options.minutes:g} minutes …")
        before = cpu_seconds(found.hosts)
        seconds = asyncio.run(live(found, options, diary, killed))
        after = cpu_seconds(found.hosts)
        figures = list(judge(diary, seconds, options))
    turns = max(1, diary.seen["turns"])
    if not options.every:
        for name in KILLED:
            figures.append(
                aims.Figure(f"CPU of a turn, {name}, ms", round((after[name] - before[name]) / turns * 1000, 1))
            )
    console.print(f"killed {dict(killed)}; what happened: {dict(sorted(diary.seen.items()))}")
    for one in figures:
        console.print(f"{one.name}: {one.value:g} (aim {one.aim_words}, of {one.of}) {one.verdict}")
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    rows = [
        {"figure": one.name, "value": one.value, "aim": one.aim, "of": one.of, "verdict": one.verdict}
        for one in figures
    ]
    RESULT.write_text(
        json.dumps({"options": vars(options), "killed": killed, "seen": diary.seen, "figures": rows}, indent=2)
    )
    return int(any("missed" in one.verdict for one in figures))


if __name__ == "__main__":
    raise SystemExit(main())
