"""What every part of a talk needs: saying something, writing it down, and the ways in which a call ends."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Literal

from api.parts import Parts
from api.telephone.line import CallLine, CallStarted
from api.voice.playback import Playback
from api.webchat.spoken_turns import manner_of
from bot.errors import Outage, StoreUnavailable, TelephoneUnavailable
from bot.services.conversations import calls
from bot.services.conversations.conversations import ConversationView
from bot.services.handover.handover import request_person
from bot.turns import Language, Reply

Question = Literal[
    "draft",
    "draft_digits",
    "this_number",
    "remember_pace",
    "call_back",
    "which_number",
    "number_right",
    "reminder",
    "solved",
    "mandate",
    "keep_before_goodbye",
    "score",
]
"""What the call itself may have asked; the next words may answer it."""
TRANSFER_SECONDS = 10.0
"""Nobody waits longer for a person because our voice is slow."""

URGENT_RECORD_SECONDS = 1.0
"""Nobody in danger waits longer for the summary to be written."""


class Over(Exception):
    """The call has ended."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


async def _unless_away(write: Awaitable[None]) -> None:
    with contextlib.suppress(StoreUnavailable):  # the talk matters more than its record
        await write


class CallSession:
    """One call. Ways to end it raise Over."""

    def __init__(
        self, parts: Parts, line: CallLine, playback: Playback, opened: calls.OpenedCall, started: CallStarted
    ) -> None:
        self._parts, self._line, self._playback = parts, line, playback
        self._opened, self._started = opened, started
        self._conversation: ConversationView
        self._last: Sequence[Reply] = ()
        self._weighty = False
        """Whether the last was read back, and is to be agreed to."""
        """Said last, for "again"."""
        self._notes: set[asyncio.Task[None]] = set()
        self.ending: str | None = None
        """Why we are about to end the call; the line may close before we are done saying so."""

    def note(self, kind: str, value: str | None = None, milliseconds: int | None = None) -> None:
        """Write it down beside the talk, not before it."""
        write = self._parts.in_store(
            calls.note, self._opened.id, kind, self._parts.clock(), value=value, milliseconds=milliseconds
        )
        task = asyncio.create_task(_unless_away(write))
        self._notes.add(task)
        task.add_done_callback(self._notes.discard)

    @property
    def language(self) -> Language:
        return "en" if self._conversation.language == "en" else "zh"

    def _words(self, name: str) -> Reply:
        return self._parts.words.reply(name, self.language)

    async def _say(
        self, replies: Sequence[Reply], *, protected: bool = False, remember: bool = True, weighty: bool = False
    ) -> None:
        # no greeting and no notice of danger begins with a request to wait
        moment = self._words("utter_phone_moment") if self._last and remember and not protected else None
        if remember:
            self._weighty = weighty or (self._weighty and replies is self._last)
            self._last = replies
        manner = replace(manner_of(self._conversation, self._parts.settings), weighty=self._weighty)
        await self._playback.say(replies, manner, protected=protected, moment=moment)

    async def _twice[T](self, ask: Callable[[], Awaitable[T]]) -> T:
        """What is away longer than a turn may take is asked once more: a caller has no button to send it again."""
        try:
            return await ask()
        except Outage:
            await self._say([self._words("utter_phone_moment")], remember=False)
            return await ask()

    async def _hand_over(
        self, *, number: str | None = None, first: str = "utter_phone_transfer", urgent: bool = False
    ) -> None:
        """`urgent`: nothing is said that is not needed."""
        try:
            async with asyncio.timeout(URGENT_RECORD_SECONDS if urgent else None):
                record = await self._record(number)
        except (StoreUnavailable, TimeoutError):  # the person comes all the same
            record = ""
        told = [self._words(first)]
        if self._started.caller and not urgent:
            told.append(self._words("utter_phone_if_cut_off"))
        await self._say(told, protected=True)
        await self._playback.finished(TRANSFER_SECONDS)
        self.ending = "handed_over"
        await self._line.give_to_operator(record)
        raise Over("handed_over")

    async def _record(self, number: str | None) -> str:
        """What staff find: the summary of the call, under this number or a new one."""
        settings = self._parts.settings
        return await self._parts.in_store(
            calls.hand_over,
            self._opened.id,
            number=number,
            language=self.language,
            now=self._parts.clock(),
            request_person=request_person,
            hours=settings.staff_hours,
        )

    async def _end(self, words: str | None, cause: str) -> None:
        await self._say([self._words(words)] if words else [], protected=True)
        await self._playback.finished()
        self.ending = cause
        try:
            await self._line.hang_up()
        except TelephoneUnavailable:  # then the caller reaches a person, which is better than a dead line
            await self._line.give_to_operator("")
        raise Over(cause)
