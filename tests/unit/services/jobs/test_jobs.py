"""Postings are imported whole or not at all, found by what is wanted, and applied for once."""

import contextlib
import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.errors import BadInput, Forbidden, NotFound, TooManyRecords, WrongState
from bot.services.audit import audit
from bot.services.conversations import conversations
from bot.services.jobs import applications, importing, jobs
from bot.services.jobs.applications import ApplicationLimits, ApplicationRequest
from bot.services.jobs.trades import Trades, read_trades
from bot.services.jobs.wish import Wish
from bot.services.kernel.permissions import OPERATOR, Actor
from bot.services.kernel.spreadsheets import rows_of, to_csv, to_xlsx
from bot.services.residents import residents
from bot.settings import ROOT
from bot.store.jobs import queries
from bot.store.store import Store

pytestmark = pytest.mark.store
TITLES = ("岗位", "单位", "最低工资", "最高工资", "班次", "包住", "包吃", "地点", "截止日期", "联系电话")
STAFF = Actor("a", "community_staff")
Row = tuple[str | int, ...]
WELDER: Row = ("电焊工", "甲厂", 6000, 8000, "白班", "是", "是", "东风社区", "", "0714-1234567")
SORTER: Row = ("夜班分拣员", "乙公司", 5500, 6500, "夜班", "是", "否", "新街社区", "", "")
CLEANER: Row = ("楼道保洁员", "丙物业", 2500, 2800, "白班", "否", "否", "老街社区", "", "")


@pytest.fixture(scope="module")
def trades() -> Trades:
    return read_trades(ROOT / "data" / "jobs" / "trades.yml")


def take_in(store: Store, trades: Trades, now: datetime, rows: Sequence[Row]) -> importing.Preview:
    return importing.import_file(store, OPERATOR, "jobs.csv", to_csv(TITLES, rows), trades, now)


@pytest.fixture
def offered(store: Store, trades: Trades, now: datetime) -> Store:
    take_in(store, trades, now, [WELDER, SORTER, CLEANER])
    return store


def ids(found: jobs.Found) -> list[str]:
    return [posting.title for posting in found.postings]


def test_a_spreadsheet_is_taken_in_and_audited(store: Store, trades: Trades, now: datetime) -> None:
    content = to_xlsx(TITLES, [WELDER, SORTER])
    assert importing.preview(store, STAFF, "jobs.xlsx", content, trades, now).new == 2
    assert jobs.search(store, Wish(), now.date()).total == 0, "a preview writes nothing"
    done = importing.import_file(store, STAFF, "jobs.xlsx", content, trades, now)
    assert (done.rows, done.new, done.renewed, done.errors) == (2, 2, 0, ())
    entries, _total = audit.page_of(store, audit.AuditFilter(action="jobs.import"), offset=0, limit=5)
    assert entries[0].details["new"] == 2


def test_one_wrong_row_keeps_all_out_and_every_wrong_row_is_told(store: Store, trades: Trades, now: datetime) -> None:
    wrong: list[Row] = [
        ("", "甲厂", 1, 2, "白班", "是", "是", "", "", ""),
        ("焊工", "甲厂", "很多", "", "白班", "是", "是", "", "", ""),
        ("焊工", "甲厂", 5000, 4000, "随便", "也许", "是", "", "昨天", ""),
        ("焊工", "甲厂", 5000, 6000, "白班", "是", "是", "", "2020-01-01", ""),
        CLEANER,
        CLEANER,
    ]
    done = take_in(store, trades, now, [WELDER, *wrong])
    told = {(error.row, error.column, error.code) for error in done.errors}
    assert told == {
        (3, "title", "missing"),
        (4, "pay_from", "not_a_number"),
        (5, "pay_to", "pay_order"),
        (5, "shift", "not_known"),
        (5, "lodging", "not_known"),
        (5, "valid_until", "not_a_date"),
        (6, "valid_until", "over"),
        (8, "title", "twice"),
    }
    assert jobs.search(store, Wish(), now.date()).total == 0


def test_the_same_posting_again_is_renewed_and_not_doubled(offered: Store, trades: Trades, now: datetime) -> None:
    later = now + timedelta(days=20)
    done = take_in(offered, trades, later, [WELDER])
    assert (done.new, done.renewed) == (0, 1)
    assert ids(jobs.search(offered, Wish(), (now + timedelta(days=40)).date())) == ["电焊工"]


