"""What is said in a call: greeting, turn after turn, the questions of the call itself, a person, the goodbye."""

import asyncio
import time
from dataclasses import replace

from api.http.metrics import TURNS
from api.parts import RETRY_SECONDS, Parts
from api.telephone.call_back import CallBack, OurCall
from api.telephone.call_session import Question
from api.telephone.languages import Languages
from api.telephone.line import CallLine, CallStarted
from api.telephone.listening import CannotHear, Listening, MissedWords
from api.voice.playback import Playback
from api.webchat.spoken_turns import hear_turn
from bot.dialogue.call import flow
from bot.dialogue.call.keys import CallKeys, Chosen, DigitsGiven, DigitsPaused, KeyEvent, Rated, Wanted
from bot.dialogue.call.not_heard import open_question
from bot.dialogue.call.spoken_language import SpokenLanguage
from bot.dialogue.fragments import Fragments
from bot.errors import AssistantError, Outage, StoreUnavailable
from bot.language import words
from bot.language.entities import find_entities
from bot.services.conversations import calls, conversations, outbound_calls
from bot.services.handover import office
from bot.services.kernel.phones import phone_last4
from bot.speech.interface import Utterance
from bot.speech.stt.ears import EarEvent, Final, GaveUp, StillThere
from bot.speech.stt.turn_end import count_digits
from bot.speech.tts.pace import next_rate
from bot.turns import Turn

MOMENT_SECONDS = 3.0  # an answer that takes longer is announced
FEW_DIGITS = 3  # fewer are no try to tell a telephone number
Item = KeyEvent | EarEvent | CannotHear | MissedWords


