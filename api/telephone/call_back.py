"""When we call somebody: back, because nobody answered; and to remind, to tell, or to ask for a mandate."""

import asyncio
import contextlib
import time
from typing import Literal

from api.telephone.call_session import CallSession, Question
from api.telephone.leave_taking import LeaveTaking
from api.telephone.listening import Listening
from bot.dialogue.call import flow
from bot.dialogue.call.keys import CallKeys
from bot.dialogue.call.who_answers import is_machine
from bot.errors import Refusal
from bot.language.ear import for_ear
from bot.language.entities import find_entities
from bot.services.conversations import calls, conversations, outbound_calls
from bot.services.mandates import mandates
from bot.speech.stt.ears import Final
from bot.turns import Reply

LOOK_SECONDS = 0.05
PERSON_WAITS_SECONDS = 1.2
"""Of a quiet line after we have said who we are: longer than the pause by which their "喂?" is known to be over."""
MACHINE_WAITS_SECONDS = 2.0
"""Of a quiet line after its announcement: within it comes the tone."""
LONGEST_SECONDS = 20.0
"""Nobody is waited for any longer."""

WHY_WE_CALL: dict[str, tuple[str, Question | None]] = {
    "reminder": ("utter_phone_reminder", "reminder"),
    "case_answered": ("utter_phone_case_answered", "solved"),
    "mandate_asked": ("utter_phone_mandate_asked", "mandate"),
    "mandate_act": ("utter_phone_mandate_act", None),
    "served": ("utter_phone_served", None),
    "own_code": ("utter_phone_own_code", None),
}
"""The reply that opens a call of ours, and what it asks, by the occasion."""


class CallBack(CallSession):
    """The questions of a call back, as part of a talk."""

    _ears: Listening
    _keys: CallKeys
    _question: Question | None
    _number_given: str

    async def _nobody_answered(self) -> None:
        """Back from the operator's telephone: the call-back is recorded already; on which number?"""
        record = await self._record(None)
        told = flow.filled(self._words("utter_phone_nobody"), self.language, number=record)
        self.note("nobody_answered")
        if self._started.caller:
            self._keys.switch("talk")
            self._question = "call_back"
            self._ears.awaiting("confirmation", self.language)
            await self._say([told, self._words("utter_phone_call_this_number")])
        else:
            await self._ask_number(told)

    async def _ask_number(self, *first: Reply) -> None:
        """On which number do you want to be called back? By voice or by key."""
        self._question = "which_number"
        self._keys.switch("digits")
        self._ears.awaiting("phone", self.language)
        await self._say([*first, self._words("utter_phone_which_number")])

    async def _number_told(self, text: str) -> None:
        if digits := find_entities(text, self._parts.clock(), awaiting="phone").phone:
            self._question, self._number_given = "number_right", digits
            self._keys.switch("talk")
            self._ears.awaiting("confirmation", self.language)
            said = flow.digits_for_ear(digits, self.language)
            await self._say([flow.filled(self._words("utter_phone_number_right"), self.language, digits=said)])
        else:
            await self._ask_number(self._words("utter_bad_phone"))

    async def _call_back(self, number: str, *, agreed: bool) -> None:
        if not agreed:
            await self._ask_number()
            return
        record = await self._parts.in_store(calls.ask_call_back, self._opened.id, number, self._parts.clock())
        self._ears.awaiting(None, self.language)
        noted = flow.filled(self._words("utter_phone_call_back_noted"), self.language, number=record)
        await self._say([noted, self._words("utter_phone_anything_else")])


class OurCall(LeaveTaking):
    """A call that we make: why, and what is answered; and what is told to whoever calls us."""

    _about: outbound_calls.OutboundCall | None

    async def _tell_why_we_call(self) -> None:
        now = self._parts.clock()
        self._about = await self._parts.in_store(outbound_calls.find_call, self._started.task, now)
        if self._about is None:  # cancelled or closed while the telephone rang
            await self._end("utter_phone_goodbye", "assistant")
            return
        self._conversation = await self._parts.in_store(
            conversations.set_language, self._conversation.id, self._about.language
        )
        who = await self._who_answers()
        if who == "machine":
            await self._leave_message()
        if who != "person":
            return
        name, self._question = WHY_WE_CALL[self._about.kind]
        told = flow.filled(self._words(name), self.language, **self._about.words)
        if self._about.kind == "served":
            await self._rate(told, served=self._about.served)
            return
        news = await self._news_of_acts() if self._about.kind == "mandate_act" else []
        await self._say([told, *news])
        self._keys.switch("talk")

    async def _who_answers(self) -> Literal["person", "machine", "in danger"]:
        """We say who we are; nothing of the matter is told before it is clear that no machine keeps it.

        A 喂 said meanwhile stops nobody. Danger and the wish for no calls are heard here too.
        """
        await self._say([self._words("utter_phone_it_is_us")], protected=True, remember=False)
        self._ears.awaiting(None, self.language)
        quiet, give_up = 0.0, time.monotonic() + LONGEST_SECONDS
        while quiet < PERSON_WAITS_SECONDS and time.monotonic() < give_up:
            while not self.inbox.empty():
                item = self.inbox.get_nowait()
                if not isinstance(item, Final):
                    await self._take(item)
                elif is_machine(item.utterance.text, item.utterance.speech_seconds):
                    return "machine"
                elif await self._parts.dialogue.is_danger(item.utterance):
                    await self._words_said(item.utterance, item.audio)
                    return "in danger"
                elif await self._act_of("reminder", item.utterance.text) == "no_calls":
                    await self._no_more_calls()
            if is_machine(self._ears.words, self._ears.speech_seconds):
                return "machine"
            await asyncio.sleep(LOOK_SECONDS)
            they_speak = (
                self._ears.words and self._ears.speech_seconds > 0
            )  # words alone may be of what was no sentence
            quiet = 0.0 if self._playback.speaking or they_speak else quiet + LOOK_SECONDS
        return "person"

    async def _leave_message(self) -> None:
        """Who called and no more, once: whoever else hears it learns nothing."""
        task, now = self._started.task, self._parts.clock()
        told = await self._parts.in_store(outbound_calls.left_message, task, now)
        quiet, give_up = 0.0, time.monotonic() + LONGEST_SECONDS
        while not told and quiet < MACHINE_WAITS_SECONDS and time.monotonic() < give_up:
            await asyncio.sleep(LOOK_SECONDS)
            loud = self._playback.speaking or self._ears.speech_seconds > 0
            quiet = 0.0 if loud else quiet + LOOK_SECONDS
        await self._end(None if told else "utter_phone_message", outbound_calls.MACHINE)

    async def _news_of_acts(self) -> list[Reply]:
        """What others have done for the caller since they were here last."""
        if not self._started.caller:
            return []
        caller, now = self._started.caller, self._parts.clock()
        told = await self._parts.in_store(mandates.news, caller, self.language, now)
        return [Reply(text=told, spoken=for_ear(told, self.language))] if told else []

    async def _mandate_answered(self, number: str, *, agreed: bool) -> None:
        """May somebody act for them? Nothing else than a plain yes is one."""
        conversation_id, now = self._conversation.id, self._parts.clock()
        with contextlib.suppress(Refusal):  # ended meanwhile: nobody acts, whatever was said
            await self._parts.in_store(
                mandates.answer, number, agreed=agreed, conversation_id=conversation_id, now=now
            )  # fmt: skip
        await self._end("utter_phone_mandate_agreed" if agreed else "utter_phone_mandate_refused", "assistant")