def test_what_a_renewed_row_says_anew_is_taken_over(offered: Store, trades: Trades, now: datetime) -> None:
    changed = (*WELDER[:5], "否", "否", WELDER[7], "", "0714-7654321")
    take_in(offered, trades, now, [changed])
    posting = jobs.search(offered, Wish(trade="welder"), now.date()).postings[0]
    assert (posting.lodging, posting.meals) == (False, False)
    applications.apply(offered, request_of(offered, now), now)
    assert applications.waiting(offered, STAFF)[0].contact == "0714-7654321"


def test_what_another_import_added_meanwhile_is_no_failure(
    offered: Store, trades: Trades, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up = queries.by_digest
    seen_too_early = iter([{}, {}])
    monkeypatch.setattr(
        queries, "by_digest", lambda unit, digests: next(seen_too_early, None) or looked_up(unit, digests)
    )
    take_in(offered, trades, now, [WELDER])
    assert jobs.search(offered, Wish(), now.date()).total == 3


def test_what_reaches_somebody_does_not_become_public(store: Store, trades: Trades, now: datetime) -> None:
    titles = ("岗位", "单位", "地点", "要求", "月薪从", "截止日期")
    rows = [
        ("电焊工13900001234", "甲厂", "", "", 5000, ""),
        ("电焊工", "甲厂 a.b@example.com", "", "", 5000, ""),
        ("电焊工", "甲厂", "东风社区，座机0714-6234567", "微信号abcdef12", 5000, ""),
        ("电焊工", "乙厂", "东风社区", "18-45岁，8:00-17:30，电话客服，月薪5000-8000元，20261231前报名", 5000, ""),
    ]
    done = importing.import_file(store, OPERATOR, "jobs.csv", to_csv(titles, rows), trades, now)
    assert [(one.row, one.column, one.code) for one in done.errors] == [
        (2, "title", "personal"),
        (3, "employer", "personal"),
        (4, "place", "personal"),
        (4, "details", "personal"),
    ]


def test_a_damaged_spreadsheet_is_refused(store: Store, trades: Trades, now: datetime) -> None:
    whole = to_xlsx(TITLES, [WELDER] * 200)
    damaged = [whole[:end] for end in range(0, len(whole), 211)]
    damaged += [whole[:at] + bytes(40) + whole[at + 40 :] for at in range(0, len(whole) - 60, 97)]
    damaged.append(_with_part(whole, "xl/workbook.xml", b"<workbook><unfinished"))
    damaged.append(_with_part(whole, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row><c t='n'><v>x</v>"))
    for content in damaged:
        with contextlib.suppress(BadInput):
            rows_of("jobs.xlsx", content)
    with pytest.raises(BadInput):
        importing.preview(store, OPERATOR, "jobs.xlsx", damaged[-2], trades, now)


def _with_part(book: bytes, name: str, content: bytes) -> bytes:
    """The archive with another content of one part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as before, zipfile.ZipFile(out, "w") as after:
        for part in before.namelist():
            after.writestr(part, content if part == name else before.read(part))
    return out.getvalue()


def test_a_file_that_is_no_table_of_jobs_is_refused(store: Store, trades: Trades, now: datetime) -> None:
    for name, content in (("a.xlsx", b"no zip"), ("a.csv", "甲,乙\n1,2".encode()), ("a.csv", b"")):
        with pytest.raises(BadInput):
            importing.preview(store, OPERATOR, name, content, trades, now)


def test_who_may_not_import_does_not(store: Store, trades: Trades, now: datetime) -> None:
    with pytest.raises(Forbidden):
        importing.preview(store, Actor("b", "auditor"), "jobs.csv", to_csv(TITLES, [WELDER]), trades, now)


@pytest.mark.parametrize(
    ("wish", "titles"),
    [
        (Wish(), ["楼道保洁员", "夜班分拣员", "电焊工"]),
        (Wish(trade="welder"), ["电焊工"]),
        (Wish(no_nights=True), ["楼道保洁员", "电焊工"]),
        (Wish(shift="night"), ["夜班分拣员"]),
        (Wish(pay_from=5000, lodging=True), ["夜班分拣员", "电焊工"]),
        (Wish(place="老街社区"), ["楼道保洁员"]),
        (Wish(words=("保洁",)), ["楼道保洁员"]),
    ],
)
def test_work_is_found_by_what_is_wanted(offered: Store, now: datetime, wish: Wish, titles: list[str]) -> None:
    found = jobs.search(offered, wish, now.date())
    assert ids(found) == titles
    assert found.total == len(titles)
    assert found.given_up == ()


def test_what_comes_nearest_is_offered_with_what_had_to_go(offered: Store, now: datetime) -> None:
    found = jobs.search(offered, Wish(trade="welder", place="老街社区"), now.date())
    assert ids(found) == ["电焊工"]
    assert found.given_up == ("place",)
    assert jobs.search(offered, Wish(trade="teacher"), now.date()).postings == ()


def test_what_is_over_is_not_found_and_goes_in_time(offered: Store, now: datetime) -> None:
    after = now + timedelta(days=31)
    assert jobs.search(offered, Wish(), after.date()).total == 0
    assert jobs.posting(offered, 1, after.date()) is None
    with offered.unit() as unit:
        assert queries.delete_postings_before(unit, after.date(), 100) == 3
        unit.commit()


def test_the_employers_phone_is_in_nothing_that_a_resident_gets(offered: Store, now: datetime) -> None:
    found = jobs.search(offered, Wish(trade="welder"), now.date())
    assert "1234567" not in repr(found)
    assert "1234567" not in repr(jobs.posting(offered, found.postings[0].id, now.date()))


def request_of(store: Store, now: datetime, message: str = "m1") -> ApplicationRequest:
    welder = jobs.search(store, Wish(trade="welder"), now.date()).postings[0]
    return ApplicationRequest(welder.id, "王小明", "13900001234", "talk", message, "zh", "web")


def test_an_application_is_written_once_and_seen_by_staff(offered: Store, now: datetime) -> None:
    made = applications.apply(offered, request_of(offered, now), now)
    assert made.number.startswith("3")
    assert applications.apply(offered, request_of(offered, now), now).number == made.number, "the same message"
    again = applications.apply(offered, request_of(offered, now, "m2"), now)
    assert (again.number, again.joined) == (made.number, True), "the same phone for the same posting"
    (seen,) = applications.waiting(offered, STAFF)
    assert (seen.number, seen.title, seen.contact) == (made.number, "电焊工", "0714-1234567")
    assert (seen.name, seen.phone) == ("王**", "139****1234")
    applications.move(offered, STAFF, made.number, "passed_on", now)
    applications.move(offered, STAFF, made.number, "closed", now)
    for state in ("closed", "passed_on"):
        with pytest.raises(WrongState):
            applications.move(offered, STAFF, made.number, state, now)
    assert applications.waiting(offered, STAFF) == []


def test_nobody_applies_for_what_is_over_or_for_everything(offered: Store, now: datetime) -> None:
    with pytest.raises(NotFound):
        applications.apply(offered, request_of(offered, now), now + timedelta(days=40))
    applications.apply(offered, request_of(offered, now), now)
    other = jobs.search(offered, Wish(trade="cleaner"), now.date()).postings[0]
    one = ApplicationLimits(open_per_phone=1)
    with pytest.raises(TooManyRecords):
        applications.apply(offered, replace(request_of(offered, now, "m2"), posting_id=other.id), now, limits=one)
    stranger = replace(request_of(offered, now, "m3"), posting_id=other.id, phone="13900005678")
    with pytest.raises(TooManyRecords):
        applications.apply(offered, stranger, now, limits=ApplicationLimits(per_conversation=1))


def test_one_client_address_does_not_apply_without_end(offered: Store, now: datetime) -> None:
    first, second = (
        conversations.open_conversation(offered, channel="web", language="zh", now=now, address="203.0.113.9").id
        for _ in range(2)
    )
    applications.apply(offered, replace(request_of(offered, now), conversation_id=first), now)
    other = replace(request_of(offered, now), phone="13900005678", conversation_id=second)
    with pytest.raises(TooManyRecords):
        applications.apply(offered, other, now, limits=ApplicationLimits(per_hour=1))


def test_nobody_learns_what_the_phone_of_another_has_applied_for(offered: Store, now: datetime) -> None:
    made = applications.apply(offered, request_of(offered, now), now)
    asked = applications.apply(offered, replace(request_of(offered, now), conversation_id="of another"), now)
    assert not asked.joined
    assert asked.number != made.number


def test_an_application_is_given_out_and_erased_with_its_phone(offered: Store, now: datetime) -> None:
    made = applications.apply(offered, request_of(offered, now), now)
    shown = residents.export_resident(offered, "13900001234")
    assert shown["job_applications"][0]["number"] == made.number
    residents.erase_resident(offered, "13900001234", now)
    assert applications.waiting(offered, STAFF) == []
