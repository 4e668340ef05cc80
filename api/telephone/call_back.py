"""Nobody answered at the operator's telephone: on which number is the caller called back?"""

from api.telephone.call_session import CallSession, Question
from api.telephone.listening import Listening
from bot.dialogue.call import flow
from bot.dialogue.call.keys import CallKeys
from bot.language.entities import find_entities
from bot.services.conversations import calls
from bot.turns import Reply


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
