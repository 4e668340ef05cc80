"""The answer to danger: given at once, and written down where that is possible in a moment."""

import asyncio
import logging
import secrets
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.dialogue.context import reply_language
from bot.dialogue.responses import Responses
from bot.errors import AssistantError
from bot.language.masking import mask
from bot.language.readers.danger import Alarm
from bot.language.text import normalise
from bot.services.conversations import conversations
from bot.services.conversations.conversations import ConversationView
from bot.speech.interface import Utterance
from bot.store.store import Store
from bot.turns import Heard, State, Turn

RECORD_SECONDS = 1.0
"""A notice of danger waits so long to be written down; then it is given all the same."""
MOST_UNKEPT = 1000
"""Somebody may name conversations that do not exist."""

logger = logging.getLogger(__name__)


@dataclass
class DangerNotices:
    """`lock` keeps the turns of one conversation in order; only the record waits for it, never the notice."""

    store: Store
    words: Responses
    clock: Callable[[], datetime]
    lock: Callable[[ConversationView], AbstractAsyncContextManager[object]]
    unkept: dict[str, None] = field(default_factory=dict)
    """Conversations whose last notice could not be written down, oldest first: what was asked before is asked no more."""
    _recording: set[asyncio.Task[Turn]] = field(default_factory=set)

    def notice(self, alarm: Alarm, text: str, language: str | None, utterance: Utterance | None = None) -> Turn:
        """The turn that answers danger: the number, a person, nothing else."""
        reply = self.words.reply(f"utter_emergency_{alarm.kind}", reply_language(normalise(text), language, None))
        heard = Heard(utterance.text, round(utterance.confidence, 2)) if utterance else None
        return Turn(secrets.token_hex(16), "emergency", round(alarm.share, 4), (reply,), State(), heard)

    async def warn(
        self,
        conversation: ConversationView,
        alarm: Alarm,
        text: str,
        client_message_id: str,
        utterance: Utterance | None,
    ) -> Turn:
        """The notice, written down where that is possible in a moment, else behind the resident's back."""
        notice = self.notice(alarm, text, conversation.language, utterance)
        recording = asyncio.create_task(self._record(conversation, notice, text, client_message_id))
        self._recording.add(recording)
        recording.add_done_callback(self._recording.discard)
        try:
            return await asyncio.wait_for(asyncio.shield(recording), RECORD_SECONDS)
        except TimeoutError:
            return notice

    async def _record(self, conversation: ConversationView, notice: Turn, text: str, client_message_id: str) -> Turn:
        """The notice as it was kept, with the open question left as it was; as it is when it cannot be kept."""
        try:
            async with self.lock(conversation):
                return await asyncio.to_thread(self._keep, conversation, notice, text, client_message_id)
        except AssistantError as error:
            logger.error("a notice of danger was given and not recorded: %s", error.code)
        except Exception as error:
            logger.error("a notice of danger was given and not recorded: %s", type(error).__name__)
        self.not_kept(conversation.id)
        return notice

    def not_kept(self, conversation_id: str) -> None:
        """The notice is written nowhere; still a yes that follows it confirms nothing."""
        self.unkept[conversation_id] = None
        if len(self.unkept) > MOST_UNKEPT:
            del self.unkept[next(iter(self.unkept))]

    def _keep(self, conversation: ConversationView, notice: Turn, text: str, client_message_id: str) -> Turn:
        # a yes that follows the notice confirms nothing: what was asked before must be asked again
        last = conversations.last_turn(self.store, conversation.id)
        asked = last.state if last else State()
        masked = mask(normalise(text), awaiting=asked.awaiting)
        received = conversations.receive(
            self.store, conversation.id, client_message_id, text, masked, self.clock(), turn_id=notice.turn_id
        )
        if received.done:
            return received.done
        now = conversations.view(self.store, conversation.id)
        turn = replace(notice, turn_id=received.turn_id, state=replace(asked, asked=None))
        conversations.complete(
            self.store,
            turn,
            conversation.id,
            language=now.language or reply_language(normalise(text), None, asked.awaiting),
            topic=now.topic,
            episode=now.episode,
            masked=masked,
            milliseconds=0,
            now=self.clock(),
        )
        return turn
