"""What the application has ready when it begins to answer."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot import wiring
from bot.settings import Settings

pytestmark = pytest.mark.api


def test_the_first_answer_to_a_question_of_ours_waits_for_no_model(
    settings: Settings, make_app: Callable[..., FastAPI]
) -> None:
    wiring.answer_model.cache_clear()
    with TestClient(make_app(settings)):
        assert wiring.answer_model.cache_info().currsize == 1
