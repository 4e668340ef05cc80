"""Staff for tests: an account of any role, signed in, in one line."""

import uuid
from datetime import datetime
from typing import Any

from fastapi.testclient import TestClient

from bot.services.kernel.permissions import ROLES
from bot.services.staff import staff_sessions
from bot.services.staff.staff_sessions import SessionRules, Signed
from bot.store.staff.tables import StaffAccount
from bot.store.store import Store

RULES = SessionRules()
EVERY_ROLE = ROLES


def enter(
    store: Store, role: str, now: datetime, *, grid: str = "", community: str = "", name: str = "测试员"
) -> Signed:
    """A new account with that role and a session behind both steps of signing in."""
    if role == "grid_worker" and not grid:
        grid = "测试-01"
    with store.unit() as unit:
        account = StaffAccount(
            id=uuid.uuid4().hex, login=f"{role}-{uuid.uuid4().hex[:8]}".replace("_", "-"), name=name, role=role,
            community=community or None, grid=grid or None, password_hash="none", totp_secret=2 * "JBSWY3DPEHPK3PXP",
            must_change_password=False, disabled=False, created=now,
        )  # fmt: skip
        unit.add(account)
        unit.flush()
        signed = staff_sessions.open_session(unit, account, now, RULES, second_step=True)
        unit.commit()
    return signed


class StaffClient:
    """Sends the cookie and the CSRF token as a browser with our pages would."""

    def __init__(self, client: TestClient, signed: Signed) -> None:
        self.client, self.signed = client, signed

    def get(self, path: str, **more: Any) -> Any:
        return self.request("GET", path, **more)

    def post(self, path: str, data: dict[str, str] | None = None, **more: Any) -> Any:
        """A form of a page."""
        return self.request("POST", path, data={"csrf": self.signed.csrf, **(data or {})}, **more)

    def send(self, path: str, body: dict[str, Any] | None = None, method: str = "POST", **more: Any) -> Any:
        """JSON to the staff API."""
        headers = {"X-CSRF-Token": self.signed.csrf, **more.pop("headers", {})}
        return self.request(method, path, json=body, headers=headers, **more)

    def request(self, method: str, path: str, **more: Any) -> Any:
        headers = {"Cookie": f"linyu_staff={self.signed.token}", **more.pop("headers", {})}
        return self.client.request(method, path, headers=headers, follow_redirects=False, **more)
