"""Conversations: found, read masked, listened to, labelled, noted."""

from datetime import datetime, time
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from api.console.frame import words
from api.console.frame.days import day_of
from api.console.frame.failures import said_of
from api.console.frame.render import done, page
from api.console.frame.session import needs
from api.console.frame.tables import Column, Table
from api.parts import Parts, WithParts
from bot.errors import BadInput
from bot.services.audit import audit
from bot.services.knowledge import page_versions
from bot.services.learning import review
from bot.services.learning.reader_examples import DANGERS, acts_after
from bot.services.learning.review import CHANNELS, DETAILS, VERDICTS, Found, Wanted, outcomes
from bot.services.staff import staff_accounts
from bot.services.staff.staff_sessions import Signed
from bot.turns import GOALS

router = APIRouter(prefix="/staff/conversations", include_in_schema=False)

Reads = Annotated[Signed, Depends(needs("conversations.read"))]
Reviews = Annotated[Signed, Depends(needs("conversations.review"))]
Listens = Annotated[Signed, Depends(needs("conversations.listen"))]
Word = Annotated[str, Form()]
FILTERS = (
    "words", "since", "until", "channel", "language", "goal", "sure_below", "outcome", "rating", "handed_over",
    "misunderstood", "helped", "label",
)  # fmt: skip


def _confidence(row: Found) -> str:
    return "" if row.least_sure is None else f"{row.least_sure:.2f}"


COLUMNS = (
    Column("opened", "conversations.opened", lambda r: r.opened, link=lambda r: f"/staff/conversations/{r.id}"),
    Column("first_words", "conversations.first_words", lambda r: r.first_words, sortable=False),
    Column("channel", "conversations.channel", lambda r: r.channel, texts="conversations.channel."),
    Column("turns", "conversations.turns", lambda r: r.turns),
    Column("least_sure", "conversations.least_sure", _confidence),
    Column("misunderstood", "conversations.misunderstood", lambda r: r.misunderstood),
    Column("rating", "conversations.rating", lambda r: r.rating),
    Column("labelled", "conversations.labelled", lambda r: r.labelled),
)


@router.get("")
def conversations(request: Request, parts: WithParts, signed: Reads) -> Response:
    say = _say(request)
    table = Table(
        request, COLUMNS, caption=say("conversations.title"), empty=say("conversations.empty"), sort="-opened"
    )
    if table.export:
        signed.actor.must("conversations.export")
    rows, total = review.search(
        parts.store,
        signed.actor,
        wanted_of(request, parts),
        sort=table.sort,
        descending=table.descending,
        offset=table.offset,
        limit=table.limit,
    )
    table.fill_page(rows, total)
    if table.export:
        with parts.store.unit() as unit:
            audit.write(unit, signed.actor, "conversation.export", "table", "conversations", parts.clock())
            unit.commit()
        return table.download("conversations")
    asked = {name: request.query_params.get(name, "") for name in FILTERS}
    return page(request, "conversations/list.html", signed, table=table, asked=asked, options=_options(say))


@router.get("/{conversation_id}")
def conversation(request: Request, parts: WithParts, signed: Reads, conversation_id: str) -> Response:
    return _transcript(request, parts, signed, conversation_id, "")


@router.get("/{conversation_id}/turns/{turn_id}/sound")
def sound(parts: WithParts, signed: Listens, conversation_id: str, turn_id: str) -> Response:
    flac = review.recording(parts.store, signed.actor, conversation_id, turn_id, parts.clock())
    return Response(flac, media_type="audio/flac", headers={"Cache-Control": "no-store"})


@router.post("/{conversation_id}/turns/{turn_id}/label")
def label(
    request: Request,
    parts: WithParts,
    signed: Reviews,
    conversation_id: str,
    turn_id: str,
    verdict: Word = "",
    goal: Word = "",
    detail: Word = "",
    right_page: Word = "",
    danger: Word = "",
    act: Word = "",
    note: Word = "",
) -> Response:
    given = {"verdict": verdict, "goal": goal, "detail": detail, "page": right_page.strip(), "note": note.strip()}
    given |= {"danger": danger, "act": act}
    try:
        became = review.label(
            parts.store, signed.actor, conversation_id, turn_id, parts.clock(), **checked(parts, given)
        )
    except BadInput as error:
        return _transcript(request, parts, signed, conversation_id, said_of(error, _say(request)), turn_id)
    return done(f"/staff/conversations/{conversation_id}", f"conversations.said.{became}")


