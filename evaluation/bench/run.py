"""`make bench`: how fast is a turn, alone and among fifty, how much of it is Rasa's own time, and how soon do we speak?"""

import asyncio
import json
import os
import platform
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from rich.console import Console
from rich.table import Table

from bot import wiring
from bot.operation.environment import RASA_PYTHON, environment
from bot.operation.local_servers import free_ports
from bot.settings import ROOT, Settings
from evaluation import aims
from evaluation.aims import Figure
from evaluation.bench import speech
from evaluation.bench.processes import memory_mb
from evaluation.bench.residents import load, resident_of_bare_rasa, resident_of_linyu

SECONDS = 60.0
THINK = (2.0, 8.0)
AIM_ONE_MS, AIM_FIFTY_MS = 250, 1000
AGAINST_BARE, ALLOWANCE_MS = 1.3, 20
RESULT = ROOT / "evaluation" / "results" / "bench.json"


def figures(times: list[float], failures: int, seconds: float) -> dict[str, float]:
    """Milliseconds at the middle and at the 95th percentile, turns per second, failures."""
    cuts = statistics.quantiles(times, n=20, method="inclusive")
    return {
        "turns": len(times),
        "failures": failures,
        "p50_ms": round(statistics.median(times) * 1000, 1),
        "p95_ms": round(cuts[18] * 1000, 1),
        "turns_per_second": round(len(times) / seconds, 2),
    }


def machine() -> dict[str, Any]:
    return {"cores": os.cpu_count(), "processor": platform.machine(), "load_at_start": os.getloadavg()[0]}


@contextmanager
def bare_rasa(settings: Settings) -> Iterator[str]:
    """A second Rasa with the same model and action server, and only its stock REST channel."""
    (port,) = free_ports(1)
    model = max((ROOT / "models" / "rasa").glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    with tempfile.TemporaryDirectory() as folder:
        command = [
            str(RASA_PYTHON), "-W", "ignore", "-m", "rasa", "run", "--model", str(model), "-i", "127.0.0.1",
            "-p", str(port), "--endpoints", "endpoints.yml", "--credentials", "evaluation/bench/credentials.yml",
        ]  # fmt: skip
        own = {**environment(settings), "LINYU_TRACKER_FILE": f"{folder}/trackers.db"}
        with open(os.devnull, "wb") as nothing:
            process = subprocess.Popen(command, cwd=ROOT, env=own, stdout=nothing, stderr=nothing)
        try:
            _await_answer(f"http://127.0.0.1:{port}/")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(30)


def _await_answer(url: str) -> None:
    for _ in range(200):
        try:
            httpx.get(url, timeout=2)
        except httpx.HTTPError:
            time.sleep(0.5)
        else:
            return
    raise RuntimeError("the bare Rasa did not start")


async def measure(settings: Settings) -> dict[str, Any]:
    ours = f"http://127.0.0.1:{settings.port}"
    await load(ours, resident_of_linyu, residents=2, seconds=5, think=(0, 0))  # warm up
    results: dict[str, Any] = {}
    for name, residents, seconds, think in (
        ("one resident", 1, 20.0, (0.2, 0.4)),
        ("50 residents", 50, SECONDS, THINK),
        ("8 without a pause", 8, 20.0, (0.0, 0.0)),
    ):
        times, failures = await load(ours, resident_of_linyu, residents=residents, seconds=seconds, think=think)
        results[name] = figures(times, failures, seconds)
    with bare_rasa(settings) as url:
        await load(url, resident_of_bare_rasa, residents=2, seconds=5, think=(0, 0))
        times, failures = await load(url, resident_of_bare_rasa, residents=50, seconds=SECONDS, think=THINK)
        results["50 residents, bare Rasa"] = figures(times, failures, SECONDS)
    return results


def beside_aims(results: dict[str, Any]) -> list[Figure]:
    """The turns of `measure` beside their aims: alone, among fifty, and against bare Rasa in the same run."""
    one, fifty, bare = results["one resident"], results["50 residents"], results["50 residents, bare Rasa"]
    most = round(AGAINST_BARE * bare["p95_ms"] + ALLOWANCE_MS, 1)
    return [
        Figure("one resident, p95, ms", one["p95_ms"], "<=", AIM_ONE_MS, one["turns"]),
        Figure("50 residents, p95, ms", fifty["p95_ms"], "<=", AIM_FIFTY_MS, fifty["turns"]),
        Figure("50 residents, p95 against 1.3 × bare Rasa + 20 ms", fifty["p95_ms"], "<=", most, fifty["turns"]),
        Figure("turns that failed", one["failures"] + fifty["failures"], "<=", 0, one["turns"] + fifty["turns"]),
        Figure("50 residents, bare Rasa, p95, ms", bare["p95_ms"], of=bare["turns"]),
    ]


def main() -> None:
    settings = Settings()
    report: dict[str, Any] = {"machine": machine()}
    report["memory_mb"] = memory_mb(settings.state_dir)
    report["results"] = results = asyncio.run(measure(settings))
    report["speech"] = spoken = asyncio.run(speech.measure(f"http://127.0.0.1:{settings.port}"))
    report["memory_mb_after_speech"] = memory_mb(settings.state_dir)
    ratio = results["50 residents"]["p95_ms"] / results["50 residents, bare Rasa"]["p95_ms"]
    report["p95_ratio_to_bare_rasa"] = round(ratio, 2)
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(report, indent=2))
    aims.keep(
        "Turns in time", beside_aims(results), command="make bench", now=wiring.now(), settings={"database": "sqlite"}
    )
    table = Table(
        title="turn latency", caption=f"{report['machine']}, memory of all processes {report['memory_mb']} MB"
    )
    for column in ("load", "turns", "failures", "p50 ms", "p95 ms", "turns/s"):
        table.add_column(column)
    for name, row in results.items():
        table.add_row(name, *(str(value) for value in row.values()))
    console = Console()
    console.print(table)
    console.print(speech.table(spoken))
    console.print(f"memory of all processes after speech: {report['memory_mb_after_speech']} MB")
    console.print(f"our p95 at 50 residents is {ratio:.2f} × bare Rasa's; saved to {RESULT}")


if __name__ == "__main__":
    main()
