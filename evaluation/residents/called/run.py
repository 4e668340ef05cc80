"""Simulated residents by telephone: real calls to a Linyu of one's own, and the same residents in writing beside them.

    .venv/bin/python -m evaluation.residents.called.run --split dev --every 6

Each calls from the number that they give, with a voice that never speaks our replies; two of three have people talking around them.
`--split test` is for the final figure only.
"""

import argparse
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import get_args

from rich.console import Console
from rich.progress import track

from bot import wiring
from bot.operation.ephemeral_instance import (
    MANY_RESIDENTS,
    NOTHING_RENDERED_AHEAD,
    EphemeralInstance,
    ephemeral_instance,
)
from bot.settings import ROOT
from bot.store.store import Store
from bot.turns import Language
from evaluation import aims
from evaluation.hearing.callers import Callers
from evaluation.residents import catalogue, score
from evaluation.residents.called.line import CONDITIONS, CalledTalk, Line
from evaluation.residents.conversation import Held, hold, hold_by
from evaluation.residents.profiles import Profile, Split, read_profiles
from evaluation.residents.run import report, save
from evaluation.running import store_of
from evaluation.telephone.exchange import telephone_variables

OF_TEXT = 0.9
"""The aim: so much of the success in writing."""
BACKGROUND = (
    "您慢点说,我记一下",
    "今天菜场的鱼新鲜得很",
    "孩子几点放学,我去接",
    "电视声音关小一点",
    "明天要下雨,衣服收进来",
    "这趟车到不到东风路",
)
COMMAND = ".venv/bin/python -m evaluation.residents.called.run"
Hold = Callable[[EphemeralInstance, Store, int, Profile], Held]


def main() -> None:
    options = read_options()
    known = read_profiles(options.folder, dev_only=True) if options.folder else read_profiles()
    profiles = [one for one in known if one.split == options.split and options.only in one.id][:: options.every]
    callers = Callers(ROOT / "evaluation" / "results" / "callers")
    with tempfile.TemporaryDirectory(prefix="calls-") as folder:
        others = [callers.say(words, "zh", number)[1] for number, words in enumerate(BACKGROUND)]
        by_call = partial(_by_call, folder=Path(folder), callers=callers, others=others)
        called = _all(profiles, by_call, options.at_once, "calls", telephone_variables())
    save(called)
    written = _all(profiles, _in_writing, options.at_once, "in writing", {})
    figures = figures_of(called, written, options.split)
    report(figures, called)
    if not (options.only or options.folder):
        command = f"{COMMAND} --split {options.split} --every {options.every}"
        aims.keep("Simulated residents by telephone", figures, command=command, now=wiring.now(), settings={})


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=get_args(Split), default="dev")
    parser.add_argument("--only", default="", help="only residents with this in their id, such as bookings-zh")
    parser.add_argument("--folder", type=Path, help="the residents of another folder, all of them dev")
    parser.add_argument("--every", type=int, default=6, help="only each so manieth: a call takes as long as it takes")
    parser.add_argument("--at-once", type=int, default=2, help="how many call at the same time")
    return parser.parse_args()


def figures_of(called: Sequence[Held], written: Sequence[Held], split: str) -> list[aims.Figure]:
    """Beside those of every conversation: the share of the success in writing, and success by what was around the caller."""
    in_writing = sum(one.success for one in written)
    share = round(sum(one.success for one in called) / in_writing, 4) if in_writing else None
    by_line = [
        aims.Figure(f"{split}: success, {condition}", _success(called[at :: len(CONDITIONS)]), of=len(called[at :: len(CONDITIONS)]))
        for at, condition in enumerate(CONDITIONS)
    ]  # fmt: skip
    return [
        *score.figures(called, split),
        aims.Figure(f"{split}: the same residents in writing", _success(written), of=len(written)),
        aims.Figure(f"{split}: success by telephone, of that in writing", share, ">=", OF_TEXT, len(called)),
        *by_line,
    ]


def _success(held: Sequence[Held]) -> float | None:
    return score.share([one.success for one in held])


def _all(profiles: Sequence[Profile], how: Hold, at_once: int, name: str, variables: dict[str, str]) -> list[Held]:
    """In the order of the residents, each against a Linyu that nobody else has written in."""
    settings = {**MANY_RESIDENTS, **NOTHING_RENDERED_AHEAD, "LINYU_DEMO_DATA": "false", **variables}
    with (
        ephemeral_instance(settings) as linyu,
        closing(store_of(linyu)) as store,
        ThreadPoolExecutor(at_once) as threads,
    ):
        catalogue.load(store, wiring.now())
        going = [threads.submit(how, linyu, store, at, profile) for at, profile in enumerate(profiles)]
        return [one.result() for one in track(going, name, console=Console(stderr=True))]


def _in_writing(linyu: EphemeralInstance, store: Store, at: int, profile: Profile) -> Held:
    return hold(linyu.url, store, profile, 0, wiring.now())


def _by_call(
    linyu: EphemeralInstance,
    store: Store,
    at: int,
    profile: Profile,
    *,
    folder: Path,
    callers: Callers,
    others: Sequence[bytes],
) -> Held:
    line = Line(f"sip:linyu@127.0.0.1:{linyu.environment['LINYU_SIP_PORT']}", store, folder, callers, others)
    phone = str(profile.where.get("phone") or profile.given.get("phone") or f"1390002{at:04}")
    language: Language = "en" if profile.english else "zh"
    begin = partial(CalledTalk, line, phone, language, CONDITIONS[at % len(CONDITIONS)], caller=at)
    return hold_by(begin, store, profile, 0, wiring.now())


if __name__ == "__main__":
    main()
