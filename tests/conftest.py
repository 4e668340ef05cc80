"""The real Linyu that conversation, browser and process tests talk to: one for the whole run."""

from collections.abc import Iterator

import pytest

from bot.operation.own import MANY_RESIDENTS, NOTHING_RENDERED_AHEAD, OwnLinyu, own_linyu


@pytest.fixture(scope="session")
def linyu() -> Iterator[OwnLinyu]:
    """Rasa with the trained model, action server, worker and web application, started by `linyu serve`."""
    with own_linyu({**MANY_RESIDENTS, **NOTHING_RENDERED_AHEAD}) as running:
        yield running
