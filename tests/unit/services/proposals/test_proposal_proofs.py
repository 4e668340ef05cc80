"""A support counts once; one from a call is proven, one that is typed is not; what was deleted is never published."""

from datetime import datetime

import pytest

from bot.errors import WrongState
from bot.services.conversations import calls
from bot.services.kernel.permissions import Actor
from bot.services.proposals import proposals, staff_proposals
from bot.services.proposals.errors import AlreadySupported
from bot.services.proposals.proposals import ProposalRequest
from bot.services.residents import residents
from bot.store.proposals import queries
from bot.store.store import Store

pytestmark = pytest.mark.store
COMMUNITY = Actor("community-1", "community_staff")
OWNER, NEIGHBOUR = "13900001234", "13900005678"


@pytest.fixture
def number(store: Store, now: datetime) -> str:
    request = ProposalRequest("建议楼道装扶手", OWNER, "talk-a", "m1", "zh", "web")
    return proposals.submit(store, request, now).number


def publish(store: Store, number: str, now: datetime) -> None:
    staff_proposals.publish(store, COMMUNITY, number, "楼道装扶手", "老人要扶手。", now)


def back(store: Store, number: str, talk: str, message: str, now: datetime) -> proposals.Proposal:
    return proposals.support(
        store, number, phone=NEIGHBOUR, conversation_id=talk, client_message_id=message, now=now
    )  # fmt: skip


def call(store: Store, caller: str | None, now: datetime, direction: str = "in") -> str:
    opened = calls.open_call(
        store, provider="asterisk", provider_call=f"{caller}{direction}", direction=direction, caller=caller, now=now
    )  # fmt: skip
    return opened.conversation_id


def test_a_call_from_the_phone_proves_a_support_and_typing_it_does_not(
    store: Store, number: str, now: datetime
) -> None:
    publish(store, number, now)
    typed = back(store, number, "talk-b", "m1", now)
    assert (typed.supports, typed.proven) == (1, 0)
    with pytest.raises(AlreadySupported):
        back(store, number, "talk-c", "m2", now)
    own = call(store, NEIGHBOUR, now)
    proven = back(store, number, own, "m3", now)
    assert (proven.supports, proven.proven) == (1, 1)
    with pytest.raises(AlreadySupported):
        back(store, number, own, "m4", now)
    [public] = proposals.public_list(store)
    assert (public.supports, public.proven) == (1, 1)


@pytest.mark.parametrize("caller", ["13900009999", None])
def test_a_call_from_another_phone_proves_nothing(store: Store, number: str, now: datetime, caller: str | None) -> None:
    publish(store, number, now)
    assert back(store, number, call(store, caller, now), "m1", now).proven == 0


def test_that_we_called_them_proves_nothing(store: Store, number: str, now: datetime) -> None:
    publish(store, number, now)
    assert back(store, number, call(store, NEIGHBOUR, now, "out"), "m1", now).proven == 0


def test_how_many_were_proven_outlives_their_phones(store: Store, number: str, now: datetime) -> None:
    publish(store, number, now)
    back(store, number, call(store, NEIGHBOUR, now), "m1", now)
    staff_proposals.move(
        store, Actor("d", "dispatcher"), number, "answered", "今年就装。", now, outcome="adopted"
    )  # fmt: skip
    with store.unit() as unit:
        assert queries.empty_one(unit, now.replace(year=now.year + 1), now) == 1
        unit.commit()
    left = proposals.public_one(store, number)
    assert left is not None
    assert (left.supports, left.proven) == (1, 1)


def test_one_that_was_deleted_before_it_was_public_is_never_published(store: Store, number: str, now: datetime) -> None:
    residents.erase_resident(store, OWNER, now)
    with pytest.raises(WrongState):
        publish(store, number, now)
    assert proposals.public_one(store, number) is None
    assert not staff_proposals.open_proposal(store, COMMUNITY, number, now).may_be_published


def test_one_that_was_withdrawn_and_deleted_is_not_published_again(store: Store, number: str, now: datetime) -> None:
    publish(store, number, now)
    residents.erase_resident(store, OWNER, now)
    publish(store, number, now)
    staff_proposals.withdraw(store, COMMUNITY, number, now)
    with pytest.raises(WrongState):
        publish(store, number, now)
