"""Open311 GeoReport v2: our cases as requests without persons, and requests of other systems as cases.

`/open311/v2/services|requests|tokens….xml|json`. Reading needs no key; filing needs the key of a partner. Whoever has no key
is told days, not minutes: so few cases have the same minute that a neighbour might know whose it was.
"""

import hashlib
import math
from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from api.parts import Parts, WithParts
from api.public import open311_format as formats
from bot import wiring
from bot.errors import Refusal
from bot.language import words
from bot.language.times import HERE
from bot.services.cases import cases, public_cases
from bot.services.cases.cases import FROM_OTHERS, ComplaintRequest
from bot.services.cases.public_cases import PublicCase, PublicFilter
from bot.services.kernel.hoarding import CaseLimits
from bot.services.kernel.phones import plain_phone
from bot.services.webhooks import partner_keys
from bot.services.webhooks.partner_keys import Partner
from bot.turns import CATEGORIES

NOT_FOR_OTHERS = "staff_conduct"
LONGEST_TEXT = 4000
LONGEST_PLACE = 200
MOST_IDS = 50
FIRST_YEAR, LAST_YEAR = 2000, 2100
"""Near the ends of the calendar nothing can be reckoned."""
OPEN_CASES = 5000
"""Of one partner, who files for a whole city."""
WHEN = "when"
"""The one attribute that a service has."""


def _switched_on(parts: WithParts) -> None:
    if not parts.settings.open311:
        raise HTTPException(404)


pages = APIRouter(prefix="/open311", include_in_schema=False, dependencies=[Depends(_switched_on)])


@pages.get("/discovery.{form}")
def discovery(parts: WithParts, form: str) -> Response:
    if form not in formats.FORMATS:
        return formats.error(form, 404, "format")
    endpoint = {
        "specification": "http://wiki.open311.org/GeoReport_v2",
        "url": f"{parts.settings.public_url}/open311/v2",
        "type": "production",
        "formats": [{"format": "text/xml"}, {"format": "application/json"}],
    }
    return formats.one(form, "discovery", {"contact": words.text("open311.contact", "zh"), "endpoints": [endpoint]})


@pages.get("/v2/services.{form}")
def services(form: str) -> Response:
    if form not in formats.FORMATS:
        return formats.error(form, 404, "format")
    return formats.listed(form, "services", "service", [_service(code) for code in _codes()])


@pages.get("/v2/services/{code}.{form}")
def definition(code: str, form: str) -> Response:
    if form not in formats.FORMATS or code not in _codes():
        return formats.error(form, 404, "service_code")
    attribute = {
        "variable": True,
        "code": WHEN,
        "datatype": "string",
        "required": False,
        "datatype_description": words.text("open311.when.hint", "zh"),
        "order": 1,
        "description": words.text("open311.when", "zh"),
        "values": [],
    }
    return formats.one(form, "service_definition", {"service_code": code, "attributes": [attribute]})


@pages.get("/v2/requests.{form}")
def requests(request: Request, parts: WithParts, form: str) -> Response:
    if form not in formats.FORMATS:
        return formats.error(form, 404, "format")
    asked = request.query_params
    try:
        wanted = _filter(asked)
    except ValueError as error:
        return formats.error(form, 400, str(error))
    partner = partner_keys.find(parts.store, asked.get("api_key", ""))
    found = public_cases.found(parts.store, wanted, parts.clock())
    rows = [_request(one, exact=partner is not None) for one in found]
    return formats.listed(form, "service_requests", "request", rows)


@pages.get("/v2/requests/{public_id}.{form}")
def one_request(request: Request, parts: WithParts, public_id: str, form: str) -> Response:
    found = public_cases.found(parts.store, PublicFilter(ids=(public_id,)), parts.clock())
    if form not in formats.FORMATS or not found:
        return formats.error(form, 404, "service_request_id")
    partner = partner_keys.find(parts.store, request.query_params.get("api_key", ""))
    return formats.listed(form, "service_requests", "request", [_request(found[0], exact=partner is not None)])


@pages.get("/v2/tokens/{token}.{form}")
def token(parts: WithParts, token: str, form: str) -> Response:
    """Every service is realtime, so that nobody is given a token: whoever asks with the id gets it back."""
    if form not in formats.FORMATS or not public_cases.found(parts.store, PublicFilter(ids=(token,)), parts.clock()):
        return formats.error(form, 404, "token")
    return formats.listed(form, "service_requests", "request", [{"service_request_id": token, "token": token}])


@pages.post("/v2/requests.{form}")
async def file(request: Request, parts: WithParts, form: str) -> Response:
    """The same again on the same day is the same case: a client that lost our answer may repeat it."""
    if form not in formats.FORMATS:
        return formats.error(form, 404, "format")
    sent = {name: value.strip() for name, value in (await request.form()).items() if isinstance(value, str)}
    partner = await run_in_threadpool(partner_keys.find, parts.store, sent.pop("api_key", "") or _header(request))
    if partner is None:
        return formats.error(form, 403, "api_key")
    await parts.limits.partner(partner.id)
    now = parts.clock()
    try:
        wanted = _complaint(sent, partner, now)
    except ValueError as error:
        return formats.error(form, 400, str(error))
    try:
        filed = await run_in_threadpool(_file, parts, wanted, now)
    except Refusal as refusal:
        return formats.error(form, 400, refusal.code)
    alarm = await parts.dialogue.alarm_in(wanted.text)
    notice = words.text("open311.notice", "zh", until=filed.respond_by.astimezone(HERE).strftime("%Y-%m-%d %H:%M"))
    if alarm is not None and alarm.sure:
        notice = parts.words.reply(f"utter_emergency_{alarm.kind}", "zh").text
    row = {"service_request_id": filed.public_id, "service_notice": notice, "account_id": None}
    return formats.listed(form, "service_requests", "request", [row], status=201)


