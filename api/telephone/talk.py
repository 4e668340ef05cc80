"""What is said in a call: greeting, turn after turn, the questions of the call itself, a person, the goodbye."""

import asyncio
import time
from collections.abc import Sequence
from typing import Literal

from api.metrics import TURNS
from api.parts import Parts
from api.telephone.line import CallLine, CallStarted
from api.telephone.listening import CannotHear, Listening
from api.telephone.mouth import Mouth
from api.webchat.spoken_turns import hear_turn, manner_of
from bot.dialogue import call_flow
from bot.dialogue.call_keys import CallKeys, Chosen, DigitsGiven, DigitsPaused, KeyEvent, Rated, Wanted
from bot.errors import AssistantError, DialogueUnavailable, TelephoneUnavailable
from bot.language.call_words import wants_no_calls, wants_to_cancel, yes_or_no
from bot.language.ear import for_ear
from bot.language.wishes import score_in
from bot.services import calls, conversations, office, reminders
from bot.services.phones import tail
from bot.speech.ears import EarEvent, Final, GaveUp, StillThere
from bot.speech.interface import Manner, Utterance
from bot.speech.pace import next_rate
from bot.turns import Language, Reply, Turn

MOMENT_SECONDS = 3.0
"""An answer that takes longer is announced."""
RATING_SECONDS = 8.0
TRANSFER_SECONDS = 10.0
"""Nobody waits longer for a person because our voice is slow."""
Item = KeyEvent | EarEvent | CannotHear
Question = Literal["draft", "this_number", "remember_pace", "call_back", "reminder", "solved"]


