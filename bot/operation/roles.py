"""Which parts of Linyu a start runs: all of one machine, or some of them beside other hosts."""

from collections.abc import Callable, Sequence
from enum import StrEnum

import httpx

from bot import state_folder
from bot.settings import Settings


class Role(StrEnum):
    """api is the web application, with the Asterisk of this machine where the settings want one; speech is ears and voices."""

    API = "api"
    RASA = "rasa"
    ACTIONS = "actions"
    SPEECH = "speech"
    WORKER = "worker"


ROLES = tuple(Role)
SECONDS = 3.0


def unit_of(settings: Settings, roles: Sequence[Role]) -> str:
    """Name of a start of some roles, such as api-8001; empty for a start of all."""
    if set(roles) == set(ROLES):
        return ""
    ports: dict[Role, int] = {
        Role.API: settings.port,
        Role.RASA: settings.rasa_port,
        Role.ACTIONS: settings.actions_port,
    }
    return "-".join(f"{role}-{ports[role]}" if role in ports else str(role) for role in roles)


def missing(settings: Settings, roles: Sequence[Role], instance: str) -> list[str]:
    """Those of these roles that do not answer yet. Of all roles the application itself asks the others."""
    if set(roles) == set(ROLES):
        return _whole(settings, instance)
    inner, token = _here(settings.inner_host), {"Authorization": f"Bearer {state_folder.token(settings)}"}
    ask: dict[Role, Callable[[], bool]] = {
        Role.API: lambda: _ok(f"http://{_here(settings.host)}:{settings.port}/readyz/process"),
        Role.RASA: lambda: _ok(f"http://{inner}:{settings.rasa_port}/webhooks/linyu/ready", token),
        Role.ACTIONS: lambda: _ok(f"http://{inner}:{settings.actions_port}/healthz"),
    }
    return [str(role) for role in roles if role in ask and not ask[role]()]


def _whole(settings: Settings, instance: str) -> list[str]:
    try:
        answer = httpx.get(f"http://{_here(settings.host)}:{settings.port}/readyz", timeout=SECONDS)
        told_by = answer.json()
    except (httpx.HTTPError, ValueError):
        return ["the application"]
    if told_by.get("instance") != instance:
        return ["the application (another one answers on its port)"]
    return [] if answer.status_code == httpx.codes.OK else list(told_by.get("missing", [])) or ["the application"]


def _ok(url: str, headers: dict[str, str] | None = None) -> bool:
    try:
        return httpx.get(url, headers=headers, timeout=SECONDS).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def _here(host: str) -> str:
    """Where this machine reaches what listens on this address."""
    return "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104