class CallFlow(CallBack, OurCall, Languages):
    """`run` raises Over when we ended the call."""

    def __init__(
        self,
        parts: Parts,
        line: CallLine,
        playback: Playback,
        ears: Listening,
        keys: CallKeys,
        opened: calls.OpenedCall,
        started: CallStarted,
    ) -> None:
        super().__init__(parts, line, playback, opened, started)
        self._ears, self._keys = ears, keys
        self.inbox: asyncio.Queue[Item] = asyncio.Queue()
        self._person_wanted = asyncio.Event()
        self._missed = flow.Misunderstandings()
        self._fragments = Fragments()
        self._heard_at = 0.0
        self._question: Question | None = None
        """What the call itself has asked; the next words may answer it."""
        self._number_given = ""
        """For being called back; it is kept when the caller says that it is right."""
        self._last_turn: Turn | None = None
        self._half = "utter_phone_menu"
        """Of the menu by key, told last."""
        self._spoken_language = SpokenLanguage()
        self._about: outbound_calls.OutboundCall | None = None
        self._turns = 0
        self._stamp = 0
        """Of what is being done: tried again, it is the same message and does nothing twice."""
        self.thinking = False
        """Between the caller's words and our answer."""

    def bring(self, item: Item) -> None:
        """What the ears, the keys or the clock bring. Whoever wants a person waits for no answer of ours."""
        self.inbox.put_nowait(item)
        if item == Wanted("person"):
            self._person_wanted.set()

    async def run(self) -> None:
        self._conversation = await self._parts.in_store(conversations.view, self._opened.conversation_id)
        self.thinking = True
        await self._open()
        self.thinking = False
        while True:
            item = await self.inbox.get()
            self.thinking = True
            try:
                await self._serve(item)
            finally:
                self.thinking = False

    async def _serve(self, item: Item) -> None:
        """Do what it calls for. While the database is away the caller hears one sentence, and it is tried once more."""
        question, turns, self._stamp = self._question, self._turns, time.time_ns()
        give_up = time.monotonic() + self._parts.settings.reply_timeout_seconds
        told = False
        while True:
            try:
                await self._take(item)
                return
            except StoreUnavailable:
                if self._person_wanted.is_set() and item != Wanted("person"):
                    return  # as the inbox tells next
                if time.monotonic() >= give_up:
                    await self._hand_over(first="utter_phone_trouble")
            if not told:
                await self._say([self._words("utter_phone_moment")], remember=False)
            told, self._question, self._turns = True, question, turns
            await asyncio.sleep(RETRY_SECONDS)

    # ------------------------------------------------------------ how it begins

    async def _open(self) -> None:
        if self._started.news == "nobody":
            await self._nobody_answered()
            return
        if self._opened.draft:
            await self._parts.in_store(calls.forget_unchosen_language, self._conversation.id)
        known = await self._parts.in_store(calls.choices, self._started.caller)
        rate = known.rate or flow.ELDER_RATE
        self._conversation = await self._parts.in_store(conversations.set_manner, self._conversation.id, rate=rate)
        if self._started.news == "outbound":
            await self._tell_why_we_call()
            return
        names = flow.greeting(recorded=self._parts.settings.keep_audio_days > 0, draft=self._opened.draft)
        self._question = "draft" if self._opened.draft else None
        there = await self._parts.in_store(office.look, self._parts.settings.staff_hours, self._parts.clock())
        greeting = [self._words(name) for name in names]
        first = office.welcome(there, greeting[0], self.language)
        await self._say([first, *office.announced(there, self.language), *await self._news_of_acts(), *greeting[1:]])

    # ------------------------------------------------------------ one thing after the other

    async def _take(self, item: Item) -> None:
        match item:
            case Final(utterance, audio):
                await self._words_said(utterance, audio)
            case StillThere():
                asked = open_question(self._last_turn, self.language, self._parts.words)
                helped = [self._words("utter_are_you_there"), *([asked] if asked else [])]
                await self._say(helped, remember=False)
            case GaveUp():
                await self._end("utter_phone_silent_goodbye", "silence")
            case CannotHear(say):
                await self._hand_over(first=say)
            case MissedWords(say):
                await self._say([self._words(say)], remember=False)
            case Wanted("person"):
                await self._hand_over()
            case Wanted("again"):
                await self._say(self._last)
            case Wanted("slower"):
                await self._slower()
            case Wanted("other_language"):
                await self._other_language()
            case Wanted("other_choices"):
                first = self._half == "utter_phone_menu"
                self._half = "utter_phone_menu_others" if first else "utter_phone_menu"
                await self._say([self._words(self._half)])
            case Wanted("end"):
                await self._rate_and_end()
            case DigitsPaused(digits):
                said = flow.digits_for_ear(digits, self.language)
                reply = self._words("utter_phone_digits_so_far")
                await self._say([flow.filled(reply, self.language, digits=said)], remember=False)
            case DigitsGiven(digits):
                question, self._question = self._question, None
                if question == "which_number":
                    await self._number_told(digits)
                elif question == "draft_digits":
                    await self._open_draft(digits)
                else:
                    await self._turn(digits)
            case Chosen(choice):
                wish = flow.wish_of_key(choice, self._keys.mode, self._last_turn, self.language)
                if wish is None:  # fewer were offered: hear them again
                    await self._say(self._last)
                else:
                    self._keys.switch("talk")
                    await self._turn(wish)
            case Rated(_):
                pass

    async def _words_said(self, utterance: Utterance, audio: bytes) -> None:
        if self._playback.barge_in.protected:
            await self._playback.finished()
        self._keys.forget_digits()
        self._heard_at = time.monotonic()
        whole = self._fragments.joined(utterance.text, self._heard_at, utterance.speech_seconds)
        question, self._question = self._question, None
        in_danger = await self._parts.dialogue.is_danger(utterance)
        if question and not in_danger and await self._answered(question, utterance.text):
            return
        utterance = replace(utterance, text=whole)
        await self._turn(whole, utterance, audio)

    async def _answered(self, question: Question, text: str) -> bool:
        """Did these words answer what the call itself had asked? Then it is done; else they mean something else."""
        if question == "draft_digits":
            digits = find_entities(text, self._parts.clock(), awaiting="tail").tail
            return await self._open_draft(digits) if digits else False
        act = await self._act_of(question, text)
        answer = flow.YES_OR_NO.get(act)
        if self._about is not None and act == "no_calls":
            await self._no_more_calls()
        elif act == "goodbye" and question == "keep_before_goodbye":  # nobody has to answer in order to leave
            await self._leave(keeping=True)
        elif act == "goodbye":
            await self._take_leave()
        elif act == "not_for_us":  # said to somebody in the room: the question stands
            self._question = question
        elif question == "reminder" and self._about and act in ("cancel", "no", "stop"):
            await self._turn(self._about.cancelling)
        elif question == "solved" and self._about and answer is False:
            await self._turn(self._about.reopening)
        elif question == "which_number" and count_digits(text) >= FEW_DIGITS:
            await self._number_told(text)
        elif question == "keep_before_goodbye" and answer is not None:
            await self._leave(keeping=answer)
        elif answer is None:
            return False
        elif question == "mandate" and self._about:
            await self._mandate_answered(self._about.number, agreed=answer)
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
        elif question == "number_right":
            await self._call_back(self._number_given, agreed=answer)
        elif question == "call_back":
            await self._call_back(self._started.caller or "", agreed=answer)
        else:  # which number, and the answer is yes or no: no number, then
            await self._say([self._words("utter_phone_new_start")])
        return True

    async def _turn(self, text: str, utterance: Utterance | None = None, audio: bytes = b"") -> None:
        self._turns += 1
        began, rate = time.monotonic(), self._conversation.rate
        message_id = f"call-{self._opened.id}-{self._turns}-{self._stamp}"
        answering = asyncio.create_task(self._twice(lambda: self._ask(text, utterance, audio, message_id)))
        person = asyncio.create_task(self._person_wanted.wait())
        first = asyncio.FIRST_COMPLETED
        try:
            done, _ = await asyncio.wait([answering, person], timeout=MOMENT_SECONDS, return_when=first)
            if not done:
                await self._say([self._words("utter_phone_moment")], remember=False)
                await asyncio.wait([answering, person], return_when=first)
            if not answering.done():
                return  # a person is wanted, as the inbox tells next
            turn = await answering
        except Outage:
            await self._hand_over(first="utter_phone_trouble")
            return
        except AssistantError as error:
            await self._say([self._words(error.say)])
            return
        finally:
            answering.cancel()
            person.cancel()
        if turn.goal == "emergency":  # before anything that needs the database
            self._last_turn = turn
            self.note("answered", turn.goal, round((time.monotonic() - began) * 1000))
            await self._emergency(turn)
        self._conversation = await self._parts.in_store(conversations.view, self._conversation.id)
        if utterance is not None and await self._speaks_the_other(utterance, turn):
            await self._turn(utterance.other_text)
            return
        turn, self._last_turn = flow.with_number_again(self._last_turn, turn, self.language), turn
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
        understood = flow.was_understood(turn, self._parts.words)
        if not understood and turn.heard and turn.state.awaiting is None:
            self._fragments.not_understood(turn.heard.text, self._heard_at)
        if turn.goal == "human_agent" and not flow.is_erasure(turn):
            await self._hand_over(number=flow.handover_in(turn))
        elif turn.goal == "goodbye":
            await self._take_leave()
        elif (help_ := self._missed.add(understood=understood)) == "person":
            await self._hand_over()
        elif help_ == "menu" and turn.state.form is None:  # a form has choices of its own to tell
            self._keys.switch("menu")
            question = open_question(turn, self.language, self._parts.words)
            self._half = "utter_phone_menu"
            await self._say([self._words(self._half), *([question] if question else [])])
        elif faster and self._started.caller:
            self._question = "remember_pace"
            self._ears.awaiting("confirmation", self.language)
            await self._say([self._words("utter_phone_remember_pace")])
        elif turn.goal in ("slower", "louder") and turn.replies:  # as the key does: in that manner, once more
            await self._say([turn.replies[0], *self._last], remember=False)
        else:
            await self._reply(turn)

    async def _reply(self, turn: Turn) -> None:
        self._keys.switch(flow.mode_for(turn))
        self._ears.awaiting(turn.state.awaiting, self.language)
        replies = list(turn.replies)
        if flow.asks_for_own_number(turn) and self._started.caller and replies:
            self._question = "this_number"
            digits = flow.digits_for_ear(phone_last4(self._started.caller), self.language)
            replies.append(flow.filled(self._words("utter_phone_use_this_number"), self.language, tail=digits))
        await self._say(replies, weighty=turn.state.awaiting == "confirmation")

    # ------------------------------------------------------------ questions of the call itself

    async def _draft(self, *, wanted: bool) -> None:
        if self._opened.locked:
            if wanted:
                self._question = "draft_digits"
                self._keys.switch("digits")
                self._ears.awaiting("tail", self.language)
                await self._say([self._words("utter_phone_draft_digits")])
            else:
                await self._say([self._words("utter_phone_new_start")])
            return
        if not wanted:
            await self._turn(words.text("dialogue.drop", self.language))
            return
        await self._last_reply_again()

    async def _open_draft(self, digits: str) -> bool:
        """One try: whoever does not know the digits begins anew."""
        draft, self._opened = self._opened.locked, replace(self._opened, locked=None)
        self._keys.switch("talk")
        self._ears.awaiting(None, self.language)
        if draft is None or digits not in draft.tails:
            await self._say([self._words("utter_phone_draft_wrong")])
            return True
        await self._parts.in_store(calls.take_up, self._opened.id, draft)
        self._opened = replace(self._opened, conversation_id=draft.conversation_id)
        self._conversation = await self._parts.in_store(conversations.view, draft.conversation_id)
        await self._last_reply_again()
        return True

    async def _last_reply_again(self) -> None:
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
        noted = self._words("utter_phone_remembered" if agreed else "utter_phone_not_remembered")
        self._ears.awaiting(self._last_turn.state.awaiting if self._last_turn else None, self.language)
        question = open_question(self._last_turn, self.language, self._parts.words)
        await self._say([noted, question or self._words("utter_phone_anything_else")])

    async def _no_more_calls(self) -> None:
        if self._started.caller:
            await self._parts.in_store(calls.remember, self._started.caller, self._parts.clock(), no_calls=True)
        await self._end("utter_phone_no_more_calls", "assistant")

    async def _slower(self) -> None:
        rate = next_rate(self._conversation.rate or flow.ELDER_RATE, "slower")
        self._conversation = await self._parts.in_store(conversations.set_manner, self._conversation.id, rate=rate)
        await self._say([self._words("utter_slower"), *self._last], remember=False)

    # ------------------------------------------------------------ how it ends

    async def _emergency(self, turn: Turn) -> None:
        """The notice is heard to its end, then a person takes over."""
        await self._say(turn.replies[:1], protected=True)
        await self._playback.finished()
        await self._hand_over(urgent=True)
