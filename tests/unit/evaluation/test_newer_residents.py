"""The simulated residents of the newer topics: they stay as they were written, and what counts as success."""

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bot.services.conversations import conversations
from bot.services.points import points
from bot.services.proposals import proposals
from bot.services.proposals.proposals import ProposalRequest
from bot.services.unmet import unmet
from bot.services.unmet.unmet import UnmetKind, Wish
from bot.store.store import Store
from bot.turns import Button, Reply, State, Turn
from evaluation.residents import catalogue
from evaluation.residents.given import conversation_of, make_given
from evaluation.residents.judge import Verdict
from evaluation.residents.newer import verdicts
from evaluation.residents.profiles import DEV_ONLY, Profile, read_newer
from evaluation.residents.resident import Resident

pytestmark = pytest.mark.unit
IDEA = Profile(
    id="proposals-zh-999", language="zh", topic="proposals", style="plain", given={}, table="proposals",
    where={"text": {"contains_any": ["凉亭"]}, "phone": "13900001234"}, opening="我有个建议", replies={}, refuses_at=None,
    dev_only=True,
)  # fmt: skip


def test_the_sets_are_as_they_were_written_and_hold_a_dozen_of_each_topic() -> None:
    lines = (DEV_ONLY.parent / "CHECKSUMS").read_text("utf-8").splitlines()
    told = {name.strip(): digest for digest, _, name in (line.partition("  ") for line in lines)}
    sets = DEV_ONLY.parent
    there = {f"./{file.relative_to(sets)}": file for file in sets.rglob("*.jsonl")}
    assert told.keys() == there.keys()
    assert [name for name, file in there.items() if hashlib.sha256(file.read_bytes()).hexdigest() != told[name]] == []
    newer = read_newer()
    counted = Counter(one.topic for one in newer)
    assert set(counted) == {
        "proposals", "points", "jobs", "items", "guides", "offices", "mandates", "profiles", "packages", "council", "staff",
        "ratings", "unmet",
    }  # fmt: skip
    assert min(counted.values()) >= 12
    assert {one.split for one in newer} == {"dev"}
    assert all(verdicts.judges(one) or one.table in ("bookings", "cases") for one in newer)


@pytest.fixture
def verdict(sqlite_store: Store) -> Callable[..., Verdict]:
    return lambda profile, given="": verdicts.judge(sqlite_store, profile, "talk", given)


def test_the_wished_proposal_is_success_and_one_too_many_is_not(
    verdict: Callable[..., Verdict], sqlite_store: Store, now: datetime
) -> None:
    assert verdict(IDEA) == Verdict(False, ("nothing written",))
    assert verdict(replace(IDEA, where={"absent": True})) == Verdict(True)
    request = ProposalRequest("河边搭凉亭", "13900001234", "talk", "m", "zh", "web")
    proposals.submit(sqlite_store, request, now)
    assert verdict(IDEA) == Verdict(True)
    assert verdict(replace(IDEA, where={**IDEA.where, "anonymous": True})) == Verdict(False, ("anonymous",), 1)
    assert verdict(replace(IDEA, where={"absent": True})) == Verdict(False, ("written all the same",), 1)
    assert verdict(replace(IDEA, table="applications")).wrong == ("nothing written",)
    proposals.submit(sqlite_store, replace(request, client_message_id="n"), now)
    assert verdict(IDEA).wrong == ("more records than one",)


def test_a_redemption_is_judged_by_the_volunteer_that_was_given(
    verdict: Callable[..., Verdict], sqlite_store: Store, now: datetime
) -> None:
    catalogue.load(sqlite_store, now)
    given: dict[str, Any] = {"table": "volunteers", "phone": "13900001234", "points": 95}
    profile = replace(IDEA, table="redemptions", given=given, where={"reward": {"contains_any": ["香皂"]}})
    number = make_given(sqlite_store, profile, 0, now)
    assert points.get(sqlite_store, number).balance == 95
    assert conversation_of(profile, 0, now) != "talk"
    assert verdict(profile, number).wrong == ("nothing written",)
    points.redeem(sqlite_store, number, "soap", conversation_id="talk", client_message_id="m", now=now)
    assert verdict(profile, number) == Verdict(True)


def test_the_last_score_and_the_counted_wish_of_this_very_conversation_are_judged(
    verdict: Callable[..., Verdict], sqlite_store: Store, now: datetime
) -> None:
    rates = replace(IDEA, table="ratings", where={"score": 4})
    assert verdict(rates).wrong == ("nothing written",)
    for score in (2, 4):
        conversations.rate(sqlite_store, "talk", score, None, now)
    assert verdict(rates) == Verdict(True)
    wishes = replace(IDEA, table="unmet", where={"kind": "no_place", "about": "bathing", "community": "老街社区"})
    wish = Wish(UnmetKind.NO_PLACE, "bathing", "another talk", "老街社区")
    unmet.count(sqlite_store, wish, now)
    assert verdict(wishes).wrong[0] == "nothing written"
    unmet.count(sqlite_store, replace(wish, conversation_id="talk"), now)
    assert "nothing written" not in verdict(wishes).wrong


def test_who_only_wants_to_know_is_content_with_the_fact(verdict: Callable[..., Verdict]) -> None:
    profile = replace(
        IDEA, table="answers", where={"goal": "who_handles", "text": {"contains_any": ["综合执法队"]}}
    )  # fmt: skip
    assert verdict(profile).wrong == ("not told",)
    assert verdicts.told(profile, "who_handles", "这件事归综合执法队管")
    assert not verdicts.told(profile, "ask_policy", "这件事归综合执法队管")


def test_one_is_chosen_from_a_list_that_was_told_without_a_question() -> None:
    resident = Resident(replace(IDEA, table="applications", replies={"job_posting": ["第二个"]}))
    listed = (Reply("…", "…", choices=(Button("焊工", "看岗位1"),)),)
    assert resident.say(Turn("", "find_job", 1.0, listed, State()), done=False) == "第二个"
