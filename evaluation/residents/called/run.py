"""Simulated residents by telephone: real calls to a Linyu of one's own, and the same residents in writing beside them.

    .venv/bin/python -m evaluation.residents.called.run --split dev --residents 12 --minutes 10

Each calls from the number that they give, with a voice that never speaks our replies; two of three have people talking around them.
Nobody judges our voice here (evaluation.hearing.intelligibility does), so the small one speaks, which takes nothing from the ears. When
the time is up, whoever has not finished is left out, and the table says how many were judged. `--split test` is for the final figure
only.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
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
from evaluation.residents.called.line import CONDITIONS, CalledTalk, Line, TimeIsUp
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
SMALL_VOICE = {"LINYU_VOICE": "espeak"}
Hold = Callable[[EphemeralInstance, Store, int, Profile, float], Held | None]
"""The last is when to give up, on time.monotonic()."""


def main() -> None:
    options = read_options()
    known = read_profiles(options.folder, dev_only=True) if options.folder else read_profiles()
    wanted = [one for one in known if one.split == options.split and options.only in one.id]
    profiles = wanted[:: max(1, len(wanted) // options.residents)][: options.residents]
    callers = Callers(ROOT / "evaluation" / "results" / "callers")
    with tempfile.TemporaryDirectory(prefix="calls-") as folder:
        others = [callers.say(words, "zh", number)[1] for number, words in enumerate(BACKGROUND)]
        by_call = partial(_by_call, folder=Path(folder), callers=callers, others=others)
        settings = {**telephone_variables(), "LINYU_CALLS_AT_ONCE": str(options.at_once + 1)}
        called = _all(profiles, by_call, options, "calls", settings)
    judged = {at: one for at, one in enumerate(called) if one is not None}
    save(list(judged.values()))
    print(f"{len(judged)} of {len(profiles)} residents were judged; the others had not finished when the time was up")
    report(figures_of(judged, [], options.split), list(judged.values()))  # already now: the rest may take its time
    written = _all([profiles[at] for at in judged], _in_writing, options, "in writing", {})
    figures = figures_of(judged, [one for one in written if one is not None], options.split)
    report(figures, list(judged.values()))
    if judged and not (options.only or options.folder):
        command = (
            f"{COMMAND} --split {options.split} --residents {options.residents} --minutes {options.minutes:g}"
            f" --at-once {options.at_once}"
        )
        settings = {"voice": "espeak", "judged": f"{len(judged)} of {len(profiles)}"}
        aims.keep("Simulated residents by telephone", figures, command=command, now=wiring.now(), settings=settings)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=get_args(Split), default="dev")
    parser.add_argument("--only", default="", help="only residents with this in their id, such as bookings-zh")
    parser.add_argument("--folder", type=Path, help="the residents of another folder, all of them dev")
    parser.add_argument("--residents", type=int, default=12, help="how many, taken from all over the list")
    parser.add_argument("--minutes", type=float, default=10, help="of calls; whoever has not finished then is left out")
    parser.add_argument("--at-once", type=int, default=4, help="how many call at the same time")
    return parser.parse_args()


def figures_of(called: Mapping[int, Held], written: Sequence[Held], split: str) -> list[aims.Figure]:
    """Beside those of every conversation: the share of the success in writing, and success by what was around the caller.

    `called` by the resident's place in the list, which chose what was around them.
    """
    in_writing = sum(one.success for one in written)
    share = round(sum(one.success for one in called.values()) / in_writing, 4) if in_writing else None
    by_line = {
        condition: [one for at, one in called.items() if CONDITIONS[at % len(CONDITIONS)] == condition]
        for condition in CONDITIONS
    }
    return [
        *score.figures(list(called.values()), split),
        aims.Figure(f"{split}: the same residents in writing", _success(written), of=len(written)),
        aims.Figure(f"{split}: success by telephone, of that in writing", share, ">=", OF_TEXT, len(called)),
        *(
            aims.Figure(f"{split}: success, {condition}", _success(part), of=len(part))
            for condition, part in by_line.items()
        ),
    ]


def _success(held: Sequence[Held]) -> float | None:
    return score.share([one.success for one in held])


def _all(
    profiles: Sequence[Profile], how: Hold, options: argparse.Namespace, name: str, variables: dict[str, str]
) -> list[Held | None]:
    """In the order of the residents, all against a Linyu that nobody else has written in; None of who had not finished."""
    settings = {**MANY_RESIDENTS, **NOTHING_RENDERED_AHEAD, **SMALL_VOICE, "LINYU_DEMO_DATA": "false", **variables}
    with (
        ephemeral_instance(settings) as linyu,
        closing(store_of(linyu)) as store,
        ThreadPoolExecutor(options.at_once) as threads,
    ):
        catalogue.load(store, wiring.now())
        give_up = time.monotonic() + 60 * options.minutes
        going = [threads.submit(how, linyu, store, at, profile, give_up) for at, profile in enumerate(profiles)]
        return [one.result() for one in track(going, name, console=Console(stderr=True))]


def _in_writing(linyu: EphemeralInstance, store: Store, at: int, profile: Profile, give_up: float) -> Held:
    return hold(linyu.url, store, profile, 0, wiring.now())


def _by_call(
    linyu: EphemeralInstance,
    store: Store,
    at: int,
    profile: Profile,
    give_up: float,
    *,
    folder: Path,
    callers: Callers,
    others: Sequence[bytes],
) -> Held | None:
    if time.monotonic() > give_up:
        return None
    line = Line(f"sip:linyu@127.0.0.1:{linyu.environment['LINYU_SIP_PORT']}", store, folder, callers, others, give_up)
    phone = str(profile.where.get("phone") or profile.given.get("phone") or f"1390002{at:04}")
    language: Language = "en" if profile.english else "zh"
    begin = partial(CalledTalk, line, phone, language, CONDITIONS[at % len(CONDITIONS)], caller=at)
    try:
        return hold_by(begin, store, profile, 0, wiring.now())
    except TimeIsUp:
        return None


if __name__ == "__main__":
    main()
