"""Does it hold? Calls and chats for half an hour, while processes are killed and the database is locked; part of `make bench`.

    python -m evaluation.bench.soak --minutes 30

Residents write, speak and call, and break off anywhere. Every program that our supervisor runs is killed in
turn; the database is locked for three seconds every minute. In the end nothing that a resident was told may be
gone or there twice, no call may be open, and no process may have grown. Ends with 1 when an aim is missed.
"""

import argparse
import asyncio
import json
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from random import Random

from rich.console import Console

from bot import wiring
from bot.operation.asterisk_program import find_asterisk
from bot.operation.ephemeral_instance import (
    MANY_RESIDENTS,
    NOTHING_RENDERED_AHEAD,
    EphemeralInstance,
    ephemeral_instance,
)
from bot.settings import ROOT
from evaluation import aims
from evaluation.bench.soak_figures import Figure, crashes, doubled, growth_figures, table
from evaluation.bench.soak_harm import Harm
from evaluation.bench.soak_records import Records
from evaluation.bench.soak_residents import SPOKEN, Calls, Chats, Diary
from evaluation.bench.telephone import Said, prepare, telephone
from evaluation.running import PROGRAMS, await_ready

CALLS, CHATS, MOST = 8, 20, 50
LONGEST_MINUTES = 24 * 60.0
CALLS_END_SECONDS = 150.0
"""The exchange gives up a line that is silent for a minute; then we have time to write it down."""
RESULT = ROOT / "evaluation" / "results" / "soak.json"
LOGS = RESULT.with_name("soak-logs")
"""What its programs wrote; it holds no resident's words."""


def missing() -> str | None:
    """What a soak needs and this machine has not."""
    if find_asterisk() is None:
        return "no Asterisk: run scripts/fetch_asterisk.py"
    if find_spec("pjsua2") is None:
        return "no softphone (pjsua2): run scripts/setup"
    if not (ROOT / "models" / "kokoro").exists() or not (ROOT / "models" / "vosk").exists():
        return "no models: run scripts/setup"
    return None


async def live(
    linyu: EphemeralInstance, folder: Path, said: dict[str, Said], harm: Harm, options: argparse.Namespace, diary: Diary
) -> None:
    """Everybody lives and everything is done to them, until the time is over."""
    end = harm.began + harm.seconds
    chats = Chats(linyu.url, diary, [said["beds"].path, said["points"].path])
    calls = Calls(f"sip:linyu@127.0.0.1:{linyu.environment['LINYU_SIP_PORT']}", folder, diary, said)
    with ThreadPoolExecutor(options.calls + 3) as threads:
        loop = asyncio.get_running_loop()
        harming = [
            loop.run_in_executor(threads, one) for one in (harm.kill_in_turn, harm.lock_every_minute, harm.watch)
        ]
        calling = [
            loop.run_in_executor(threads, calls.live, _dice(options, f"call {one}"), f"139{one:04}", end)
            for one in range(options.calls)
        ]
        chatting = [chats.live(_dice(options, f"chat {one}"), f"137555{one:05}", end) for one in range(options.chats)]
        try:
            await asyncio.gather(asyncio.sleep(harm.seconds), *chatting, *calling)
        finally:
            harm.over.set()
            await asyncio.gather(*harming)


def judge(linyu: EphemeralInstance, harm: Harm, diary: Diary) -> Iterator[Figure]:
    yield Figure("not ready in the end", int(not _ready_again(linyu)))
    logs, records = linyu.state_dir / "logs", Records(linyu)
    deadline = time.monotonic() + CALLS_END_SECONDS
    while (open_calls := records.open_calls()) and time.monotonic() < deadline:
        time.sleep(1)
    beyond = crashes((logs / "supervisord.log").read_text(), harm.killed)
    told = diary.told | records.told()
    yield Figure("programs that were not killed", len(PROGRAMS) - len(harm.killed))
    yield Figure(
        "crashes beyond those made" + "".join(f", {name} {n}" for name, n in beyond.items()), sum(beyond.values())
    )
    yield Figure(f"confirmed items lost, of {len(told)}", len(told - records.readable(told)))
    yield Figure("items there twice", doubled(records.items()))
    yield Figure("calls still open in the records", open_calls)
    yield Figure("turns never answered", diary.seen["turns never answered"])
    yield Figure("answers of an unexpected kind", diary.seen["unexpected answers"])
    yield from growth_figures(harm.samples)


def read_options(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=_minutes, default=30.0)
    parser.add_argument("--calls", type=_count, default=CALLS, help="at once")
    parser.add_argument("--chats", type=_count, default=CHATS, help="at once")
    parser.add_argument("--seed", type=int, default=17)
    return parser.parse_args(arguments)


def main() -> int:
    options, console = read_options(), Console(width=120)
    if what := missing():
        print(f"linyu: {what}", file=sys.stderr)
        return 2
    diary, over = Diary(), threading.Event()
    with tempfile.TemporaryDirectory() as name:
        console.print("soak: what callers say is spoken, and a Linyu is started …")
        said = dict(zip(SPOKEN, prepare(Path(name), list(SPOKEN.values())), strict=True))
        with ephemeral_instance({**MANY_RESIDENTS, **NOTHING_RENDERED_AHEAD, **telephone()}) as linyu:
            os.environ.update(linyu.environment)  # `wiring` opens its records
            console.print(f"soak: {options.calls} calls and {options.chats} chats for {options.minutes:g} minutes …")
            harm = Harm(linyu, options.minutes * 60, _dice(options, "harm"), over)
            try:
                asyncio.run(live(linyu, Path(name), said, harm, options, diary))
                figures = list(judge(linyu, harm, diary))
            finally:
                shutil.copytree(linyu.state_dir / "logs", LOGS, dirs_exist_ok=True)
    console.print(f"what was done: killed {dict(harm.killed)}, locked {harm.locks} times; seed {options.seed}")
    console.print(f"what happened: {dict(sorted(diary.seen.items()))}")
    console.print(table(figures))
    rows = [{"figure": one.name, "value": one.value, "at_most": one.at_most, "verdict": one.verdict} for one in figures]
    RESULT.write_text(json.dumps({"options": vars(options), "seen": diary.seen, "figures": rows}, indent=2))
    kept = [aims.Figure(one.name, one.value, "<=", one.at_most) for one in figures]
    command = f"python -m evaluation.bench.soak --minutes {options.minutes:g}"
    aims.keep(
        "Soak", kept, command=command, now=wiring.now(), settings={"calls": options.calls, "chats": options.chats}
    )
    return int(any(figure.verdict == "missed" for figure in figures))


def _ready_again(linyu: EphemeralInstance) -> bool:
    try:
        await_ready(linyu)
    except AssertionError:
        return False
    return True


def _dice(options: argparse.Namespace, whose: str) -> Random:
    return Random(f"{options.seed} {whose}")


def _minutes(text: str) -> float:
    if not 0 < float(text) <= LONGEST_MINUTES:
        raise argparse.ArgumentTypeError(f"more than 0 and at most {LONGEST_MINUTES:g}")
    return float(text)


def _count(text: str) -> int:
    if not 0 <= int(text) <= MOST:
        raise argparse.ArgumentTypeError(f"at most {MOST}")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