@router.post("/{conversation_id}/notes")
def note(request: Request, parts: WithParts, signed: Reviews, conversation_id: str, text: Word = "") -> Response:
    try:
        review.add_note(parts.store, signed.actor, conversation_id, text, parts.clock())
    except BadInput as error:
        return _transcript(request, parts, signed, conversation_id, said_of(error, _say(request)))
    return done(f"/staff/conversations/{conversation_id}", "conversations.said.note")


def checked(parts: Parts, given: dict[str, str]) -> dict[str, str]:
    """A page that is named must exist. Raises BadInput."""
    known = {page_id for page_id, _ in page_versions.titles(parts.store, "zh")}
    if given["page"] and given["page"] not in known:
        raise BadInput("page")
    return given


def wanted_of(request: Request, parts: Parts) -> Wanted:
    """What the address asks for; what cannot be is left out."""
    query = request.query_params
    since, until = review.whole_days(_day(query.get("since", ""), parts), _day(query.get("until", ""), parts))
    return Wanted(
        words=review.search_words(query.get("words", "")[:200]),
        since=since,
        until=until,
        channel=query.get("channel", ""),
        language=query.get("language", ""),
        goal=query.get("goal", ""),
        sure_below=_share(query.get("sure_below", "")),
        outcome=query.get("outcome", ""),
        rating=int(query["rating"]) if query.get("rating", "") in ("1", "2", "3", "4", "5") else None,
        handed_over=_yes_no(query.get("handed_over", "")),
        misunderstood=_yes_no(query.get("misunderstood", "")),
        helped=_yes_no(query.get("helped", "")),
        label=query.get("label", ""),
    )


def _transcript(
    request: Request, parts: Parts, signed: Signed, conversation_id: str, wrong: str, wrong_turn: str = ""
) -> Response:
    """`wrong_turn`: of the label that was refused."""
    say, language = _say(request), words.language_of(request)
    view = review.transcript(parts.store, signed.actor, conversation_id, parts.clock())
    accounts = staff_accounts.list_accounts(parts.store, parts.clock())
    return page(
        request,
        "conversations/transcript.html",
        signed,
        status=422 if wrong else 200,
        conversation=view,
        wrong=wrong,
        wrong_turn=wrong_turn,
        logins={one.id: one.login for one in accounts},
        names={one.id: one.name for one in accounts},
        verdicts=[(one, say(f"conversations.verdict.{one}")) for one in VERDICTS],
        goals=[("", "—"), *((one, say(f"goal.{one}")) for one in GOALS)],
        details=[("", "—"), *((one, say(f"detail.{one}")) for one in DETAILS)],
        dangers=[("", "—"), *((one, say(f"conversations.danger.{one}")) for one in DANGERS)],
        acts=lambda asked: [("", "—"), *((one, say(f"conversations.act.{one}")) for one in acts_after(asked))],
        pages=page_versions.titles(parts.store, language),
    )


def _options(say: words.Say) -> dict[str, list[tuple[str, str]]]:
    every = ("", say("frame.all"))
    yes_no = [every, ("yes", say("frame.yes")), ("no", say("frame.no"))]
    return {
        "channel": [every, *((one, say(f"conversations.channel.{one}")) for one in CHANNELS)],
        "language": [every, *((one, say(f"frame.language.{one}")) for one in words.LANGUAGES)],
        "goal": [every, *((one, say(f"goal.{one}")) for one in GOALS)],
        "sure_below": [every, *((one, f"< {one}") for one in ("0.35", "0.5", "0.7", "0.9"))],
        "outcome": [every, *((one, say(f"conversations.outcome.{one}")) for one in outcomes())],
        "rating": [every, *((str(one), f"≤ {one}") for one in range(1, 6))],
        "handed_over": yes_no,
        "misunderstood": yes_no,
        "helped": [every, ("yes", say("conversations.helped.yes")), ("no", say("conversations.helped.no"))],
        "label": [every, ("none", say("conversations.label.none"))]
        + [(one, say(f"conversations.verdict.{one}")) for one in VERDICTS],
    }


def _say(request: Request) -> words.Say:
    return words.say_in(words.language_of(request))


def _yes_no(text: str) -> bool | None:
    return {"yes": True, "no": False}.get(text)


def _share(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None


def _day(text: str, parts: Parts) -> datetime | None:
    day = day_of(text)
    return datetime.combine(day, time(), parts.clock().tzinfo) if day else None
