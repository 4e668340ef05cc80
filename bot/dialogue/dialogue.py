"""One turn: from words to replies, kept from the first moment and never done twice."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tenacity import AsyncRetrying, retry_if_exception_type, wait_fixed

from bot.dialogue.admission.circumstances import circumstances
from bot.dialogue.admission.guards import GUARDS
from bot.dialogue.admission.locks import ConversationLocks
from bot.dialogue.answers import NOTHING_ASKED, AnswerReader
from bot.dialogue.asked import asked_in
from bot.dialogue.call.hearing import Understood, understand
from bot.dialogue.call.not_heard import ask_to_say_again, open_question
from bot.dialogue.choosing import more, offered_in, picked
from bot.dialogue.context import fits, reply_language
from bot.dialogue.danger_notices import DangerNotices
from bot.dialogue.goals import goal_of
from bot.dialogue.manner import follow_speaker, follow_wish
from bot.dialogue.rasa_client import RasaAnswer, RasaClient
from bot.dialogue.replies import to_reply
from bot.dialogue.responses import Responses
from bot.errors import DialogueUnavailable, Outage
from bot.language.entities import find_entities
from bot.language.masking import mask, mask_answer
from bot.language.readers.danger import Alarm, DangerReader
from bot.language.readers.sentence_model import SentenceModel
from bot.language.text import language_of, normalise
from bot.services.conversations import conversations
from bot.services.conversations.conversations import ConversationView
from bot.services.handover import takeover
from bot.services.handover.handover import request_person
from bot.services.kernel.notices import assistant_off
from bot.services.kernel.topics import draft_of
from bot.speech.interface import Utterance
from bot.store.store import Store
from bot.turns import Language, Reply, State, Turn

FREE_ANSWERS = frozenset({"inform", "out_of_scope", "affirm", "deny"})
"""Goals of words that may be an answer with anything in it."""
MAKES_SENSE = 0.7
"""Least confidence of words that are read by themselves."""
RETRY_SECONDS = 0.7
HELPS_NO_MORE = frozenset({"utter_missed_again", "utter_offer_person"})
"""Replies to who has heard it again twice: they are told then, and not the last ones."""
LONGEST_READ = 2000
"""Characters in plain form. A message holds no more, but single signs grow to words there (ﷺ to eighteen letters)."""
READINGS = 4
"""Readings of the recogniser, beside its first, in which danger is looked for."""


@dataclass(frozen=True)
class Outcome:
    """What a turn led to, beside the replies."""

    turn: Turn
    language: str
    topic: str | None
    episode: int
    known: tuple[str, ...] = ()
    """Personal values of the draft, to be masked in the transcript."""
    left_to: str | None = None
    """person or nobody, where the assistant is silent."""
    told: dict[str, int] | None = None
    """How often each wording was used in the matter that is done with this turn."""


class Dialogue:
    """Shared by all channels and conversations; turns of one conversation wait for each other."""

    def __init__(
        self,
        store: Store,
        rasa: RasaClient,
        words: Responses,
        *,
        clock: Callable[[], datetime],
        patience_seconds: float,
        danger: DangerReader,
        staff_hours: str = "",
        answers: AnswerReader | None = None,
        locks: ConversationLocks | None = None,
    ) -> None:
        """`staff_hours` is the setting; the console may name others. Without `answers` Rasa's intents have to do."""
        self.danger, self.answers = danger, answers
        self._danger_thread = ThreadPoolExecutor(1, "danger")  # of its own: a stalled database holds up the others
        self.store, self.rasa, self.words = store, rasa, words
        self.clock, self.patience_seconds, self.staff_hours = clock, patience_seconds, staff_hours
        self.locks = locks or ConversationLocks(patience_seconds=patience_seconds)
        self.notices = DangerNotices(store, words, clock, self._lock)
        self._chores: set[asyncio.Task[Any]] = set()

    async def say(
        self,
        conversation: ConversationView,
        text: str,
        client_message_id: str,
        utterance: Utterance | None = None,
    ) -> Turn:
        """The answer to these words. The same `client_message_id` again gets the same turn and does nothing.

        `utterance` comes with words that were spoken: what was not heard surely is asked again instead of guessed.
        Danger is decided first and answered whatever else is wrong.
        Raises an Outage when Rasa or the database stay away for longer than our patience; the same can be sent again.
        """
        alarm = await self.alarm_in(text, utterance.alternatives[:READINGS] if utterance else ())
        if alarm and alarm.sure:
            return await self.notices.warn(conversation, alarm, text, client_message_id, utterance)
        async with self._lock(conversation):
            started = time.monotonic()
            return await self._patiently(
                lambda: self._say(conversation, text, client_message_id, utterance, alarm, started)
            )

    async def _patiently(self, turn: Callable[[], Awaitable[Turn]]) -> Turn:
        """Try again while a part is away: each step of a turn is done once, however often the turn is tried."""
        missing: Outage = DialogueUnavailable()

        async def one_try() -> Turn:
            nonlocal missing
            try:
                return await turn()
            except Outage as outage:
                missing = outage
                raise

        retrying = AsyncRetrying(retry=retry_if_exception_type(Outage), wait=wait_fixed(RETRY_SECONDS))
        try:
            async with asyncio.timeout(self.patience_seconds):
                return await retrying(one_try)
        except TimeoutError:
            raise missing from None

    async def alarm_in(self, text: str, others: tuple[str, ...] = ()) -> Alarm | None:
        """The danger that the words tell of, `others` being further readings of the same sound. Needs nothing else."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._danger_thread, self.danger.in_readings, text, tuple(others))

    def read_with(self, danger: SentenceModel, answers: SentenceModel) -> None:
        """Other models for the readers, from the next turn on."""
        self.danger.use(danger)
        if self.answers:
            self.answers.use(answers)

    async def is_danger(self, utterance: Utterance) -> bool:
        """Surely, and now."""
        alarm = await self.alarm_in(utterance.text, utterance.alternatives[:READINGS])
        return alarm is not None and alarm.sure

    async def makes_sense(self, text: str) -> bool:
        """Do these words, by themselves, mean something we know? Raises DialogueUnavailable."""
        intent, confidence = await self.rasa.reading(text)
        return intent not in FREE_ANSWERS and confidence >= MAKES_SENSE

    def _lock(self, conversation: ConversationView) -> AbstractAsyncContextManager[None]:
        return self.locks.of(conversation.id)

    async def _say(
        self,
        conversation: ConversationView,
        text: str,
        client_message_id: str,
        utterance: Utterance | None,
        alarm: Alarm | None,
        started: float,
    ) -> Turn:
        conversation, last, answerer = await asyncio.to_thread(circumstances, self.store, conversation.id, self.clock())
        asked = last.state if last else State()
        if (
            conversation.id in self.notices.unkept
        ):  # nor does a yes to a notice that is written nowhere confirm anything
            asked = replace(asked, asked=None)
        # reading is arithmetic over every character, so it never runs on the event loop, which serves everybody
        spoken = await asyncio.to_thread(_understand, utterance, asked, conversation) if utterance else None
        plain = (await asyncio.to_thread(normalise, spoken.text if spoken else text))[:LONGEST_READ]
        masked = await asyncio.to_thread(
            mask_answer, plain, asks_who=draft_of(asked.form).asks_who, awaiting=asked.awaiting
        )
        received = await asyncio.to_thread(
            conversations.receive, self.store, conversation.id, client_message_id, text, masked, self.clock()
        )
        if received.done:
            return received.done
        outcome = None
        if spoken and utterance and answerer == "assistant":
            outcome = self._not_heard(conversation, spoken, utterance, asked, last)
        if outcome is None and not plain and answerer == "assistant":
            outcome = self._nothing_said(conversation, asked, last)
        if outcome is None and answerer != "assistant":
            outcome = await self._keep_silent(conversation, plain, client_message_id, asked, answerer)
        if outcome is None:
            readings = utterance.alternatives if utterance else ()
            outcome = await self._answer(conversation, plain, readings, client_message_id, asked, last)
        replies = outcome.turn.replies
        if alarm:
            replies = (*self._if_it_is_now(alarm, conversation, outcome.language), *replies)
        heard = spoken.heard if spoken else None
        turn = replace(outcome.turn, turn_id=received.turn_id, heard=heard, replies=replies)
        await asyncio.to_thread(
            conversations.complete,
            self.store,
            turn,
            conversation.id,
            language=outcome.language,
            topic=outcome.topic,
            episode=outcome.episode,
            masked=await asyncio.to_thread(_masked, plain, outcome, asked),
            milliseconds=round((time.monotonic() - started) * 1000),
            now=self.clock(),
            left_to=outcome.left_to,
            told=outcome.told,
        )
        self.notices.unkept.pop(conversation.id, None)
        if outcome.episode != conversation.episode:
            self._forget(_sender(conversation))
        if turn.goal in ("slower", "louder"):
            await asyncio.to_thread(follow_wish, self.store, conversation, turn.goal, plain, asked.awaiting)
        elif utterance and spoken and spoken.sure:
            await asyncio.to_thread(follow_speaker, self.store, conversation, utterance)
        return turn

    def _not_heard(
        self,
        conversation: ConversationView,
        spoken: Understood,
        utterance: Utterance,
        asked: State,
        last: Turn | None,
    ) -> Outcome | None:
        """The wish to hear it again, unless it was heard surely."""
        language = _language(spoken.text, conversation, asked)
        if spoken.sure and spoken.text:
            return None
        language = conversation.language or language
        turn = Turn("", "out_of_scope", utterance.confidence, ask_to_say_again(last, language, self.words), asked)
        return Outcome(turn, language, conversation.topic, conversation.episode)

    def _nothing_said(self, conversation: ConversationView, asked: State, last: Turn | None) -> Outcome:
        """Only signs that nobody can see were sent; Rasa can do nothing with an empty text, so it is asked again."""
        language = conversation.language or "zh"
        turn = Turn("", "out_of_scope", 0.0, ask_to_say_again(last, language, self.words), asked)
        return Outcome(turn, language, conversation.topic, conversation.episode)

    async def _keep_silent(
        self,
        conversation: ConversationView,
        text: str,
        client_message_id: str,
        asked: State,
        answerer: takeover.Answerer,
    ) -> Outcome:
        """A person answers, or nobody does because the office has switched us off."""
        language = _language(text, conversation, asked)
        replies: tuple[Reply, ...] = ()
        if answerer == "nobody":
            now = self.clock()
            entities = await asyncio.to_thread(find_entities, text, now, awaiting="phone", language=language)
            phone = entities.phone
            made = await asyncio.to_thread(
                request_person,
                self.store,
                conversation_id=conversation.id,
                reason="assistant_off",
                phone=phone,
                client_message_id=f"off-{client_message_id}" if phone else f"off-{conversation.id}",
                channel=conversation.channel,
                language=language,
                now=now,
                hours=self.staff_hours,
            )
            replies = (assistant_off(language, made.number, made.on_duty, phone),)
        turn = Turn("", "human_agent", 1.0, replies, replace(asked, asked=None))
        return Outcome(turn, language, conversation.topic, conversation.episode, left_to=answerer)

    async def _answer(
        self,
        conversation: ConversationView,
        text: str,
        readings: tuple[str, ...],
        client_message_id: str,
        asked: State,
        last: Turn | None,
    ) -> Outcome:
        language = _language(text, conversation, asked)
        for step in GUARDS:
            if early := step(text, asked, language, self.words):
                again = open_question(last, language, self.words) if early.asks_again else None
                state = asked if early.asks_again else replace(asked, asked=None)
                turn = Turn("", early.goal, 1.0, (early.reply, again) if again else (early.reply,), state)
                return Outcome(turn, language, conversation.topic, conversation.episode)
        answered = NOTHING_ASKED
        if self.answers:
            answered = await asyncio.to_thread(self.answers.read, text, asked.asked)
        if offered := offered_in(last):
            act = answered.act if answered.sure else None
            if told := more(text, offered, language, self.words, act):
                turn = Turn("", "inform", 1.0, (told,), asked)
                return Outcome(turn, language, conversation.topic, conversation.episode)
            if choice := picked(text, offered, asked, act):
                text, answered = choice, NOTHING_ASKED
        now = self.clock()
        fitting = await asyncio.to_thread(fits, text, asked.awaiting, language, now)
        about: dict[str, Any] = {
            "conversation_id": conversation.id,
            "language": language,
            "channel": conversation.channel,
            "now": now.isoformat(),
            "topic": conversation.topic,
            "awaiting": asked.awaiting,
            "fits": fitting,
            "readings": list(readings),
            "asked": asked.asked,
            "told": dict(conversation.told),
        }
        if self.answers:
            about |= {"act": answered.act, "act_sure": answered.sure, "act_confidence": answered.confidence}
        answer = await self.rasa.turn(_sender(conversation), client_message_id, text, about)
        return self._outcome(answer, conversation, language, last)

    def _outcome(self, answer: RasaAnswer, conversation: ConversationView, language: str, last: Turn | None) -> Outcome:
        goal = goal_of(answer.intent)
        language = answer.slots.get("language") or language
        replies = _trim(goal, answer.told, tuple(to_reply(message, language) for message in answer.messages), last)
        state = State(
            form=(answer.active_loop or "").removesuffix("_form") or None,
            awaiting=answer.requested_slot if answer.active_loop else None,
            asked=asked_in(answer.told, answer.requested_slot if answer.active_loop else None),
        )
        finished = bool(answer.slots.get("finished"))
        known = tuple(str(answer.slots[name]) for name in ("name", "phone", "place") if answer.slots.get(name))
        return Outcome(
            turn=Turn("", goal, round(answer.confidence, 4), replies, state),
            language=language,
            topic=answer.slots.get("topic") or conversation.topic,
            episode=conversation.episode + (1 if finished else 0),
            known=tuple(value for value in known if len(value) > 1),
            told=answer.slots.get("wordings") if finished else None,
        )

    def _if_it_is_now(self, alarm: Alarm, conversation: ConversationView, language: str) -> list[Reply]:
        """One sentence with the number for the case that it is happening now; in a call a person is offered too."""
        names = [
            f"utter_possible_{alarm.kind}",
            *(["utter_possible_person"] if conversation.channel == "phone" else []),
        ]
        return [self.words.reply(name, "en" if language == "en" else "zh") for name in names]

    def _forget(self, sender: str) -> None:
        """Rasa's memory of a finished service goes; if that fails, the worker's retention takes it later."""

        async def forget() -> None:
            try:
                await self.rasa.forget(sender)
            except DialogueUnavailable:
                return

        chore = asyncio.create_task(forget())
        self._chores.add(chore)
        chore.add_done_callback(self._chores.discard)


def _understand(utterance: Utterance, asked: State, conversation: ConversationView) -> Understood:
    language: Language = language_of(utterance.text) or ("en" if conversation.language == "en" else "zh")
    return understand(utterance, awaiting=asked.awaiting, language=language)


def _language(text: str, conversation: ConversationView, asked: State) -> str:
    """The language to answer in. In a call only a key or an explicit wish changes it, never how a sentence was heard."""
    if conversation.channel == "phone":
        return conversation.language or "zh"
    return reply_language(text, conversation.language, asked.awaiting)


def _masked(text: str, outcome: Outcome, asked: State) -> str:
    """For people who may not read personal data, and for the search. A wish or a question is no free answer."""
    if outcome.turn.goal in FREE_ANSWERS:
        return mask_answer(text, asks_who=draft_of(asked.form).asks_who, awaiting=asked.awaiting, known=outcome.known)
    return mask(text, known=outcome.known, awaiting=asked.awaiting)


def _sender(conversation: ConversationView) -> str:
    """Rasa's name for this conversation; a new one after each finished service."""
    return f"{conversation.id}-{conversation.episode}"


def _trim(goal: str, told: Sequence[str], replies: tuple[Reply, ...], last: Turn | None) -> tuple[Reply, ...]:
    """ "Again" is answered by what was said last."""
    if goal == "repeat" and last and not HELPS_NO_MORE.intersection(told):
        return last.replies
    return replies
