"""The only file that builds real parts and joins them. Each part is built once, when it is first needed."""

import math
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from bot import state_folder
from bot.dialogue.fixed_responses import fixed_responses
from bot.dialogue.responses import Responses
from bot.ear_process import ears_folder, ready_ears
from bot.language.readers.danger import DangerReader
from bot.language.readers.encoders import Encoder, open_encoder
from bot.language.readers.sentence_model import SentenceModel
from bot.operation import readers, training
from bot.operation.model_training import Candidates
from bot.own_voices import own_voices
from bot.services.bookings.bookings import PhoneLimits
from bot.services.guides.guides import Guides, read_guides
from bot.services.items.items import Catalogue, Item, read_items
from bot.services.items.live_items import LiveItems
from bot.services.jobs.trades import Trades, read_trades
from bot.services.kernel.deadlines import Targets
from bot.services.kernel.hoarding import CaseLimits
from bot.services.kernel.topics import Keep
from bot.services.knowledge.live_knowledge import LiveKnowledge
from bot.services.learning import trained_models
from bot.services.offices.hall import Hall, read_hall
from bot.services.pages import knowledge as knowledge_pages
from bot.settings import ROOT, Settings
from bot.speech.stt.ear_client import EarClient
from bot.speech.stt.ears import Ears
from bot.speech.stt.hearing import Hearing
from bot.speech.tts.natural_voices import natural_voice
from bot.speech.tts.phrase_cache import PhraseCache
from bot.speech.tts.phrases import fixed_phrases, leads
from bot.speech.tts.pyttsx3_voice import ENGINE, PATIENCE_SECONDS, Pyttsx3Voice
from bot.speech.tts.voice_client import VoiceProcesses
from bot.store.encryption import DataKeys
from bot.store.store import Store
from bot.turns import Language
from bot.voice_process import Kind, voices_folder

LANGUAGES: tuple[Language, ...] = ("zh", "en")


@cache
def settings() -> Settings:
    return Settings()


@cache
def store() -> Store:
    chosen = settings()
    return Store(chosen.database, DataKeys(state_folder.data_keys(chosen)), *chosen.audit_files)


@cache
def encoder() -> Encoder | None:
    """None when the setting says none."""
    return open_encoder(settings().encoder_name)


@cache
def deep_encoder() -> Encoder | None:
    """What the trained readers of sentences are given; it shares the weights of `encoder`."""
    found = encoder()
    return found.joining_layers() if found else None


def danger_reader(encoder_name: str) -> DangerReader:
    """Ready to read; it is trained first when its data changed."""
    return DangerReader(_danger_model(encoder_name))


@cache
def _danger_model(encoder_name: str) -> SentenceModel:
    return readers.ensure("danger", _deep_encoder_named(encoder_name))


@cache
def _deep_encoder_named(name: str) -> Encoder | None:
    return deep_encoder() if name == settings().encoder_name else open_encoder(name, deep=True)


def readers_in_force(store: Store, chosen: Settings) -> tuple[SentenceModel, SentenceModel]:
    """Of danger and of answers: those that were activated along with Rasa's model, else those of the files."""
    active = None
    if trained_models.has_active(store):
        active = trained_models.file_in_force(store, chosen.trained_models, model_fingerprint())
    if active is None:
        return _danger_model(chosen.encoder_name), answer_model()
    found = _deep_encoder_named(chosen.encoder_name)
    return readers.in_force("danger", found, active), readers.in_force("answers", found, active)


@cache
def answer_model() -> SentenceModel:
    """What sentences mean after our own questions; trained when its examples have changed."""
    return readers.ensure("answers", deep_encoder())


@cache
def candidates() -> Candidates:
    return Candidates(settings())


def model_fingerprint() -> str:
    """Of the files that a model has to fit to."""
    return training.fingerprint(settings())


@cache
def live_knowledge() -> LiveKnowledge:
    return LiveKnowledge(store(), encoder=encoder(), cache=settings().state_dir / "cache", clock=time.monotonic)


def knowledge() -> knowledge_pages.Knowledge:
    """As it is live; edited pages are followed."""
    return live_knowledge().current()


@cache
def item_files() -> list[Item]:
    """What this street handles, as the files say."""
    return read_items(ROOT / "data" / "items")


@cache
def _live_items(of: Store) -> LiveItems:
    return LiveItems(of, item_files(), time.monotonic)


def items() -> Catalogue:
    """What this street handles, and which of its departments: the files, and what staff have written since."""
    return _live_items(store()).current()


@cache
def hall() -> Hall:
    """Hours of the service hall, and what to bring there."""
    return read_hall(ROOT / "data" / "policy" / "hall.csv")


@cache
def guides() -> Guides:
    """Checklists in steps."""
    return Guides(read_guides(ROOT / "data" / "guides"))


@cache
def trades() -> Trades:
    """By which work is searched."""
    return read_trades(ROOT / "data" / "jobs" / "trades.yml")


@cache
def ears() -> Ears:
    """Ready to hear in this very process; loading takes a second."""
    chosen = settings()
    return ready_ears(chosen.listeners, mandarin=chosen.vosk_zh, second=chosen.second_ears)


def hearing() -> Hearing:
    """Of the web application, which holds no recogniser itself."""
    return EarClient(ears_folder(settings().speech_folder), settings().ears_run)


