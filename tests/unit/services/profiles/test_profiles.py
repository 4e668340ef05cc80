"""A resident is known once, as far as they agreed; sees it, corrects it, and takes it back at a word."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.errors import NotFound
from bot.services.audit import audit
from bot.services.audit.audit import AuditFilter
from bot.services.conversations import calls
from bot.services.profiles import profiles
from bot.services.profiles.errors import TooManyProfiles
from bot.services.profiles.profiles import ProfileRequest
from bot.services.residents import residents
from bot.store.profiles import queries
from bot.store.store import Store

pytestmark = pytest.mark.store

PHONE = "13900001234"
KEEP = ProfileRequest(
    name="王建国", phone=PHONE, place="东风社区三栋", needs="走路拄拐", conversation_id="talk-a", client_message_id="m1",
    language="zh", channel="web",
)  # fmt: skip


def call_of(store: Store, phone: str, now: datetime) -> str:
    opened = calls.open_call(
        store, provider="asterisk", provider_call=f"call-{phone}", direction="in", caller=phone, now=now
    )
    return opened.conversation_id


def test_who_calls_from_the_phone_is_known_and_nobody_else(store: Store, now: datetime) -> None:
    made = profiles.keep(store, KEEP, now)
    assert (len(made.number), made.number[0]) == (8, "9")
    known = profiles.known(store, call_of(store, PHONE, now), now)
    assert known is not None
    assert (known.name, known.place, known.needs) == ("王建国", "东风社区三栋", "走路拄拐")
    assert profiles.known(store, call_of(store, "13611112222", now), now) is None
    assert profiles.known(store, "another chat", now) is None, "anybody can type a phone there"


def test_the_same_person_corrects_what_is_kept(store: Store, now: datetime) -> None:
    made = profiles.keep(store, KEEP, now)
    again = replace(KEEP, needs="坐轮椅", client_message_id="m2")
    assert profiles.keep(store, again, now).number == made.number
    assert [one.needs for one in profiles.of_conversation(store, "talk-a")] == ["坐轮椅"]


def test_a_stranger_who_types_the_phone_changes_nothing_of_it(store: Store, now: datetime) -> None:
    made = profiles.keep(store, KEEP, now)
    other = profiles.keep(store, replace(KEEP, conversation_id="talk-b", name="李四"), now)
    assert other.number != made.number
    assert profiles.find(store, made.number, "1234", asker="x", now=now).name == "王建国"


def test_two_who_share_a_telephone_are_not_taken_for_each_other(store: Store, now: datetime) -> None:
    profiles.keep(store, KEEP, now)
    profiles.keep(store, replace(KEEP, conversation_id="talk-b", name="刘桂英"), now)
    assert profiles.known(store, call_of(store, PHONE, now), now) is None
    for at in range(profiles.MOST_OF_PHONE - 2):
        profiles.keep(store, replace(KEEP, conversation_id=f"more-{at}"), now)
    with pytest.raises(TooManyProfiles):
        profiles.keep(store, replace(KEEP, conversation_id="too many"), now)


def test_needs_are_forgotten_alone_or_with_the_rest(store: Store, now: datetime) -> None:
    made = profiles.keep(store, KEEP, now)
    profiles.forget(store, made.number, now, needs_only=True)
    left = profiles.find(store, made.number, "1234", asker="x", now=now)
    assert (left.name, left.needs) == ("王建国", None)
    profiles.forget(store, made.number, now)
    profiles.forget(store, made.number, now)
    with pytest.raises(NotFound):
        profiles.find(store, made.number, "1234", asker="x", now=now)
    written = {entry.action for entry in audit.found(store, AuditFilter())}
    assert {"profile.kept", "profile.needs_forgotten", "profile.forgotten"} <= written


def test_a_resident_gets_the_profile_and_its_consents_and_has_it_erased(store: Store, now: datetime) -> None:
    profiles.keep(store, KEEP, now)
    profiles.keep(store, replace(KEEP, conversation_id="talk-b", needs=None), now)
    given = residents.export_resident(store, PHONE)["profiles"]
    assert [(one["needs"], one["needs_agreed"] is not None) for one in given] == [("走路拄拐", True), (None, False)]
    residents.erase_resident(store, PHONE, now)
    assert residents.export_resident(store, PHONE)["profiles"] == []


def test_a_profile_that_nobody_uses_goes_and_one_in_use_stays(store: Store, now: datetime) -> None:
    profiles.keep(store, KEEP, now)
    profiles.keep(store, replace(KEEP, phone="13611112222", conversation_id="talk-b"), now)
    later = now + timedelta(days=100)
    profiles.known(store, "talk-b", later)
    with store.unit() as unit:
        assert queries.delete_before(unit, now + timedelta(days=1), 10) == 1
        unit.commit()
    assert len(profiles.of_conversation(store, "talk-b")) == 1
