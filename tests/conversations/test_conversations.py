"""Every file below this folder is one conversation with the real assistant: what is said, what must follow.

A file is a list of steps. A step is `say:` with what must be true of its turn: `goal`, `form`, `awaiting` (null for
none), `hears` (each piece stands in the replies), `never` (none does), `section` (a source names it), `sources: none`,
`card` (its kind), `holds` (a fact that the card tells), `button` (one with that title), `keep` (a name for the number in the reply; `{name}` then stands for
it in later steps), `keep_fact` (a fact of the last card, kept under its own name), `state` (of the card), `booked` (what is written down of the newest booking: day, window, place, people, name). A step `restart: conversation` goes on as another resident would: in a new
conversation. `language:` as the first step opens the conversation in that language.
"""

from contextlib import ExitStack, closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from bot.operation.ephemeral_instance import EphemeralInstance
from bot.services.bookings import bookings
from tests.conversations.resident import Resident
from tests.processes.running import store_of

pytestmark = pytest.mark.conversations
FOLDER = Path(__file__).parent
SCRIPTS = sorted(FOLDER.rglob("*.yml"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_conversation(script: Path, linyu: EphemeralInstance) -> None:
    steps: list[dict[str, Any]] = yaml.safe_load(script.read_text("utf-8"))
    language = steps.pop(0)["language"] if "language" in steps[0] else None
    kept: dict[str, str] = {}
    with ExitStack() as residents:
        resident = residents.enter_context(closing(Resident(linyu.url, language)))
        for at, step in enumerate(steps, start=1):
            if "restart" in step:
                resident = residents.enter_context(closing(Resident(linyu.url, language)))
                continue
            resident.say(step["say"].format(**kept))
            told = f"{script.name}, step {at}, {step['say']!r} got {resident.turn['goal']} {resident.turn['state']}: {resident.heard}"
            _check(step, resident, kept, told)
            if "booked" in step:
                assert _booked(linyu, resident) == _meant(step["booked"]), told
            if "keep_fact" in step:
                cards = [reply["card"] for reply in resident.turn["replies"] if reply["card"]]
                kept[step["keep_fact"]] = cards[-1][step["keep_fact"]]
            if "keep" in step:
                kept[step["keep"]] = resident.number


def test_every_happy_path_of_a_booking_asks_what_was_written_down() -> None:
    """A number alone does not tell that the right thing was booked."""
    happy = [path for path in SCRIPTS if path.parent.name == "happy_path"]
    booked = [
        step for path in happy for step in yaml.safe_load(path.read_text("utf-8")) if step.get("card") == "booking"
    ]
    assert len(booked) >= 12
    assert [
        step for step in booked if set(step.get("booked", ())) != {"day", "window", "place", "people", "name"}
    ] == []


def _booked(linyu: EphemeralInstance, resident: Resident) -> dict[str, Any]:
    """What is written down of the resident's newest booking."""
    with closing(store_of(linyu)) as store:
        made = bookings.of_conversation(store, resident.id)[-1]
    return {
        "day": made.day,
        "window": f"{made.starts:%H:%M}-{made.ends:%H:%M}",
        "place": made.address or made.place.removesuffix("（示例）"),
        "people": made.party,
        "name": made.name,
    }


def _meant(expected: dict[str, Any]) -> dict[str, Any]:
    """With the day as a date: 明天, 后天, or 下周 with the number of a weekday."""
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    return {**expected, "day": _day(expected["day"], today)}


def _day(words: str, today: date) -> date:
    if words in ("明天", "后天"):
        return today + timedelta(days=1 + (words == "后天"))
    return (
        today - timedelta(days=today.weekday()) + timedelta(days=7 + "一二三四五六日".index(words.removeprefix("下周")))
    )


def _check(step: dict[str, Any], resident: Resident, kept: dict[str, str], told: str) -> None:
    turn = resident.turn
    assert all(reply["text"] and reply["spoken"] for reply in turn["replies"]), told
    if "goal" in step:
        assert turn["goal"] in _list(step["goal"]), told
    for name in ("form", "awaiting"):
        if name in step:
            assert turn["state"][name] in _list(step[name]), f"{name} of {told}"
    for piece in _list(step.get("hears", [])):
        assert piece.format(**kept) in resident.heard, f"{piece!r} not in {told}"
    for piece in _list(step.get("never", [])):
        assert piece.format(**kept) not in resident.heard, f"{piece!r} in {told}"
    sections = {source["section"] for reply in turn["replies"] for source in reply["sources"]}
    if "section" in step:
        assert step["section"] in sections, f"sections {sections} of {told}"
    if step.get("sources") == "none":
        assert not sections, f"sections {sections} of {told}"
    cards = [reply["card"] for reply in turn["replies"] if reply["card"]]
    if "card" in step:
        assert step["card"] in [card["kind"] for card in cards], f"cards of {told}"
    for fact in _list(step.get("holds", [])):
        assert any(card.get(fact) for card in cards), f"cards {cards} of {told}"
    if "state" in step:
        assert step["state"] in [card["state"] for card in cards], f"cards {cards} of {told}"
    titles = [button["title"] for reply in turn["replies"] for button in reply["buttons"]]
    for title in _list(step.get("button", [])):
        assert title in titles, f"buttons {titles} of {told}"


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