@cache
def voice() -> Pyttsx3Voice:
    """Of the web application, which holds no engine itself: `await start()` before, `await close()` after, in the same
    event loop."""
    chosen = settings()
    ahead = chosen.render_ahead and chosen.voices_run > 0
    return _voice(
        chosen.speech_folder,
        chosen.voices_run,
        _phrase_cache(),
        background=VoiceProcesses(voices_folder(chosen.speech_folder, "background")) if ahead else None,
        in_background=fixed_speech() if ahead else (),
        for_calls=call_prompts() if ahead else (),
        patience_seconds=chosen.voice_patience_seconds,
    )


@asynccontextmanager
async def own_voice(
    *,
    patience_seconds: float = math.inf,
    engine: Literal["kokoro", "espeak"] | None = None,
    cache: PhraseCache | None = None,
) -> AsyncGenerator[Pyttsx3Voice]:
    """A voice with processes of its own, for commands. `engine` and `cache` instead of those in the settings."""
    kinds: list[Kind] = ["espeak"] if (engine or settings().voice) == "espeak" else ["espeak", "kokoro"]
    async with own_voices(kinds, words=settings().state_dir.resolve() / "cache" / "speech" / "work") as state:
        found = _voice(state, len(kinds) - 1, cache or _phrase_cache(), patience_seconds=patience_seconds)
        try:
            yield found
        finally:
            await found.close()


def _voice(
    state: Path,
    natural: int,
    cache: PhraseCache,
    *,
    background: VoiceProcesses | None = None,
    in_background: Sequence[tuple[str, str]] = (),
    for_calls: Sequence[tuple[str, str]] = (),
    patience_seconds: float = PATIENCE_SECONDS,
) -> Pyttsx3Voice:
    """`state` is where the processes listen; `natural` how many speak with the natural voice."""
    return Pyttsx3Voice(
        natural=VoiceProcesses(voices_folder(state, "kokoro"), natural) if natural else None,
        small=VoiceProcesses(voices_folder(state, "espeak")),
        cache=cache,
        background=background,
        in_background=in_background,
        for_calls=for_calls,
        patience_seconds=patience_seconds,
    )


def _phrase_cache() -> PhraseCache:
    chosen = settings()
    fixed = frozenset(phrase for language in LANGUAGES for phrase in fixed_phrases_of(language))
    return PhraseCache(
        chosen.state_dir / "cache" / "speech" / "phrases",
        megabytes=chosen.phrase_cache_megabytes,
        secret=state_folder.token(chosen),
        engine=ENGINE,
        is_fixed=fixed.__contains__,
    )


def fixed_reply(name: str, language: Language) -> str:
    """A reply of the domain without blanks, as it is spoken."""
    return Responses(ROOT / "domain.yml").reply(name, language).spoken


@cache
def fixed_phrases_of(language: Language) -> list[str]:
    """What concerns no resident: fixed replies first, then the knowledge answers. Only this is kept on disk."""
    words = fixed_responses(ROOT / "domain.yml", language)
    pages = [knowledge_pages.read_page(path) for path in sorted((ROOT / "data" / "knowledge").glob("*.md"))]
    return fixed_phrases([*words.texts, *(page.spoken[language] for page in pages)], words.templates)


def fixed_prompts() -> list[tuple[str, str]]:
    """What set-up renders: phrases of the fixed replies with their voices, those of calls in both languages first."""
    rest = [
        (phrase, natural_voice(language, settings().voice_gender))
        for language in LANGUAGES
        for phrase in fixed_phrases(fixed_responses(ROOT / "domain.yml", language).texts)
    ]
    return list(dict.fromkeys([*call_prompts(), *rest]))


def call_prompts() -> list[tuple[str, str]]:
    """What lies ready before a call is welcome, with its voice: greeting, questions and announcements of calls, and that with
    which a personal reply begins."""
    words = {language: fixed_responses(ROOT / "domain.yml", language) for language in LANGUAGES}
    return [
        (phrase, natural_voice(language, settings().voice_gender))
        for language in LANGUAGES
        for phrase in dict.fromkeys([*fixed_phrases(words[language].for_calls), *leads(words[language].templates)])
    ]


def fixed_speech() -> list[tuple[str, str]]:
    """The prompts, and then the knowledge answers."""
    all_of_them = [
        (phrase, natural_voice(language, settings().voice_gender))
        for language in LANGUAGES
        for phrase in fixed_phrases_of(language)
    ]
    return list(dict.fromkeys([*fixed_prompts(), *all_of_them]))


def targets() -> Targets:
    chosen = settings()
    return Targets(chosen.case_response_days, chosen.case_settlement_days, chosen.case_working_days)


def phone_limits() -> PhoneLimits:
    chosen = settings()
    return PhoneLimits(chosen.bookings_per_phone_and_time, chosen.bookings_per_phone, chosen.records_per_hour)


def case_limits() -> CaseLimits:
    chosen = settings()
    return CaseLimits(chosen.cases_per_phone, chosen.cases_per_conversation, chosen.records_per_hour)


def keep() -> Keep:
    """How long each kind of data is kept."""
    return keep_of(settings())


def keep_of(chosen: Settings) -> Keep:
    return Keep(
        chosen.transcript_days, chosen.keep_audio_days, chosen.booking_days, chosen.case_days, chosen.handover_days
    )


def can_call() -> bool:
    """Do we call residents at all?"""
    return settings().outbound_calls and settings().telephone != "off"


def now() -> datetime:
    """The clock on the wall of the street office."""
    return datetime.now(ZoneInfo(settings().timezone))
