"""The audit page: what was done, by whom; whether the record is whole; and all of it as a file."""

from datetime import datetime, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from api.console.frame import words
from api.console.frame.days import day_of
from api.console.frame.render import page
from api.console.frame.session import needs
from api.console.frame.tables import Column, Table
from api.parts import Parts, WithParts
from bot.language.words import codes_below
from bot.services.audit import audit, audit_check
from bot.services.audit.audit import AuditFilter, Entry
from bot.services.audit.audit_check import Verdict
from bot.services.staff import staff_accounts
from bot.services.staff.staff_sessions import Signed

router = APIRouter(prefix="/staff/audit", include_in_schema=False)

Reads = Annotated[Signed, Depends(needs("audit.read"))]
Exports = Annotated[Signed, Depends(needs("audit.export"))]
MOST_PROBLEMS = 200


def columns(logins: dict[str, str], say: words.Say) -> tuple[Column, ...]:
    """`logins` by account id; others, such as "cli", are shown as they are. So are actions that have no text."""

    def named(kind: str, code: str) -> str:
        name = f"audit.{kind}.{code}"
        return say(name) if words.has(name) else code

    def details(row: Entry) -> str:
        return " ".join(f"{name}={value}" for name, value in row.details.items() if value)

    return (
        Column("seq", "audit.seq", lambda row: row.seq),
        Column("at", "audit.at", lambda row: row.at, sortable=False),
        Column("actor", "audit.actor", lambda row: logins.get(row.actor, row.actor), sortable=False),
        Column("role", "audit.role", lambda row: row.role, texts="role.", sortable=False),
        Column("action", "audit.action", lambda row: named("action", row.action), sortable=False),
        Column("subject_kind", "audit.subject_kind", lambda row: named("kind", row.subject_kind), sortable=False),
        Column(
            "subject_id", "audit.subject_id", lambda row: logins.get(row.subject_id, row.subject_id), sortable=False
        ),
        Column("details", "audit.details", details, sortable=False),
        Column("reason", "audit.reason", lambda row: row.reason, sortable=False),
    )


@router.get("")
def entries(request: Request, parts: WithParts, signed: Reads) -> Response:
    table, wanted = _table(request, parts), filter_of(request, parts)
    rows, total = audit.page_of(
        parts.store, wanted, offset=table.offset, limit=table.limit, newest_first=table.descending
    )
    table.fill_page(rows, total)
    if table.export:
        signed.actor.must("audit.export")
        note_export(parts, signed, table.export)
        return table.download("audit")
    return _page(request, parts, signed, table, None)


@router.post("/verify")
def verify(request: Request, parts: WithParts, signed: Reads) -> Response:
    verdict = audit_check.verify(parts.store)
    note_check(parts, signed, verdict)
    table = _table(request, parts)
    rows, total = audit.page_of(parts.store, AuditFilter(), offset=0, limit=table.limit)
    return _page(request, parts, signed, table.fill_page(rows, total), verdict)


def filter_of(request: Request, parts: Parts) -> AuditFilter:
    query = request.query_params
    actor = query.get("actor", "").strip()
    by_login = {view.login: view.id for view in staff_accounts.list_accounts(parts.store, parts.clock())}
    return AuditFilter(
        actor=by_login.get(actor, actor),
        action=query.get("action", "").strip(),
        subject=by_login.get(query.get("subject", "").strip(), query.get("subject", "").strip()),
        since=_day(query.get("since", ""), parts),
        until=_day(query.get("until", ""), parts, days=1),
    )


def note_export(parts: Parts, signed: Signed, kind: str) -> None:
    with parts.store.unit() as unit:
        audit.write(unit, signed.actor, "audit.export", "table", "audit", parts.clock(), details={"as": kind})
        unit.commit()


def note_check(parts: Parts, signed: Signed, verdict: Verdict) -> None:
    found = {"checked": verdict.checked, "problems": len(verdict.problems)}
    with parts.store.unit() as unit:
        audit.write(unit, signed.actor, "audit.verify", "table", "audit", parts.clock(), details=found)
        unit.commit()


def _table(request: Request, parts: Parts) -> Table:
    say = words.say_in(words.language_of(request))
    logins = {view.id: view.login for view in staff_accounts.list_accounts(parts.store, parts.clock())}
    return Table(
        request,
        columns(logins, say),
        caption=say("audit.title"),
        empty=say("audit.empty"),
        sort="-seq",
        path="/staff/audit",
    )


def _page(request: Request, parts: Parts, signed: Signed, table: Table, verdict: Verdict | None) -> Response:
    asked = {name: request.query_params.get(name, "") for name in ("actor", "action", "subject", "since", "until")}
    shown = verdict.problems[:MOST_PROBLEMS] if verdict else ()
    say, prefix = words.say_in(words.language_of(request)), "audit.action."
    known = [(code, say(prefix + code)) for code in codes_below(prefix)]
    return page(
        request,
        "audit/list.html",
        signed,
        table=table,
        asked=asked,
        actions=[("", say("frame.all")), *known],
        verdict=verdict,
        problems=shown,
    )


def _day(text: str, parts: Parts, *, days: int = 0) -> datetime | None:
    day = day_of(text)
    return datetime.combine(day, time(), parts.clock().tzinfo) + timedelta(days=days) if day else None
