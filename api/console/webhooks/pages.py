"""Systems of others that are told what happens: who they are, and what did not reach them."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from api.console.frame import words
from api.console.frame.failures import said_of
from api.console.frame.render import done, page
from api.console.frame.session import needs
from api.parts import Parts, WithParts
from bot.errors import BadInput
from bot.services.staff.staff_sessions import Signed
from bot.services.webhooks import partner_keys, receivers
from bot.services.webhooks.receivers import EVENT_KINDS, Wanted

router = APIRouter(prefix="/staff/webhooks", include_in_schema=False)

Reads = Annotated[Signed, Depends(needs("webhooks.read"))]
Manages = Annotated[Signed, Depends(needs("webhooks.manage"))]
Word = Annotated[str, Form()]
HOME = "/staff/webhooks"


@router.get("")
def listing(request: Request, parts: WithParts, signed: Reads) -> Response:
    return _page(request, parts, signed)


@router.post("/new")
def add(
    request: Request,
    parts: WithParts,
    signed: Manages,
    name: Word = "",
    url: Word = "",
    kinds: Annotated[list[str] | None, Form()] = None,
    personal: Word = "",
) -> Response:
    """The secret is shown on the page that follows, and never again."""
    wanted = Wanted(name, url, kinds or (), personal == "yes")
    try:
        secret = receivers.add(parts.store, signed.actor, wanted, parts.clock())
    except BadInput as error:
        wrong = said_of(error, words.say_in(words.language_of(request)))
        return _page(request, parts, signed, wrong=wrong, status=422)
    return _page(request, parts, signed, secret=secret)


@router.post("/partners/new")
def new_partner(request: Request, parts: WithParts, signed: Manages, partner: Word = "") -> Response:
    """The key is shown on the page that follows, and never again."""
    try:
        key = partner_keys.add(parts.store, signed.actor, partner, parts.clock())
    except BadInput as error:
        wrong = said_of(error, words.say_in(words.language_of(request)))
        return _page(request, parts, signed, wrong=wrong, status=422)
    return _page(request, parts, signed, key=key)


@router.post("/partners/{key_id}/end")
def end_partner(parts: WithParts, signed: Manages, key_id: int) -> Response:
    return _deed(lambda: partner_keys.end(parts.store, signed.actor, key_id, parts.clock()))


@router.post("/letters/again")
def all_again(parts: WithParts, signed: Manages) -> Response:
    receivers.send_again(parts.store, signed.actor, parts.clock())
    return done(HOME, "webhooks.said.again")


@router.post("/letters/{letter}/again")
def again(parts: WithParts, signed: Manages, letter: int) -> Response:
    receivers.send_again(parts.store, signed.actor, parts.clock(), delivery_id=letter)
    return done(HOME, "webhooks.said.again")


@router.post("/letters/{letter}/drop")
def drop(parts: WithParts, signed: Manages, letter: int) -> Response:
    receivers.drop(parts.store, signed.actor, letter, parts.clock())
    return done(HOME, "webhooks.said.dropped")


@router.post("/{receiver}/secret")
def new_secret(request: Request, parts: WithParts, signed: Manages, receiver: int) -> Response:
    secret = receivers.new_secret(parts.store, signed.actor, receiver, parts.clock())
    return _page(request, parts, signed, secret=secret)


@router.post("/{receiver}/on")
def switch_on(parts: WithParts, signed: Manages, receiver: int) -> Response:
    return _deed(lambda: receivers.switch(parts.store, signed.actor, receiver, parts.clock(), active=True))


@router.post("/{receiver}/off")
def switch_off(parts: WithParts, signed: Manages, receiver: int) -> Response:
    return _deed(lambda: receivers.switch(parts.store, signed.actor, receiver, parts.clock(), active=False))


@router.post("/{receiver}/allow")
def allow(parts: WithParts, signed: Manages, receiver: int) -> Response:
    return _deed(lambda: receivers.allow_personal(parts.store, signed.actor, receiver, parts.clock(), allowed=True))


@router.post("/{receiver}/forbid")
def forbid(parts: WithParts, signed: Manages, receiver: int) -> Response:
    return _deed(lambda: receivers.allow_personal(parts.store, signed.actor, receiver, parts.clock(), allowed=False))


@router.post("/{receiver}/remove")
def remove(parts: WithParts, signed: Manages, receiver: int) -> Response:
    return _deed(lambda: receivers.remove(parts.store, signed.actor, receiver, parts.clock()))


@router.post("/{receiver}/test")
def try_out(parts: WithParts, signed: Manages, receiver: int) -> Response:
    receivers.try_out(parts.store, signed.actor, receiver, parts.clock())
    return done(HOME, "webhooks.said.tried")


def _deed(deed: Callable[[], None]) -> Response:
    deed()
    return done(HOME, "webhooks.said.done")


def _page(
    request: Request,
    parts: Parts,
    signed: Signed,
    *,
    secret: str = "",
    key: str = "",
    wrong: str = "",
    status: int = 200,
) -> Response:
    return page(
        request,
        "webhooks/list.html",
        signed,
        status=status,
        receivers=receivers.listed(parts.store, signed.actor),
        letters=receivers.dead_letters(parts.store, signed.actor),
        kinds=EVENT_KINDS,
        partners=partner_keys.listed(parts.store, signed.actor),
        open311=parts.settings.open311,
        key=key,
        secret=secret,
        wrong=wrong,
    )
