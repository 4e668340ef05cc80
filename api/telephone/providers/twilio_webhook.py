"""The webhooks of Twilio: it asks over HTTP what to do with a call, and brings the sound over a websocket.

What it asks is signed; what it may connect with is a ticket that we gave it a moment before. Neither the ticket nor the
caller's number is ever part of an address.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from typing import Annotated
from xml.etree.ElementTree import Element, SubElement, tostring

from fastapi import APIRouter, Depends, Request, Response, WebSocket

from api.http.problems import Problem, documented
from api.parts import Parts, WithParts, parts_of
from api.telephone.line import CallStarted, News
from api.telephone.media import serve
from api.telephone.providers.asterisk_websocket import number_of
from api.telephone.providers.twilio_stream import TwilioLine

router = APIRouter(
    prefix="/telephony/twilio", responses=documented(400, 403, 404, 405, 413, 422, 429, 500), tags=["telephone"]
)

KEYPAD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
WITHHELD = {"+" + word.translate(KEYPAD) for word in ("ANONYMOUS", "BLOCKED", "RESTRICTED", "UNAVAILABLE", "UNKNOWN")}
"""What Twilio shows for a number that it may not or cannot show: the word, as a telephone's keys spell it."""
MOBILE_DIGITS = 11
AFTER_NOBODY = "after=nobody"


def signature(token: str, url: str, form: Mapping[str, Iterable[str]]) -> str:
    """As Twilio makes it: the address, then every field with its values in order, keyed with our token."""
    fields = "".join(name + value for name in sorted(form) for value in sorted(set(form[name])))
    return base64.b64encode(hmac.new(token.encode(), (url + fields).encode(), hashlib.sha1).digest()).decode()


async def signed_form(request: Request, parts: WithParts) -> dict[str, str]:
    """What Twilio says about the call. Without its token there are no such routes."""
    settings = parts.settings
    if not settings.twilio_auth_token:
        raise Problem(404, "not-found")
    await parts.limits.request(request)
    form = await request.form()
    fields = {name: [value for value in form.getlist(name) if isinstance(value, str)] for name in form}
    query = f"?{request.url.query}" if request.url.query else ""
    address = f"{settings.public_url}{request.url.path}{query}"
    expected = signature(settings.twilio_auth_token.get_secret_value(), address, fields)
    shown = request.headers.get("x-twilio-signature", "")
    if not hmac.compare_digest(shown.encode(), expected.encode()):
        raise Problem(403, "forbidden")
    return {name: values[0] for name, values in fields.items() if values}


SignedForm = Annotated[dict[str, str], Depends(signed_form)]


@router.post("/voice")
async def voice(form: SignedForm, parts: WithParts) -> Response:
    """A call comes in: it is connected to the assistant."""
    return await _assistant(parts, form, "new")


@router.post("/next")
async def what_next(request: Request, form: SignedForm, parts: WithParts) -> Response:
    """The assistant has left the call, or the operator's telephone was rung."""
    if (rung := form.get("DialCallStatus")) is not None:
        return _hang_up() if rung in ("completed", "answered") else await _assistant(parts, form, "nobody")
    what = await parts.expected_calls.what_next(form.get("CallSid", ""))
    if what.order == "goodbye" or (what.order == "lost" and request.url.query == AFTER_NOBODY):
        return _hang_up()
    return _operator(parts) if parts.settings.twilio_operator else await _assistant(parts, form, "nobody")


@router.websocket("/media")
async def media(socket: WebSocket) -> None:
    """One call, after the ticket that its start carries."""
    parts = parts_of(socket)
    try:
        if not parts.settings.twilio_auth_token:
            raise Problem(404, "not-found")
        await parts.limits.request(socket)
    except Problem as refused:
        await socket.send_denial_response(Response(status_code=refused.status))
        return
    await socket.accept()
    await serve(parts, TwilioLine(socket, parts.expected_calls), "twilio", socket)


async def _assistant(parts: Parts, form: Mapping[str, str], news: News) -> Response:
    """Connect the call to us; when we leave, Twilio asks what is next."""
    call = form.get("CallSid", "")
    if not call or len(call) > 100:
        raise Problem(422, "invalid")
    ticket = await parts.expected_calls.announce(CallStarted(call, caller_of(form.get("From", "")), news))
    response = Element("Response")
    after = _url(parts, "next") + (f"?{AFTER_NOBODY}" if news == "nobody" else "")
    connect = SubElement(response, "Connect", action=after)
    stream = SubElement(connect, "Stream", url=_url(parts, "media").replace("https://", "wss://", 1))
    SubElement(stream, "Parameter", name="ticket", value=ticket)
    return _twiml(response)


def _operator(parts: Parts) -> Response:
    """Ring a person; when that is over, Twilio asks again."""
    response, seconds = Element("Response"), str(parts.settings.operator_seconds)
    SubElement(response, "Dial", action=_url(parts, "next"), timeout=seconds).text = parts.settings.twilio_operator
    return _twiml(response)


def _hang_up() -> Response:
    response = Element("Response")
    SubElement(response, "Hangup")
    return _twiml(response)


def caller_of(shown: str) -> str | None:
    """The number as it is dialled within China; None when it is withheld."""
    if shown in WITHHELD:
        return None
    national = shown.removeprefix("+86")
    if national == shown:
        return number_of(shown)
    is_mobile = len(national) == MOBILE_DIGITS and national.startswith("1")
    return number_of(national if is_mobile else f"0{national}")


def _url(parts: Parts, name: str) -> str:
    return f"{parts.settings.public_url}{router.prefix}/{name}"


def _twiml(response: Element) -> Response:
    return Response(tostring(response, encoding="utf-8", xml_declaration=True), media_type="application/xml")
