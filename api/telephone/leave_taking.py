"""How a call ends when the caller takes leave: one question about what is not finished, a rating, the goodbye."""

import asyncio
import contextlib
from functools import partial

from api.telephone.call_session import CallSession, Question
from api.telephone.listening import CannotHear, Listening, MissedWords
from bot.dialogue.call import flow
from bot.dialogue.call.keys import CallKeys, KeyEvent, Rated, Wanted
from bot.errors import AssistantError
from bot.language import words
from bot.language.readers.answer_acts import STARS
from bot.language.text import normalise
from bot.language.whole_numbers import score_in
from bot.services.conversations import conversations
from bot.services.kernel.topics import draft_of
from bot.speech.interface import Utterance
from bot.speech.stt.ears import EarEvent, Final, GaveUp
from bot.turns import Reply, Turn

RATING_SECONDS = 8.0
BAD = 2
"""Whoever gives so few stars is asked what was wrong."""
Item = KeyEvent | EarEvent | CannotHear | MissedWords


class LeaveTaking(CallSession):
    """The part of a talk that ends it."""

    _keys: CallKeys
    _ears: Listening
    _turns: int
    _stamp: int
    _last_turn: Turn | None
    _question: Question | None
    inbox: asyncio.Queue[Item]
    thinking: bool

    async def _ask(self, text: str, utterance: Utterance | None, audio: bytes, message_id: str) -> Turn:
        raise NotImplementedError

    async def _words_said(self, utterance: Utterance, audio: bytes) -> None:
        raise NotImplementedError

    async def _take(self, item: Item) -> None:
        raise NotImplementedError

    async def _no_more_calls(self) -> None:
        raise NotImplementedError

    async def _act_of(self, question: str, text: str) -> str:
        """What the words are as an answer; "content" when that is not sure."""
        reader = self._parts.dialogue.answers
        if reader is None:
            return "content"
        read = await asyncio.to_thread(reader.read, normalise(text), flow.ASKED_AS.get(question, question))
        return read.act if read.sure else "content"

    async def _take_leave(self) -> None:
        """One question about what is not finished, then the end."""
        state = self._last_turn.state if self._last_turn else None
        if state is None or not draft_of(state.form).worth_keeping:
            await self._rate_and_end()
            return
        self._question = "keep_before_goodbye"
        self._keys.switch("talk")
        self._ears.awaiting("confirmation", self.language)
        await self._say([self._words("utter_phone_keep_before_goodbye")])

    async def _leave(self, *, keeping: bool) -> None:
        """A draft that is kept is offered when the caller calls again."""
        if not keeping:
            await self._ask_quietly(words.text("dialogue.drop", self.language))
        await self._end("utter_phone_goodbye", "caller" if keeping else "assistant")

    async def _ask_quietly(self, text: str) -> None:
        """A turn of which nothing is said."""
        self._turns += 1
        with contextlib.suppress(AssistantError):
            await self._ask(text, None, b"", f"call-{self._opened.id}-{self._turns}-{self._stamp}")

    async def _rate_and_end(self) -> None:
        if self._turns == 0:
            await self._end("utter_phone_goodbye", "assistant")
        await self._rate(self._words("utter_phone_rating"))

    async def _rate(self, question: Reply, *, served: str | None = None) -> None:
        """One question, by key or word, then the end; `served` is the number of a booking that is over.

        Whoever says something else, or that a service was bad, is listened to.
        """
        self._keys.switch("rating")
        self._ears.awaiting("score", self.language)
        await self._say([question])
        while True:
            await self._playback.finished()
            self.thinking = False
            try:
                item = await asyncio.wait_for(self.inbox.get(), RATING_SECONDS)
            except TimeoutError:
                break
            score = item.score if isinstance(item, Rated) else None
            if isinstance(item, Final):
                text = item.utterance.text
                act = await self._act_of("score", text)
                score = STARS.get(act) or score_in(text)
                if score is None and served and await self._act_of("reminder", text) == "no_calls":
                    await self._no_more_calls()
                if score is None and act == "content":  # something else came to mind
                    self._keys.switch("talk")
                    await self._words_said(item.utterance, item.audio)
                    return
            if score is not None:
                now = self._parts.clock()
                rated = partial(conversations.rate, served=served)
                await self._parts.in_store(rated, self._conversation.id, score, None, now)
            if score is not None and served and score <= BAD:
                self._keys.switch("talk")
                self._ears.awaiting(None, self.language)
                await self._say([self._words("utter_phone_served_badly")])
                return
            if score is not None or isinstance(item, Final | GaveUp):
                break
            if isinstance(item, Wanted):
                await self._take(item)
        await self._end("utter_phone_goodbye", "assistant")
