"""The parts that routes need, built once at start and found again through the request."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request

from api.limits import Limits
from api.tickets import Tickets
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.domain_words import DomainWords
from bot.dialogue.rasa_client import RasaClient
from bot.settings import Settings
from bot.store.store import Store


@dataclass(frozen=True)
class Parts:
    settings: Settings
    store: Store
    rasa: RasaClient
    dialogue: Dialogue
    words: DomainWords
    limits: Limits
    tickets: Tickets
    clock: Callable[[], datetime]


def parts_of(request: Request) -> Parts:
    parts = request.app.state.parts
    assert isinstance(parts, Parts)
    return parts


WithParts = Annotated[Parts, Depends(parts_of)]
