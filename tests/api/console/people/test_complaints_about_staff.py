"""A complaint about staff is for the dispatcher alone, and so is all that was said where it was told: whoever is on duty may be meant."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.errors import NotFound
from bot.services.cases import cases
from bot.services.cases.cases import ComplaintRequest
from bot.services.conversations import conversations
from bot.services.handover import staff_queue, takeover
from bot.services.handover.handover import request_person
from bot.services.kernel.deadlines import Targets
from bot.services.learning import flow, review
from bot.services.learning.review import Wanted
from bot.store.conversations.tables import Turn
from bot.store.store import Store
from tests.staff import StaffClient, enter

pytestmark = pytest.mark.api
Ask = Callable[[str], StaffClient]
WORDS = "三号窗口的王强骂人"


@pytest.fixture
def a(client: TestClient, store: Store) -> Ask:
    return lambda role: StaffClient(client, enter(store, role, wiring.now()))


@pytest.fixture(params=["staff_conduct", "noise"])
def told(request: pytest.FixtureRequest, store: Store) -> tuple[str, str, bool]:
    """Number and conversation of a case of somebody who now waits for a person; whether it is about staff."""
    now = wiring.now()
    talk = conversations.open_conversation(store, channel="web", language="zh", now=now).id
    with store.unit() as unit:
        unit.add(
            Turn(
                id=f"turn-{talk}", conversation_id=talk, client_message_id="t", seq=0, text=WORDS, masked_text=WORDS,
                goal="out_of_scope", confidence=0.1, received=now, answered=now,
            )
        )  # fmt: skip
        unit.commit()
    complaint = ComplaintRequest(request.param, "大厅", WORDS, False, None, "13900001234", talk, "m", "zh", "web")
    number = cases.file_case(store, complaint, now, targets=Targets()).number
    request_person(
        store, conversation_id=talk, reason="asked", phone=None, client_message_id="p", channel="web", language="zh", now=now
    )  # fmt: skip
    return number, talk, request.param == "staff_conduct"


def test_neither_lists_nor_pages_nor_searches_show_it_to_an_office(
    a: Ask, store: Store, told: tuple[str, str, bool]
) -> None:
    number, talk, about_staff = told
    paths = (f"/staff/cases/{number}", f"/staff/conversations/{talk}", f"/staff/live/{talk}")
    for role in ("community_staff", "dispatcher"):
        person, sees = a(role), role == "dispatcher" or not about_staff
        for path in paths:
            assert (person.get(path).status_code == 200) is sees, (role, path)
        for path in ("/staff/cases", "/staff/conversations", "/staff/live", "/staff/inbox", "/staff/review"):
            shown = person.get(path)
            assert shown.status_code == 200, path
            if not sees:
                assert WORDS not in shown.text, (role, path)
                assert number not in shown.text, (role, path)
                assert talk not in shown.text, (role, path)


def test_who_is_on_duty_cannot_take_it_over_label_it_or_hear_it(store: Store, told: tuple[str, str, bool]) -> None:
    _, talk, about_staff = told
    now = wiring.now()
    clerk = enter(store, "community_staff", now).actor
    asked: list[Callable[[], object]] = [
        lambda: review.transcript(store, clerk, talk, now),
        lambda: review.add_note(store, clerk, talk, "看过了", now),
        lambda: review.label(store, clerk, talk, f"turn-{talk}", now, verdict="right"),
        lambda: flow.show(store, clerk, f"turn-{talk}", now),
        lambda: takeover.look(store, clerk, talk, now),
    ]
    for ask in asked:
        if about_staff:
            with pytest.raises(NotFound):
                ask()
        else:
            ask()
    found, _ = review.search(store, clerk, Wanted(), sort="opened", descending=True, offset=0, limit=9)
    assert ([one.id for one in found] == []) is about_staff
    assert (talk in {one.id for one in takeover.live(store, clerk, now)}) is not about_staff
    if about_staff:
        with pytest.raises(NotFound):
            takeover.take(store, clerk, talk, now)
        chief = enter(store, "dispatcher", now).actor
        assert [one.id for one in takeover.live(store, chief, now)] == [talk], "it waits for the dispatcher"
        [waits] = staff_queue.waiting(store, clerk, now)
        assert not waits.live, "that somebody waits is seen, and not what they said"