class Over(Exception):
    """The call has ended."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class Talk:
    """`run` raises Over when we ended the call."""

    def __init__(
        self,
        parts: Parts,
        line: CallLine,
        mouth: Mouth,
        ears: Listening,
        keys: CallKeys,
        inbox: asyncio.Queue[Item],
        opened: calls.OpenedCall,
        started: CallStarted,
    ) -> None:
        self._parts, self._line, self._mouth, self._ears, self._keys = parts, line, mouth, ears, keys
        self._inbox, self._opened, self._started = inbox, opened, started
        self._missed = call_flow.Misunderstandings()
        self._question: Question | None = None
        """What the call itself has asked; the next words may answer it."""
        self._last: Sequence[Reply] = ()
        """Said last, for "again"."""
        self._last_turn: Turn | None = None
        self._about: reminders.OutboundCall | None = None
        self._turns = 0
        self._notes: set[asyncio.Task[None]] = set()
        self.thinking = False
        """Between the caller's words and our answer."""
        self.ending: str | None = None
        """Why we are about to end the call; the line may close before we are done saying so."""

    async def run(self) -> None:
        self._conversation = await self._parts.in_store(conversations.view, self._opened.conversation_id)
        await self._open()
        while True:
            item = await self._inbox.get()
            self.thinking = True
            try:
                await self._take(item)
            finally:
                self.thinking = False

    def note(self, kind: str, value: str | None = None, milliseconds: int | None = None) -> None:
        """Write it down beside the talk, not before it."""
        write = self._parts.in_store(
            calls.note, self._opened.id, kind, self._parts.clock(), value=value, milliseconds=milliseconds
        )
        task = asyncio.create_task(write)
        self._notes.add(task)
        task.add_done_callback(self._notes.discard)

    @property
    def language(self) -> Language:
        return "en" if self._conversation.language == "en" else "zh"

    # ------------------------------------------------------------ how it begins

    async def _open(self) -> None:
        if self._started.news == "nobody":
            await self._nobody_answered()
            return
        known = await self._parts.in_store(calls.choices, self._started.caller)
        rate = known.rate or call_flow.ELDER_RATE
        self._conversation = await self._parts.in_store(conversations.set_manner, self._conversation.id, rate=rate)
        if self._started.news == "outbound":
            await self._tell_why_we_call()
            return
        names = call_flow.greeting(recorded=self._parts.settings.keep_audio_days > 0, draft=self._opened.draft)
        self._question = "draft" if self._opened.draft else None
        there = await self._parts.in_store(office.look, self._parts.settings.staff_hours, self._parts.clock())
        line = there.announcement_in(self.language)
        told = [Reply(text=line, spoken=for_ear(line, self.language))] if line else []
        greeting = [self._words(name) for name in names]
        await self._say([greeting[0], *told, *greeting[1:]])

    async def _tell_why_we_call(self) -> None:
        self._about = await self._parts.in_store(reminders.find_call, self._started.task, self._parts.clock())
        if self._about is None:  # cancelled or closed while the telephone rang
            await self._end("utter_phone_goodbye", "assistant")
        else:
            self._conversation = await self._parts.in_store(
                conversations.set_language, self._conversation.id, self._about.language
            )
            self._question = "reminder" if self._about.kind == "reminder" else "solved"
            name = "utter_phone_reminder" if self._about.kind == "reminder" else "utter_phone_case_answered"
            await self._say([call_flow.filled(self._words(name), self.language, **self._about.words)])
            self._keys.switch("talk")

    # ------------------------------------------------------------ one thing after the other

    async def _take(self, item: Item) -> None:
        match item:
            case Final(utterance, audio):
                await self._words_said(utterance, audio)
            case StillThere():
                await self._say([self._words("utter_are_you_there")], remember=False)
            case GaveUp():
                await self._end("utter_phone_silent_goodbye", "silence")
            case CannotHear(say):
                await self._hand_over(first=say)
            case Wanted("person"):
                await self._hand_over()
            case Wanted("again"):
                await self._say(self._last)
            case Wanted("slower"):
                await self._slower()
            case Wanted("english"):
                await self._english()
            case Wanted("end"):
                await self._rate_and_end()
            case DigitsPaused(digits):
                said = call_flow.digits_for_ear(digits, self.language)
                reply = self._words("utter_phone_digits_so_far")
                await self._say([call_flow.filled(reply, self.language, digits=said)], remember=False)
            case DigitsGiven(digits):
                self._question = None
                await self._turn(digits)
            case Chosen(choice):
                self._keys.switch("talk")
                await self._turn(call_flow.MENU_WISHES[self.language][choice - 1])
            case Rated(_):
                pass

    async def _words_said(self, utterance: Utterance, audio: bytes) -> None:
        if self._mouth.barge_in.protected:
            await self._mouth.finished()
        self._keys.forget_digits()
        question, self._question = self._question, None
        if question and await self._answered(question, utterance.text):
            return
        await self._turn(utterance.text, utterance, audio)

    async def _answered(self, question: Question, text: str) -> bool:
        """Did these words answer what the call itself had asked? Then it is done; else they mean something else."""
        answer = yes_or_no(text)
        if self._about is not None and wants_no_calls(text):
            await self._no_more_calls()
        elif question == "reminder" and self._about and (wants_to_cancel(text) or answer is False):
            await self._turn(self._about.cancelling)
        elif question == "solved" and self._about and answer is False:
            await self._turn(self._about.reopening)
        elif answer is None:
            return False
        elif question == "reminder":
            await self._end("utter_phone_reminder_kept", "assistant")
        elif question == "solved":
            await self._end("utter_phone_case_solved", "assistant")
        elif question == "draft":
            await self._draft(wanted=answer)
        elif question == "this_number":
            await self._this_number(agreed=answer)
        elif question == "remember_pace":
            await self._remember_pace(agreed=answer)
        else:
            await self._call_back(agreed=answer)
        return True

    async def _turn(self, text: str, utterance: Utterance | None = None, audio: bytes = b"") -> None:
        self._turns += 1
        began, rate = time.monotonic(), self._conversation.rate
        message_id = f"call-{self._opened.id}-{self._turns}-{time.time_ns()}"
        answering = asyncio.create_task(self._ask(text, utterance, audio, message_id))
        try:
            await asyncio.wait([answering], timeout=MOMENT_SECONDS)
            if not answering.done():
                await self._say([self._words("utter_phone_moment")], remember=False)
            turn = await answering
        except DialogueUnavailable:
            await self._hand_over(first="utter_phone_trouble")
            return
        except AssistantError as error:
            await self._say([self._words(error.say)])
            return
        finally:
            answering.cancel()
        self._conversation = await self._parts.in_store(conversations.view, self._conversation.id)
        self._last_turn = turn
        self.note("answered", turn.goal, round((time.monotonic() - began) * 1000))
        await self._act(turn, faster=(self._conversation.rate or 0) > (rate or 0) and turn.goal == "slower")

    async def _ask(self, text: str, utterance: Utterance | None, audio: bytes, message_id: str) -> Turn:
        if utterance is not None:
            return await hear_turn(self._parts, self._conversation, utterance, audio, message_id)
        turn = await self._parts.dialogue.say(self._conversation, text, message_id)
        TURNS.labels(turn.goal).inc()
        return turn

    async def _act(self, turn: Turn, *, faster: bool) -> None:
        """Say the replies, or do what the turn calls for."""
        if turn.goal == "emergency":
            await self._emergency(turn)
        elif turn.goal == "human_agent":
            await self._hand_over(number=_handover_in(turn))
        elif turn.goal == "goodbye" and turn.state.form is None:
            await self._rate_and_end()
        elif (help_ := self._missed.add(understood=call_flow.was_understood(turn, self._parts.words))) == "person":
            await self._hand_over()
        elif help_ == "menu" and turn.state.form is None:
            self._keys.switch("menu")
            await self._say([self._words("utter_phone_menu")])
        elif faster and self._started.caller:
            self._question = "remember_pace"
            await self._say([self._words("utter_phone_remember_pace")])
        else:
            await self._reply(turn)

    async def _reply(self, turn: Turn) -> None:
        self._keys.switch(call_flow.mode_for(turn))
        self._ears.awaiting(turn.state.awaiting, self.language)
        replies = list(turn.replies)
        if turn.state.awaiting == "phone" and self._started.caller and replies:
            self._question = "this_number"
            digits = call_flow.digits_for_ear(tail(self._started.caller), self.language)
            replies.append(call_flow.filled(self._words("utter_phone_use_this_number"), self.language, tail=digits))
        await self._say(replies)

    # ------------------------------------------------------------ questions of the call itself

    async def _draft(self, *, wanted: bool) -> None:
        if not wanted:
            await self._turn("不办了" if self.language == "zh" else "forget it")
            return
        turn = await self._parts.in_store(conversations.last_turn, self._conversation.id)
        if turn is None:
            await self._say([self._words("utter_phone_new_start")])
        else:
            await self._reply(turn)

    async def _this_number(self, *, agreed: bool) -> None:
        if agreed and self._started.caller:
            await self._turn(self._started.caller)
        else:
            await self._say([self._words("utter_phone_which_number")])

    async def _remember_pace(self, *, agreed: bool) -> None:
        if agreed and self._started.caller:
            now, rate = self._parts.clock(), self._conversation.rate
            await self._parts.in_store(calls.remember, self._started.caller, now, rate=rate)
        await self._say([self._words("utter_phone_remembered" if agreed else "utter_phone_not_remembered")])

    async def _nobody_answered(self) -> None:
        """Back from the operator's telephone: the call-back is recorded already; may we use this number?"""
        record = await self._record(None)
        told = call_flow.filled(self._words("utter_phone_nobody"), self.language, number=record)
        self._question = "call_back" if self._started.caller else None
        ask = "utter_phone_call_this_number" if self._started.caller else "utter_phone_which_number"
        if not self._started.caller:
            self._keys.switch("digits")
            self._ears.awaiting("phone", self.language)
        self.note("nobody_answered")
        await self._say([told, self._words(ask)])

    async def _call_back(self, *, agreed: bool) -> None:
        if not agreed or not self._started.caller:
            await self._say([self._words("utter_phone_which_number")])
            return
        await self._parts.in_store(calls.ask_call_back, self._opened.id, self._started.caller, self._parts.clock())
        await self._say([self._words("utter_phone_call_back_noted")])

    async def _no_more_calls(self) -> None:
        if self._started.caller:
            await self._parts.in_store(calls.remember, self._started.caller, self._parts.clock(), no_calls=True)
        await self._end("utter_phone_no_more_calls", "assistant")

    async def _slower(self) -> None:
        rate = next_rate(self._conversation.rate or call_flow.ELDER_RATE, "slower")
        self._conversation = await self._parts.in_store(conversations.set_manner, self._conversation.id, rate=rate)
        await self._say([self._words("utter_slower"), *self._last], remember=False)

    async def _english(self) -> None:
        self._conversation = await self._parts.in_store(conversations.set_language, self._conversation.id, "en")
        self._ears.awaiting(None, "en")
        await self._say([self._words("utter_phone_welcome")])

    # ------------------------------------------------------------ how it ends

    async def _emergency(self, turn: Turn) -> None:
        """The notice is heard to its end, then a person takes over."""
        await self._say(turn.replies[:1], protected=True)
        await self._mouth.finished()
        await self._hand_over()

    async def _hand_over(self, *, number: str | None = None, first: str = "utter_phone_transfer") -> None:
        record = await self._record(number)
        await self._say([self._words(first)], protected=True)
        await self._mouth.finished(TRANSFER_SECONDS)
        self.ending = "handed_over"
        await self._line.give_to_operator(record)
        raise Over("handed_over")

    async def _record(self, number: str | None) -> str:
        settings = self._parts.settings
        made = await self._parts.in_store(
            calls.hand_over,
            self._opened.id,
            number=number,
            language=self.language,
            now=self._parts.clock(),
            hours=settings.staff_hours,
        )
        return made.number

    async def _rate_and_end(self) -> None:
        if self._turns == 0:
            await self._end("utter_phone_goodbye", "assistant")
        self._keys.switch("rating")
        await self._say([self._words("utter_phone_rating")])
        while True:
            await self._mouth.finished()
            self.thinking = False
            try:
                item = await asyncio.wait_for(self._inbox.get(), RATING_SECONDS)
            except TimeoutError:
                break
            score = item.score if isinstance(item, Rated) else None
            if isinstance(item, Final):
                score = score_in(item.utterance.text, awaited=True)
            if score is not None:
                now = self._parts.clock()
                await self._parts.in_store(conversations.rate, self._conversation.id, score, None, now)
                break
            if isinstance(item, Final | GaveUp):
                break
            if isinstance(item, Wanted):
                await self._take(item)
        await self._end("utter_phone_goodbye", "assistant")

    async def _end(self, words: str, cause: str) -> None:
        await self._say([self._words(words)], protected=True)
        await self._mouth.finished()
        self.ending = cause
        try:
            await self._line.hang_up()
        except TelephoneUnavailable:  # then the caller reaches a person, which is better than a dead line
            await self._line.give_to_operator("")
        raise Over(cause)

    # ------------------------------------------------------------ saying it

    def _words(self, name: str) -> Reply:
        return self._parts.words.reply(name, self.language)

    async def _say(self, replies: Sequence[Reply], *, protected: bool = False, remember: bool = True) -> None:
        if remember:
            self._last = replies
        await self._mouth.say(replies, self._manner(), protected=protected)

    def _manner(self) -> Manner:
        return manner_of(self._conversation, self._parts.settings)


def _handover_in(turn: Turn) -> str | None:
    """The number of the wish for a person that this turn recorded."""
    cards = (reply.card for reply in turn.replies if reply.card)
    return next((str(card["number"]) for card in cards if card.get("kind") == "handover"), None)
