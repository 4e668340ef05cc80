"""The inbox: list and detail beside each other, tabs with counts, and what is done to many things at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any
from urllib.parse import parse_qs, urlencode

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from api.console.frame import words
from api.console.frame.render import address_of, done, page
from api.console.frame.session import needs
from api.console.frame.topics import panes
from api.parts import Parts, WithParts
from bot.errors import BadInput, NotFound
from bot.services.inbox import inbox
from bot.services.inbox.inbox import Filter, Line
from bot.services.staff.staff_sessions import Signed

MOST_SHOWN = 100
TONES = {"green": "good", "yellow": "warn", "red": "bad", "none": "plain"}
KEPT = ("source", "light", "who", "q", "order")
"""What of an address is a view."""

router = APIRouter(prefix="/staff/inbox", include_in_schema=False)

Reads = Annotated[Signed, Depends(needs("inbox.read"))]
Works = Annotated[Signed, Depends(needs("inbox.work"))]
Word = Annotated[str, Form()]


@dataclass(frozen=True)
class Tab:
    title: str
    query: str
    count: int
    current: bool
    view: int | None = None
    """Id of a kept view."""


@router.get("")
def shown(request: Request, parts: WithParts, signed: Reads) -> Response:
    return _inbox(request, parts, signed)


@router.post("/do")
def do(
    request: Request,
    parts: WithParts,
    signed: Works,
    deed: Word = "",
    undo: Word = "",
    onward: Word = "",
    items: Annotated[list[str], Form()] = [],  # noqa: B006
) -> Response:
    """`onward` is the thing to show afterwards; without it the one that was shown stays."""
    back = address_of(request)
    query = {name: one[-1] for name, one in parse_qs(back.partition("?")[2]).items() if name in (*KEPT, "item")}
    if onward:
        query["item"] = onward
    try:
        came = inbox.do(parts.store, signed.actor, deed, items, parts.clock(), undo=bool(undo))
    except BadInput:
        return done(_address(query), "inbox.said.nothing_chosen")
    if came.done and not undo:
        query |= {"did": deed, "of": ",".join(came.done)}
    if came.refused:
        return done(_address(query), "inbox.said.some_refused" if came.done else "inbox.said.refused")
    return done(_address(query), "inbox.said.undone" if undo else "")


@router.post("/views")
def keep(request: Request, parts: WithParts, signed: Works, name: Word = "", query: Word = "") -> Response:
    asked = {key: one[-1] for key, one in parse_qs(query).items() if key in KEPT}
    try:
        inbox.keep_view(parts.store, signed.actor, name, urlencode(asked))
    except BadInput:
        return done(_address(asked), "inbox.said.view_refused")
    return done(_address(asked), "inbox.said.view_kept")


@router.post("/views/{view_id}/forget")
def forget(parts: WithParts, signed: Works, view_id: str) -> Response:
    number = int(view_id) if view_id.isascii() and view_id.isdigit() and len(view_id) < 10 else -1
    inbox.forget_view(parts.store, signed.actor, number)
    return done("/staff/inbox", "inbox.said.view_forgotten")


def _inbox(request: Request, parts: Parts, signed: Signed) -> Response:
    def asked(name: str) -> str:
        return request.query_params.get(name, "")

    now, say = parts.clock(), words.say_in(words.language_of(request))
    mark = inbox.pulse(parts.store, signed.actor)  # before the list: what comes between is told once more
    every, wanted = inbox.everything(parts.store, signed.actor, now), inbox.checked(asked)
    lines = inbox.narrowed(every, wanted)
    pane = None if asked("part") == "list" else _pane(request, parts, signed, asked("item"), lines)
    return page(
        request,
        "inbox/inbox.html",
        signed,
        **(pane["values"] if pane else {}),
        lines=lines[:MOST_SHOWN],
        total=len(lines),
        most=MOST_SHOWN,
        tabs=_tabs(say, parts, signed, every, wanted),
        wanted=wanted,
        query=urlencode(_query(wanted)),
        lamps=TONES,
        age=lambda at: _age(say, now - at),
        mark=mark,
        item=asked("item"),
        pane=pane,
        at=lambda **changes: _address(_query(wanted) | changes),
        lights=[("", say("frame.all")), *((one, say(f"cases.light.{one}")) for one in TONES)],
        whose=[("", say("frame.all")), ("me", say("inbox.who.me")), ("nobody", say("inbox.who.nobody"))],
        orders=[(one, say(f"inbox.order.{one}")) for one in inbox.ORDERS],
        bulk=_bulk(signed, wanted),
        undone=_undo(signed, asked("did"), asked("of")),
    )


def _tabs(say: words.Say, parts: Parts, signed: Signed, every: Sequence[Line], wanted: Filter) -> list[Tab]:
    sources = inbox.sources(signed.actor)
    built_in = [
        ("inbox.tab.all", Filter()),
        ("inbox.tab.mine", Filter(who="me")),
        ("inbox.tab.red", Filter(light="red")),
        *((f"inbox.source.{name}", Filter(source=name)) for name in sources),
    ]
    found = [
        Tab(say(title), urlencode(_query(one)), len(inbox.narrowed(every, one)), _query(one) == _query(wanted))
        for title, one in built_in
    ]
    for view in inbox.views(parts.store, signed.actor):
        kept = {name: one[-1] for name, one in parse_qs(view.query).items()}
        narrowed = inbox.checked(lambda name, kept=kept: kept.get(name, ""))  # type: ignore[misc]
        count = len(inbox.narrowed(every, narrowed))
        found.append(Tab(view.name, view.query, count, _query(narrowed) == _query(wanted), view.id))
    return found


def _pane(request: Request, parts: Parts, signed: Signed, key: str, lines: Sequence[Line]) -> dict[str, Any] | None:
    """The thing that is shown beside the list; None where none is chosen, or what was chosen is gone."""
    source, _, number = key.partition(":")
    if source not in inbox.sources(signed.actor) or source not in panes():
        return None
    keys = [line.item.key for line in lines[:MOST_SHOWN]]
    place = keys.index(key) if key in keys else -1
    pane = panes()[source]
    try:
        values = pane.values(request, parts, signed, number)
    except NotFound:
        return None
    return {
        "key": key,
        "line": lines[place] if place >= 0 else None,
        "template": pane.template,
        "values": values,
        "onward": next(iter(keys[place + 1 :]), "") if place >= 0 else next(iter(keys), ""),
        "acts": [
            name
            for name, act in inbox.acts(inbox.sources(signed.actor)[source]).items()
            if signed.actor.may(act.permission)
        ],
    }


def _bulk(signed: Signed, wanted: Filter) -> list[str]:
    """What can be done to several things of this view at once."""
    chosen = [one for name, one in inbox.sources(signed.actor).items() if wanted.source in ("", name)]
    found = ["claim", "release"]
    for source in chosen:
        found += [name for name, act in source.acts.items() if act.undo and signed.actor.may(act.permission)]
    return list(dict.fromkeys(found))


def _undo(signed: Signed, deed: str, of: str) -> dict[str, Any] | None:
    """The button that takes back what was just done, where that can be."""
    keys = [one for one in of.split(",") if one][: inbox.MOST_AT_ONCE]
    if not keys or not deed.isidentifier():
        return None
    source = keys[0].partition(":")[0]
    there = inbox.sources(signed.actor)
    known = inbox.acts(there[source]) if source in there else {}
    if deed not in known:
        return None
    return {"deed": deed, "keys": keys, "can": known[deed].undo is not None, "seconds": inbox.UNDO_FOR.seconds}


def _query(wanted: Filter) -> dict[str, str]:
    order = "" if wanted.order == inbox.ORDERS[0] else wanted.order
    values = {"source": wanted.source, "light": wanted.light, "who": wanted.who, "q": wanted.words, "order": order}
    return {name: value for name, value in values.items() if value}


def _address(query: dict[str, Any]) -> str:
    kept = {name: value for name, value in query.items() if value}
    return f"/staff/inbox?{urlencode(kept)}" if kept else "/staff/inbox"


def _age(say: words.Say, waited: timedelta) -> str:
    minutes = max(0, int(waited.total_seconds()) // 60)
    if minutes < 60:
        return say("inbox.age.minutes", count=minutes)
    if minutes < 48 * 60:
        return say("inbox.age.hours", count=minutes // 60)
    return say("inbox.age.days", count=minutes // (24 * 60))
