"""A telephone that lost its network leaves a socket behind that takes nothing any more. Its resident comes back at once."""

import socket
import time
from collections.abc import Callable

import httpx
import pytest
from fastapi import FastAPI

from bot.dialogue.rasa_client import RasaAnswer
from bot.settings import Settings
from bot.speech.interface import SpokenPhrase
from tests.api.conftest import Conversation, ScriptedRasa, served
from tests.api.stream.stream_client import StreamClient
from tests.speech_fakes import ScriptedVoice

pytestmark = pytest.mark.api


def test_a_socket_that_takes_nothing_holds_up_nobody(
    settings: Settings, make_app: Callable[[Settings], FastAPI], rasa: ScriptedRasa, voice: ScriptedVoice
) -> None:
    """We are in the middle of sending it a long answer."""
    rasa.answer = RasaAnswer([{"text": "很长的话。" * 40}], "ask_policy", 0.9, None, None, {})

    async def endless(text: str, *_about: object):  # type: ignore[no-untyped-def]
        for _ in range(60):
            yield SpokenPhrase("话", bytes(400_000))

    voice.speak = endless  # type: ignore[method-assign]
    with served(make_app(settings)) as address, httpx.Client(base_url=f"http://{address}") as client:
        conversation = Conversation(client)
        stalled = socket.create_connection(address.split(":"))
        stalled.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        with StreamClient(address, conversation, sock=stalled, max_queue=1) as old:
            old.start()
            old.send("text", text="你好", client_message_id="m1")
            old.until("turn")
            seen = old.events[-1]["seq"]
            time.sleep(1.5)  # its buffers are full by now; nobody reads any more
            with StreamClient(address, conversation) as new:
                new.send("start", rate=16000, resume_after=seen, speak=False)
                new.until("ready")
                new.send("text", text="再说", client_message_id="m2")
                new.until("turn")
            stalled.close()
