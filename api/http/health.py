"""Does the process live, do all its parts answer, and how is it doing."""

import asyncio
from collections.abc import Awaitable, Callable

import httpx
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from api.http.problems import Problem, documented
from api.parts import Parts, WithParts
from bot.errors import AssistantError

router = APIRouter(include_in_schema=True, tags=["operation"])
LOOPBACK = ("127.0.0.1", "::1")
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
"""As a request on this machine names its host; a page of another site that reaches us by its own name does not."""


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """200 when the process lives."""
    return {"status": "ok"}


@router.get(
    "/readyz", responses={**documented(429), 503: {"description": "a part does not answer; `missing` names it"}}
)
async def readyz(request: Request, parts: WithParts) -> JSONResponse:
    """200 when every part answers; 503 names those that do not.

    Degraded is the small voice instead of the natural one, and fewer ears than there should be. `calls` is "ready" once
    what is said in every call is rendered; before that a call is taken, and may begin late or in the small voice.
    """
    await parts.limits.request(request)
    checks: dict[str, Callable[[Parts], Awaitable[bool]]] = {
        "database": _database,
        "rasa": _rasa,
        "actions": _actions,
        "recogniser": _recogniser,
        "voice": _voice,
    }
    answers = await asyncio.gather(*(check(parts) for check in checks.values()))
    missing = [name for name, ok in zip(checks, answers, strict=True) if not ok]
    missing += ["application"] if parts.drain.has_begun else []
    degraded = [*await parts.speech.degraded(), *parts.watch.degraded]
    body: dict[str, str | list[str]] = {
        "status": "unready" if missing else "ready",
        "missing": missing,
        "degraded": degraded,
        "calls": "ready" if not missing and await parts.speech.ready_for_calls() else "preparing",
    }
    if parts.settings.instance:
        body["instance"] = parts.settings.instance
    return JSONResponse(body, 503 if missing else 200)


@router.get("/readyz/process", responses={503: {"description": "residents are to be sent to another process"}})
async def process_readyz(parts: WithParts) -> JSONResponse:
    """For a balancer: 200 when this very process can take residents, whatever other parts do; 503 while it is about to stop.

    What it shares with the others is left out, since none of them would answer better: they then say politely what is wrong.
    """
    ready = not parts.drain.has_begun
    return JSONResponse({"status": "ready" if ready else "draining"}, 200 if ready else 503)


@router.get("/metrics", include_in_schema=False)
async def metrics(request: Request) -> PlainTextResponse:
    """For Prometheus, on this machine only."""
    here = request.client is not None and request.client.host in LOOPBACK
    if not here or "x-forwarded-for" in request.headers or _host(request) not in LOOPBACK_NAMES:
        raise Problem(404, "not-found")
    return PlainTextResponse(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def _host(request: Request) -> str:
    """Without its port."""
    named = request.headers.get("host", "")
    return named if named.endswith("]") else named.rpartition(":")[0] or named


async def _database(parts: Parts) -> bool:
    """It answers now, and was whole and could be written when it was looked at last."""
    try:
        await asyncio.to_thread(parts.store.ping)
    except AssistantError:
        return False
    return parts.watch.healthy


async def _rasa(parts: Parts) -> bool:
    return await parts.rasa.is_ready()


async def _recogniser(parts: Parts) -> bool:
    return await parts.speech.can_hear()


async def _voice(parts: Parts) -> bool:
    return await parts.speech.can_speak()


async def _actions(parts: Parts) -> bool:
    address = f"{parts.settings.actions_address}/healthz"
    try:
        return (await parts.neighbours.get(address)).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False
