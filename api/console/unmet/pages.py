"""Wishes that could not be met, beside what is offered and which proposals were adopted; no figure names a person."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from api.console.frame import words
from api.console.frame.render import page
from api.console.frame.session import needs
from api.console.frame.tables import Column, Table
from api.parts import WithParts
from bot.services.audit import audit
from bot.services.staff.staff_sessions import Signed
from bot.services.unmet import unmet
from bot.services.unmet.unmet import Need, UnmetKind

router = APIRouter(prefix="/staff/unmet", include_in_schema=False)

Reads = Annotated[Signed, Depends(needs("unmet.read"))]


@router.get("")
def unmet_wishes(request: Request, parts: WithParts, signed: Reads) -> Response:
    say, language = words.say_in(words.language_of(request)), words.language_of(request)
    columns = (
        Column("about", "unmet.about", lambda row: _about(row, say)),
        Column("community", "unmet.community", lambda row: row.community or say("unmet.anywhere")),
        Column("kind", "unmet.kind", lambda row: row.kind, texts="unmet.kind."),
        Column("people", "unmet.people", lambda row: row.people),
        Column("seniors", "unmet.seniors", lambda row: row.seniors),
        Column(
            "months", "unmet.months", lambda row: "、".join(row.months) if language == "zh" else ", ".join(row.months)
        ),
        Column("offered", "unmet.offered", lambda row: row.offered),
        Column("advice", "unmet.advice", lambda row: _advice(row, say), sortable=False),
        Column("example", "unmet.example", lambda row: say("unmet.is_example") if row.example else ""),
    )
    table = Table(request, columns, caption=say("unmet.title"), empty=say("unmet.empty"), sort="-people")
    table.fill(unmet.needs(parts.store, signed.actor, parts.clock()))
    if table.export:
        signed.actor.must("unmet.export")
        with parts.store.unit() as unit:
            audit.write(unit, signed.actor, "unmet.export", "table", "unmet", parts.clock())
            unit.commit()
        return table.download("unmet")
    return page(request, "unmet/list.html", signed, table=table, projects=unmet.projects(parts.store, signed.actor))


def _about(need: Need, say: words.Say) -> str:
    if need.kind == UnmetKind.UNANSWERED:
        return say(f"unmet.topic.{need.about}") if words.has(f"unmet.topic.{need.about}") else say("unmet.topic.other")
    return say(f"bookings.service.{need.about}")


def _advice(need: Need, say: words.Say) -> str:
    """What would have met the wishes."""
    community = need.community or say("unmet.anywhere")
    return say(
        f"unmet.advice.{need.kind}",
        about=_about(need, say),
        community=community,
        people=need.people,
        places=need.places,
    )
