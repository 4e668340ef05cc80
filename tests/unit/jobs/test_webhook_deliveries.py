"""The worker's loop over the outbox goes on whatever happens, and ends when it is told to."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from bot.errors import StoreUnavailable
from bot.jobs import webhook_deliveries
from bot.outbound import webhooks
from bot.outbound.webhooks import WebhookSender
from bot.services.cases import cases
from bot.services.cases.cases import ComplaintRequest
from bot.services.kernel.deadlines import Targets
from bot.services.kernel.permissions import Actor
from bot.services.webhooks import deliveries, receivers
from bot.services.webhooks.deliveries import Outcome, Verdict
from bot.services.webhooks.receivers import EVENT_KINDS, Wanted
from bot.store.store import Store

pytestmark = pytest.mark.unit

ADMIN = Actor("admin-1", "admin")


def test_no_failure_of_one_round_ends_the_loop(
    sqlite_store: Store, now: datetime, complaint: Callable[..., ComplaintRequest], monkeypatch: pytest.MonkeyPatch
) -> None:
    receivers.add(sqlite_store, ADMIN, Wanted("平台", "https://127.0.0.1:1/", EVENT_KINDS), now)
    cases.file_case(sqlite_store, complaint(), now, targets=Targets())
    failures: list[Exception] = [StoreUnavailable(), RuntimeError("something new")]
    due, rounds = deliveries.due, []

    def sometimes(store: Store, moment: datetime) -> list[int]:
        rounds.append(moment)
        if failures:
            raise failures.pop()
        return due(store, moment)

    monkeypatch.setattr(deliveries, "due", sometimes)
    monkeypatch.setattr(webhooks.WebhookSender, "post", lambda *_: 204)
    webhook_deliveries.run_forever(
        sqlite_store, clock=lambda: now, sleep=lambda: None, stopping=lambda: len(rounds) >= 4
    )
    [seen] = receivers.listed(sqlite_store, ADMIN)
    assert (seen.delivered, seen.waiting) == (1, 0)


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [(200, Verdict.TAKEN), (204, Verdict.TAKEN), (302, Verdict.REFUSED), (500, Verdict.REFUSED), (410, Verdict.GONE),
     ("ConnectTimeout", Verdict.AWAY)],
)  # fmt: skip
def test_what_came_back_says_what_becomes_of_it(
    answer: Any, verdict: Verdict, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(WebhookSender, "post", lambda *_: answer)
    parcel = deliveries.Parcel(1, 1, "uid", "https://example.com/", "{}", "whsec_")
    outcome: Outcome = webhook_deliveries.sending(WebhookSender())(parcel, now)
    assert outcome.verdict == verdict
    assert "whsec_" not in repr(parcel)
