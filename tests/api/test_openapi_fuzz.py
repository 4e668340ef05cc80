"""Whatever is sent to the API, residents' and staff's, it answers as its OpenAPI says, and never with a failure of its own."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as bounded
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.failures import FailureGroup
from schemathesis.core.parameters import ParameterLocation

from api.main import create_app
from bot import wiring
from bot.settings import Settings
from bot.store.store import Store
from tests.api.conftest import Conversation, ScriptedRasa
from tests.speech_fakes import ScriptedEars, ScriptedVoice
from tests.staff import enter

pytestmark = pytest.mark.api

EXAMPLES = 3
"""Of each operation, well-formed and then ill-formed; the same ones in every run."""
NOT_CHECKED = {"positive_data_acceptance"}
"""A well-formed request may still be refused for what it says: a weak password, a day that has no places."""
UNLIMITED = dict.fromkeys(
    ("requests_per_minute", "conversations_per_minute", "messages_per_minute", "staff_logins_per_minute"), 1_000_000
)

load_all_checks()


@schemathesis.serializer("audio/wav")
def sound(_context: Any, value: Any) -> bytes:
    """What is spoken in the field; whatever is sent is no sound."""
    return value if isinstance(value, bytes) else str(value).encode()


def problems_of(case: Case, headers: dict[str, str]) -> Iterator[str]:
    """What is wrong with the answer to this request."""
    response = case.call(headers=headers)
    not_checked = NOT_CHECKED | ({"not_a_server_error"} if case.path == "/readyz" else set())  # its 503 is its purpose
    checks = CHECKS.get_by_names([name for name in CHECKS.get_all_names() if name not in not_checked])
    try:
        case.validate_response(response, checks=checks, headers=headers)
    except FailureGroup as failures:
        yield from (f"{case.method} {case.path} {response.status_code}: {failure}" for failure in failures.exceptions)


@pytest.mark.parametrize("side", ["resident", "staff"])
def test_every_answer_is_documented_and_none_is_a_failure_of_ours(side: str, store: Store, settings: Settings) -> None:
    unlimited = settings.model_copy(update=UNLIMITED)
    parts: dict[str, Any] = {"rasa": ScriptedRasa(), "ears": ScriptedEars(), "voice": ScriptedVoice()}
    app = create_app(unlimited, store=store, **parts)
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    found, tried = set(), set()
    with TestClient(app) as client:
        talk = Conversation(client)
        for result in schema.get_all_operations():
            operation = result.ok()
            if operation.path.startswith("/api/v1/staff/") != (side == "staff"):
                continue

            def send(case: Case) -> None:
                headers = dict(talk.headers)
                if side == "staff":
                    headers = _signed_in(case, store)
                elif "conversation_id" in case.path_parameters:
                    case.path_parameters["conversation_id"] = talk.opened["conversation_id"]
                found.update(problems_of(case, headers))
                tried.add((case.method, case.path))

            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                few = bounded(
                    max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
                    suppress_health_check=list(HealthCheck),
                )  # fmt: skip
                try:
                    few(given(case=operation.as_strategy(generation_mode=mode))(send))()
                except Unsatisfiable:
                    assert mode is GenerationMode.NEGATIVE, operation.label  # nothing in it could be ill-formed
    assert found == set()
    assert len(tried) >= (60 if side == "staff" else 12)


def _signed_in(case: Case, store: Store) -> dict[str, str]:
    """As an admin, each time anew since a request may sign out; where the cookie itself is to be wrong, it stays so."""
    signed = enter(store, "admin", wiring.now())
    cookie = case.meta.components.get(ParameterLocation.COOKIE) if case.meta else None
    if cookie is None or cookie.mode is GenerationMode.POSITIVE:
        case.cookies["linyu_staff"] = signed.token
    return {"X-CSRF-Token": signed.csrf}
