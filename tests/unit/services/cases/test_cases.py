"""A case is filed once, checked by its owner, answered, reopened, and escalates when it is late."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from PIL import Image

from bot.errors import BadPhoto, Locked, NotFound, WrongState
from bot.services.cases import cases
from bot.services.cases.cases import Case, ComplaintRequest, file_case, find_case, reopen_case
from bot.services.conversations import conversations
from bot.services.kernel.deadlines import Targets
from bot.store.store import Store
from tests.records import add_photo, advance_case, photos_of

pytestmark = pytest.mark.store

Make = Callable[..., ComplaintRequest]
PLAN = Targets(response_days=1, settlement_days=3, working_days=False)


def advance(store: Store, case: Case, *states: str, now: datetime) -> Case:
    for state in states:
        answer = "已修好" if state == "answered" else None
        case = advance_case(store, case.number, state, actor="staff-7", note="记录", answer=answer, now=now)
    return case


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48)) -> bytes:
    """A photo as a phone takes it: with the place where it was taken."""
    image, written, exif = Image.new("RGB", size, "red"), io.BytesIO(), Image.Exif()
    exif[0x010F] = "SECRETPHONE"
    exif.get_ifd(0x8825)[2] = (30.0, 6.0, 12.0)
    image.save(written, kind, exif=exif)
    return written.getvalue()


def test_a_case_has_a_number_deadlines_and_a_history(store: Store, complaint: Make, now: datetime) -> None:
    case = file_case(store, complaint(), now, targets=PLAN)
    assert (len(case.number), case.number[0], case.state) == (8, "6", "filed")
    assert (case.respond_by - now, case.settle_by - now) == (timedelta(days=1), timedelta(days=3))
    assert [(event.actor, event.action) for event in case.history] == [("resident", "filed")]
    assert cases.of_conversation(store, "conversation-a") == [case]


def test_the_same_message_again_files_once(store: Store, complaint: Make, now: datetime) -> None:
    first = file_case(store, complaint(), now, targets=PLAN)
    assert file_case(store, complaint(), now, targets=PLAN) == first
    assert len(cases.of_conversation(store, "conversation-a")) == 1


def test_the_owner_finds_it_and_nobody_else(store: Store, complaint: Make, now: datetime) -> None:
    case = file_case(store, complaint(), now, targets=PLAN)
    assert find_case(store, case.number, "1234", asker="a", now=now) == case
    for _ in range(5):
        with pytest.raises(NotFound):
            find_case(store, case.number, "4321", asker="b", now=now)
    with pytest.raises(Locked):
        find_case(store, case.number, "1234", asker="a", now=now)


def test_an_anonymous_case_keeps_no_name_and_opens_with_its_check_code(
    store: Store, complaint: Make, now: datetime
) -> None:
    case = file_case(store, complaint(anonymous=True), now, targets=PLAN)
    assert case.phone_tail is None
    assert case.check_code is not None
    assert len(case.check_code) == 4
    assert find_case(store, case.number, case.check_code, asker="a", now=now) == case
    assert file_case(store, complaint(anonymous=True), now, targets=PLAN).check_code == case.check_code


def test_staff_lead_a_case_to_its_end_and_everyone_is_named(store: Store, complaint: Make, now: datetime) -> None:
    case = file_case(store, complaint(), now, targets=PLAN)
    closed = advance(
        store, case, "dispatched", "handling", "answered", "settled", "closed", now=now + timedelta(hours=1)
    )
    assert (closed.state, closed.answer) == ("closed", "已修好")
    assert [event.action for event in closed.history][1:] == [
        "dispatched", "handling", "answered", "settled", "closed",
    ]  # fmt: skip
    assert all(event.actor == "staff-7" and event.note == "记录" for event in closed.history[1:])


@pytest.mark.parametrize("step", ["handling", "answered", "closed", "filed", "reopened", "nonsense"])
def test_a_step_that_cannot_follow_is_refused(store: Store, complaint: Make, now: datetime, step: str) -> None:
    case = file_case(store, complaint(), now, targets=PLAN)
    with pytest.raises(WrongState):
        advance(store, case, step, now=now)


def test_answered_needs_an_answer(store: Store, complaint: Make, now: datetime) -> None:
    case = advance(store, file_case(store, complaint(), now, targets=PLAN), "dispatched", "handling", now=now)
    with pytest.raises(WrongState):
        advance_case(store, case.number, "answered", actor="staff-7", note=None, now=now)


def test_an_answer_is_told_in_the_conversation(store: Store, complaint: Make, now: datetime) -> None:
    case = file_case(store, complaint(), now, targets=PLAN)
    advance(store, case, "dispatched", "handling", "answered", now=now)
    said, turn = conversations.history(store, "conversation-a")[-1]
    assert (said, turn.goal) == ("", "check_case")
    assert "已修好" in turn.replies[0].text
    assert case.number in turn.replies[0].text


def test_a_resident_who_is_not_content_reopens_it_once(store: Store, complaint: Make, now: datetime) -> None:
    case = file_case(store, complaint(), now, targets=PLAN)
    with pytest.raises(WrongState):
        reopen_case(store, case.number, reason="没修好", client_message_id="m2", now=now)
    advance(store, case, "dispatched", "handling", "answered", "settled", now=now)
    week_later = now + timedelta(days=7)
    for _ in range(2):
        again = reopen_case(store, case.number, reason="没修好", client_message_id="m2", now=week_later, targets=PLAN)
        assert again.state == "reopened"
        assert again.settle_by == week_later + timedelta(days=3)
    assert [event.note for event in again.history].count("没修好") == 1
    assert advance(store, case, "handling", "answered", now=week_later).state == "answered"


def test_a_photo_is_kept_as_a_bare_picture(store: Store, complaint: Make, now: datetime) -> None:
    case = file_case(store, complaint(), now, targets=PLAN)
    for kind in ("JPEG", "PNG", "WEBP"):
        add_photo(store, case.number, picture(kind), now)
    for kept in photos_of(store, case.number):
        assert b"SECRETPHONE" not in kept
        with Image.open(io.BytesIO(kept)) as shown:
            assert (shown.format, shown.size, dict(shown.getexif())) == ("JPEG", (64, 48), {})
    with pytest.raises(BadPhoto):
        add_photo(store, case.number, picture(), now)


def test_a_photo_sent_before_filing_hangs_on_the_case(store: Store, complaint: Make, now: datetime) -> None:
    cases.keep_draft_photo(store, "conversation-a", picture(), now)
    cases.keep_draft_photo(store, "conversation-b", picture(), now)
    case = file_case(store, complaint(), now, targets=PLAN)
    assert len(photos_of(store, case.number)) == 1
    later = file_case(store, complaint(client_message_id="message-2"), now, targets=PLAN)
    assert photos_of(store, later.number) == []


def test_an_upright_photo_stays_upright_and_a_large_one_becomes_smaller(
    store: Store, complaint: Make, now: datetime
) -> None:
    image, written, exif = Image.new("RGB", (3000, 1500)), io.BytesIO(), Image.Exif()
    exif[0x0112] = 6  # taken with the phone held upright
    image.save(written, "JPEG", exif=exif)
    case = file_case(store, complaint(), now, targets=PLAN)
    add_photo(store, case.number, written.getvalue(), now)
    with Image.open(io.BytesIO(photos_of(store, case.number)[0])) as shown:
        assert shown.size == (1024, 2048)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a" + b"\0" * 100,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        picture()[:200],
        b"\xff\xd8" + b"\0" * (8 * 1024 * 1024),
    ],
    ids=["empty", "gif", "svg", "cut off", "too large"],
)
def test_what_is_not_a_photo_is_refused(sqlite_store: Store, now: datetime, content: bytes) -> None:
    with pytest.raises(BadPhoto):
        cases.keep_draft_photo(sqlite_store, "conversation-a", content, now)


def test_a_decompression_bomb_is_refused(sqlite_store: Store, now: datetime) -> None:
    written = io.BytesIO()
    Image.new("1", (10_000, 10_000)).save(written, "PNG")
    assert len(written.getvalue()) < 100_000
    with pytest.raises(BadPhoto):
        cases.keep_draft_photo(sqlite_store, "conversation-a", written.getvalue(), now)


def test_who_chases_a_case_is_seen_by_staff_once_a_day(store: Store, complaint: Make, now: datetime) -> None:
    case = file_case(store, complaint(), now, targets=PLAN)
    assert all(cases.chase(store, case.number, now) for _ in range(3))
    assert cases.chase(store, case.number, now + timedelta(days=1))
    history = find_case(store, case.number, "1234", asker="a", now=now).history
    assert [event.action for event in history] == ["filed", "chased", "chased"]


def test_an_answered_case_is_not_chased(store: Store, complaint: Make, now: datetime) -> None:
    case = file_case(store, complaint(), now, targets=PLAN)
    advance(store, case, "dispatched", "handling", "answered", now=now)
    assert not cases.chase(store, case.number, now)


def test_more_is_added_once_to_an_open_case_and_not_to_an_answered_one(
    store: Store, complaint: Make, now: datetime
) -> None:
    case = file_case(store, complaint(text="楼上漏水"), now, targets=PLAN)
    asked = {"client_message_id": "more-1", "conversation_id": case.conversation_id, "now": now}
    for _ in range(2):
        case = cases.add_to_case(store, case.number, "现在厨房也湿了", **asked)  # type: ignore[arg-type]
    assert case.text == "楼上漏水。现在厨房也湿了"
    assert [event.action for event in case.history] == ["filed", "added"]
    assert not cases.is_answered(store, case.number)
    advance(store, case, "dispatched", "handling", "answered", now=now)
    assert cases.is_answered(store, case.number)
    with pytest.raises(WrongState):
        cases.add_to_case(store, case.number, "还在漏", **{**asked, "client_message_id": "more-2"})  # type: ignore[arg-type]
