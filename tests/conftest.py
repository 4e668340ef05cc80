"""The real Linyu that conversation, browser and process tests talk to: one for the whole run."""

import os
import sys
from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher, profiles
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from bot.operation.environment import ONE_SENTENCE_AT_A_TIME
from bot.operation.ephemeral_instance import (
    MANY_RESIDENTS,
    NOTHING_RENDERED_AHEAD,
    EphemeralInstance,
    ephemeral_instance,
)
from bot.services.staff import passwords

assert "numpy" not in sys.modules, "numpy reads this once"
os.environ.update(ONE_SENTENCE_AT_A_TIME)  # as in the programs that are tested
hypothesis_settings.register_profile(
    "linyu", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("linyu")  # the same examples in every run, however busy the machine is


@pytest.fixture(scope="session", autouse=True)
def quick_password_hashes() -> Iterator[None]:
    """Argon2id with the least work: hundreds of tests sign in, and one looks at the real parameters."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher.from_parameters(profiles.CHEAPEST))
        yield


@pytest.fixture(scope="session")
def linyu() -> Iterator[EphemeralInstance]:
    """Rasa with the trained model, action server, worker, ears, voices and web application, started by `linyu serve`."""
    with ephemeral_instance({**MANY_RESIDENTS, **NOTHING_RENDERED_AHEAD, "LINYU_EAR_PROCESSES": "2"}) as running:
        yield running
