"""A proposal is submitted once, published by staff, supported once by each phone, moved and answered before everybody."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import event

from bot.errors import (
    AlreadySupported,
    BadInput,
    Forbidden,
    Locked,
    NotFound,
    Refusal,
    TooManyProposals,
    TooManyRecords,
    WrongState,
)
from bot.services.audit import audit
from bot.services.audit.audit import AuditFilter
from bot.services.conversations import conversations
from bot.services.kernel.permissions import Actor
from bot.services.proposals import proposals, staff_proposals
from bot.services.proposals.proposals import Outcome, Proposal, ProposalLimits, ProposalRequest, ProposalState
from bot.services.residents import residents
from bot.store.proposals import queries
from bot.store.store import Store

pytestmark = pytest.mark.store

Make = Callable[..., ProposalRequest]
DISPATCHER = Actor("dispatcher-1", "dispatcher")
COMMUNITY = Actor("community-1", "community_staff")
FREE = ProposalLimits(supported_per_conversation=1000, per_hour=1000)


@pytest.fixture
def request_of() -> Make:
    usual = ProposalRequest(
        text="建议车棚加装充电插座", phone="139-0000-1234", conversation_id="talk-a", client_message_id="m1",
        language="zh", channel="web",
    )  # fmt: skip
    return lambda **changes: replace(usual, **changes)


def public(store: Store, request: ProposalRequest, now: datetime, title: str = "车棚加装充电插座") -> Proposal:
    made = proposals.submit(store, request, now)
    staff_proposals.publish(store, COMMUNITY, made.number, title, "大家不用从楼上拉线。", now)
    return made


def back(store: Store, number: str, phone: str, now: datetime, talk: str = "talk-b", message: str = "") -> Proposal:
    return proposals.support(
        store, number, phone=phone, conversation_id=talk, client_message_id=message or phone, now=now, limits=FREE
    )


def test_a_proposal_has_a_number_and_is_not_public_before_staff_have_read_it(
    store: Store, request_of: Make, now: datetime
) -> None:
    made = proposals.submit(store, request_of(), now)
    assert (len(made.number), made.number[0], made.state, made.check_code) == (8, "7", "submitted", None)
    assert proposals.public_list(store) == []
    assert proposals.public_one(store, made.number) is None
    with pytest.raises(NotFound):
        back(store, made.number, "13900005678", now)


def test_the_same_message_again_submits_once(store: Store, request_of: Make, now: datetime) -> None:
    first = proposals.submit(store, request_of(phone=None), now)
    assert proposals.submit(store, request_of(phone=None), now) == first
    assert len(proposals.of_conversation(store, "talk-a")) == 1


def test_its_owner_opens_it_with_the_digits_and_an_anonymous_one_with_its_code(
    store: Store, request_of: Make, now: datetime
) -> None:
    owned = proposals.submit(store, request_of(), now)
    assert proposals.find_proposal(store, owned.number, "1234", asker="a", now=now).number == owned.number
    nobodys = proposals.submit(store, request_of(phone=None, client_message_id="m2"), now)
    assert nobodys.check_code
    assert proposals.find_proposal(store, nobodys.number, nobodys.check_code, asker="a", now=now).state == "submitted"
    for _ in range(5):
        with pytest.raises(NotFound):
            proposals.find_proposal(store, owned.number, "9999", asker="stranger", now=now)
    with pytest.raises(Locked):
        proposals.find_proposal(store, owned.number, "1234", asker="stranger", now=now)


def test_one_phone_supports_once_however_it_is_written(store: Store, request_of: Make, now: datetime) -> None:
    made = public(store, request_of(), now)
    assert back(store, made.number, "13900005678", now).supports == 1
    with pytest.raises(AlreadySupported):
        back(store, made.number, "+86 139-0000-5678", now, talk="talk-c", message="again")
    assert back(store, made.number, "13900005678", now).supports == 1, "the same message again"
    assert back(store, made.number, "13900005679", now).supports == 2


def test_twenty_at_once_with_one_phone_count_once(store: Store, request_of: Make, now: datetime) -> None:
    made = public(store, request_of(), now)

    def one(at: int) -> bool:
        try:
            back(store, made.number, "13900005678", now, talk=f"talk-{at}", message=f"m-{at}")
        except Refusal:
            return False
        return True

    with ThreadPoolExecutor(20) as crowd:
        assert sum(crowd.map(one, range(20))) == 1
    found = proposals.public_one(store, made.number)
    assert found is not None
    assert found.supports == 1


def test_a_script_in_one_conversation_or_from_one_address_makes_no_crowd(
    store: Store, request_of: Make, now: datetime
) -> None:
    made = public(store, request_of(), now)
    few = ProposalLimits(supported_per_conversation=2, per_hour=3)

    def support(at: int, talk: str) -> None:
        proposals.support(
            store, made.number, phone=f"1390000{at:04}", conversation_id=talk, client_message_id=f"s{at}", now=now, limits=few
        )  # fmt: skip

    talks = [
        conversations.open_conversation(store, channel="web", language="zh", now=now, address="203.0.113.9").id
        for _ in range(3)
    ]
    support(1, talks[0])
    support(2, talks[0])
    with pytest.raises(TooManyProposals):
        support(3, talks[0])
    support(4, talks[1])
    with pytest.raises(TooManyRecords):
        support(5, talks[2])


def test_nobody_fills_the_list(store: Store, request_of: Make, now: datetime) -> None:
    for at in range(3):
        proposals.submit(store, request_of(client_message_id=f"m{at}", phone=None), now)
    with pytest.raises(TooManyProposals):
        proposals.submit(store, request_of(client_message_id="m9", phone=None), now)
    later = now + timedelta(hours=2)
    assert proposals.submit(store, request_of(client_message_id="m9", phone=None), later).number


def test_each_stage_has_an_answer_for_everybody_and_its_owner_is_told(
    store: Store, request_of: Make, now: datetime
) -> None:
    talk = conversations.open_conversation(store, channel="web", language="zh", now=now).id
    made = public(store, request_of(conversation_id=talk), now)
    with pytest.raises(BadInput):
        staff_proposals.move(store, COMMUNITY, made.number, "consulting", " ", now)
    staff_proposals.move(store, COMMUNITY, made.number, "consulting", "下周开会商量。", now)
    with pytest.raises(Forbidden):
        staff_proposals.move(store, COMMUNITY, made.number, "deciding", "街道研究。", now)
    staff_proposals.move(store, DISPATCHER, made.number, "deciding", "街道研究。", now)
    with pytest.raises(BadInput):
        staff_proposals.move(store, DISPATCHER, made.number, "answered", "年底前装好。", now)
    staff_proposals.move(store, DISPATCHER, made.number, "answered", "年底前装好。", now, outcome="adopted")
    found = proposals.public_one(store, made.number)
    assert found is not None
    assert (found.state, found.outcome, found.answer) == (ProposalState.ANSWERED, Outcome.ADOPTED, "年底前装好。")
    assert [step.stage for step in found.steps] == ["submitted", "consulting", "deciding", "answered"]
    told = [turn.replies[0].text for _, turn in conversations.history(store, talk)]
    assert len(told) == 3
    assert "年底前装好" in told[-1]
    with pytest.raises(WrongState):
        back(store, made.number, "13900005678", now)
    with pytest.raises(WrongState):
        staff_proposals.move(store, DISPATCHER, made.number, "consulting", "再商量。", now)
    noted = [entry.action for entry in audit.found(store, AuditFilter(action="proposal"))]
    assert noted.count("proposal.move") == 3
    assert "proposal.publish" in noted


def test_a_number_of_somebody_does_not_become_public(store: Store, request_of: Make, now: datetime) -> None:
    made = proposals.submit(store, request_of(text="建议装灯，我电话13900001234"), now)
    with pytest.raises(BadInput):
        staff_proposals.publish(store, COMMUNITY, made.number, "装灯", "打13900001234问我", now)
    view = staff_proposals.open_proposal(store, COMMUNITY, made.number, now)
    assert "13900001234" not in view.said + view.phone


def test_after_an_erasure_only_what_staff_wrote_is_left(store: Store, request_of: Make, now: datetime) -> None:
    made = public(store, request_of(), now)
    back(store, made.number, "13900005678", now)
    shown = residents.export_resident(store, "13900001234")
    assert [one["number"] for one in shown["proposals"]] == [made.number]
    assert shown["proposals"][0]["text"] == "建议车棚加装充电插座"
    residents.erase_resident(store, "13900001234", now)
    found = proposals.public_one(store, made.number)
    assert found is not None
    assert (found.title, found.supports) == ("车棚加装充电插座", 1)
    with pytest.raises(NotFound):
        proposals.find_proposal(store, made.number, "1234", asker="a", now=now)
    residents.erase_resident(store, "13900005678", now)
    found = proposals.public_one(store, made.number)
    assert found is not None
    assert found.supports == 0, "a support that is erased is withdrawn"


def test_the_public_list_is_read_with_as_many_statements_however_long_it_is(
    store: Store, request_of: Make, now: datetime
) -> None:
    def statements() -> int:
        with store.reading() as unit:
            counted: list[str] = []
            connection = unit.session.connection()
            event.listen(connection, "before_cursor_execute", lambda *given: counted.append(given[2]))
            for row, _ in queries.public(unit):
                assert row.events
            return len(counted)

    public(store, request_of(), now)
    few = statements()
    for at in range(4):
        public(store, request_of(client_message_id=f"n{at}", conversation_id=f"talk-{at}", phone=None), now)
    assert statements() == few


def test_one_that_is_never_published_is_emptied_and_closed_in_time(
    store: Store, request_of: Make, now: datetime
) -> None:
    hidden = proposals.submit(store, request_of(), now)
    shown = public(store, request_of(client_message_id="m2", conversation_id="talk-c", phone=None), now)
    later = now + timedelta(days=10)
    with store.unit() as unit:
        assert queries.empty_one(unit, now, later) == 0, "not yet"
        assert queries.empty_one(unit, later, later) == 1
        assert queries.empty_one(unit, later, later) == 0, "what is public waits for its answer"
        unit.commit()
    with store.reading() as unit:
        row, other = queries.proposal(unit, hidden.number), queries.proposal(unit, shown.number)
        assert row is not None
        assert other is not None
        assert (row.text, row.phone, row.state) == ("", None, "answered")
        assert (other.text, other.state) == ("建议车棚加装充电插座", "submitted")


def test_an_erased_one_that_is_not_public_waits_for_nobody(store: Store, request_of: Make, now: datetime) -> None:
    made = proposals.submit(store, request_of(), now)
    residents.erase_resident(store, "13900001234", now)
    waiting = staff_proposals.lines(store, COMMUNITY, state="submitted")
    assert made.number not in [one.number for one in waiting]
