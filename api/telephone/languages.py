"""In which language a call goes on, and who changes it: a key, a wish, or a caller who goes on in the other one."""

from api.telephone.call_session import CallSession
from api.telephone.listening import Listening
from bot.dialogue.call import flow
from bot.dialogue.call.spoken_language import OTHER, Reading, SpokenLanguage
from bot.errors import Outage
from bot.language import words
from bot.services.conversations import conversations
from bot.speech.interface import Utterance
from bot.turns import Language, Turn


class Languages(CallSession):
    """As part of a talk."""

    _ears: Listening
    _last_turn: Turn | None
    _spoken_language: SpokenLanguage

    async def _turn(self, text: str) -> None:
        """As the talk does it."""
        raise NotImplementedError

    async def _other_language(self) -> None:
        """English, or back. In the middle of something the dialogue asks its question again in that language."""
        other = OTHER[self.language]
        self._spoken_language.chosen()
        if self._last_turn is not None and self._last_turn.state.form:
            await self._turn(words.text("dialogue.this_language", other))
            return
        await self._go_on_in(other)
        names = (
            ("utter_phone_welcome", "utter_phone_english") if self._last_turn is None else ("utter_language_switched",)
        )
        await self._say([self._words(name) for name in names])

    async def _speaks_the_other(self, utterance: Utterance, turn: Turn) -> bool:
        """Is it clear by now that the caller speaks the other language? Then the call goes on in it."""
        understood = flow.was_understood(turn, self._parts.words)
        makes_sense = False
        if utterance.other_text and not understood:
            try:
                makes_sense = await self._parts.dialogue.makes_sense(utterance.other_text)
            except Outage:  # then nothing is known, and nothing changes
                return False
        reading = Reading(utterance.confidence, utterance.other_confidence, understood, makes_sense)
        if not self._spoken_language.changes(reading):
            return False
        await self._go_on_in(OTHER[self.language])
        self.note("language_heard", self.language)
        await self._say([self._words("utter_language_switched")], remember=False)
        return True

    async def _go_on_in(self, language: Language) -> None:
        self._conversation = await self._parts.in_store(conversations.set_language, self._conversation.id, language)
        self._ears.awaiting(None, language)