def _file(parts: Parts, wanted: ComplaintRequest, now: datetime) -> cases.Case:
    limits = CaseLimits(parts.settings.cases_per_phone, OPEN_CASES)
    return cases.file_case(parts.store, wanted, now, targets=wiring.targets(), limits=limits)


def _header(request: Request) -> str:
    return request.query_params.get("api_key", "")


def _codes() -> list[str]:
    return [code for code in CATEGORIES if code != NOT_FOR_OTHERS]


def _service(code: str) -> dict[str, Any]:
    return {
        "service_code": code,
        "service_name": words.text(f"cases.category.{code}", "zh"),
        "description": words.text(f"cases.category.{code}", "en"),
        "metadata": True,
        "type": "realtime",
        "keywords": words.text(f"cases.category.{code}", "en").lower(),
        "group": words.text("open311.group", "zh"),
    }


def _request(case: PublicCase, *, exact: bool) -> dict[str, Any]:
    return {
        "service_request_id": case.id,
        "status": "open" if case.is_open else "closed",
        "status_notes": words.text(f"cases.state.{case.state}", "zh"),
        "service_name": words.text(f"cases.category.{case.category}", "zh"),
        "service_code": case.category,
        "description": None,
        "agency_responsible": case.department,
        "service_notice": None,
        "requested_datetime": _moment(case.filed, exact),
        "updated_datetime": _moment(case.updated, exact),
        "expected_datetime": _moment(case.settle_by, exact),
        "address": case.community,
        "address_id": None,
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": None,
    }


def _moment(at: datetime, exact: bool) -> str:
    at = at.astimezone(HERE)
    return (at if exact else datetime.combine(at.date(), time(), at.tzinfo)).isoformat(timespec="seconds")


def _filter(asked: Mapping[str, str]) -> PublicFilter:
    """Raises ValueError with the name of what is wrong."""
    ids = [one for one in asked.get("service_request_id", "").split(",") if one]
    if len(ids) > MOST_IDS:
        raise ValueError("service_request_id")
    states = {one for one in asked.get("status", "").split(",") if one}
    if not states <= {"open", "closed"}:
        raise ValueError("status")
    is_open = "open" in states if len(states) == 1 else None
    codes = [one for one in asked.get("service_code", "").split(",") if one]
    return PublicFilter(ids, codes, is_open, _day(asked, "start_date"), _day(asked, "end_date"))


def _day(asked: Mapping[str, str], name: str) -> datetime | None:
    """A moment with its zone, as the specification wants it."""
    if not asked.get(name):
        return None
    try:
        at = datetime.fromisoformat(asked[name].replace(" ", "+"))  # a plus that was not escaped arrives as a blank
        at = at.astimezone(HERE) if at.tzinfo else at.replace(tzinfo=HERE)
    except (ValueError, OverflowError):
        raise ValueError(name) from None
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise ValueError(name)
    return at


def _complaint(sent: Mapping[str, str], partner: Partner, now: datetime) -> ComplaintRequest:
    """Raises ValueError with the name of what is missing or wrong."""
    code = sent.get("service_code", "")
    if code not in _codes():
        raise ValueError("service_code")
    place = sent.get("address_string") or sent.get("address_id") or _point(sent)
    if not place or len(place) > LONGEST_PLACE:
        raise ValueError("address_string")
    text = sent.get("description", "")
    if when := sent.get(f"attribute[{WHEN}]", ""):
        text = f"{text} {words.text('open311.when.said', 'zh', when=when)}".strip()
    if not text or len(text) > LONGEST_TEXT:
        raise ValueError("description")
    phone = plain_phone(sent.get("phone", ""))
    if phone and not 5 <= len(phone) <= 20:
        raise ValueError("phone")
    name = f"{sent.get('last_name', '')}{sent.get('first_name', '')}"[:60]
    same = hashlib.sha256("\0".join([f"{now:%Y%m%d}", *(f"{one}={sent[one]}" for one in sorted(sent))]).encode())
    return ComplaintRequest(
        category=code,
        place=place,
        text=text,
        anonymous=not (name or phone),
        name=name or None,
        phone=phone or None,
        conversation_id=f"{FROM_OTHERS}-{partner.id}",
        client_message_id=same.hexdigest(),
        language="zh",
        channel=FROM_OTHERS,
    )


def _point(sent: Mapping[str, str]) -> str:
    """Latitude and longitude as words; empty where there is no such point on earth."""
    try:
        lat, long = float(sent.get("lat", "")), float(sent.get("long", ""))
    except ValueError:
        return ""
    on_earth = math.isfinite(lat) and math.isfinite(long) and abs(lat) <= 90 and abs(long) <= 180
    return f"{lat:.6f}, {long:.6f}" if on_earth else ""
