"""The real Linyu that conversation, browser and process tests talk to: one for the whole run."""

import os
import sys
from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher, profiles

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
