"""The only file that builds real parts and joins them. Each part is built once, when it is first needed."""

import time
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from bot import state_folder
from bot.dialogue.fixed_words import fixed_words
from bot.language.encoder import SentenceEncoder
from bot.operation import training
from bot.operation.candidate import Candidates
from bot.services import knowledge as knowledge_pages
from bot.services.bookings import PhoneLimits
from bot.services.deadlines import Targets
from bot.services.live_knowledge import LiveKnowledge
from bot.services.retention import Keep
from bot.settings import ROOT, Settings
from bot.speech.ears import Ears
from bot.speech.expected import Expected
from bot.speech.phrase_cache import PhraseCache
from bot.speech.phrases import fixed_phrases
from bot.speech.pyttsx3_voice import ENGINE, PATIENCE_SECONDS, Pyttsx3Voice, natural_voice
from bot.speech.vosk_recogniser import VoskRecogniser
from bot.store.encryption import DataKeys
from bot.store.store import Store
from bot.turns import Language

LANGUAGES: tuple[Language, ...] = ("zh", "en")


@cache
def settings() -> Settings:
    return Settings()


@cache
def store() -> Store:
    chosen = settings()
    return Store(
        chosen.database, DataKeys(state_folder.data_keys(chosen)), audit_anchor=chosen.state_dir / "audit" / "anchor"
    )


@cache
def encoder() -> SentenceEncoder | None:
    """None when the setting says none."""
    folder = settings().encoder_folder
    return SentenceEncoder(folder) if folder else None


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
def recogniser() -> VoskRecogniser:
    return VoskRecogniser(ROOT / "models" / "vosk", settings().listeners)


@cache
def ears() -> Ears:
    """Ready to hear; loading takes a second."""
    hearing = Ears(recogniser(), ROOT / "models")
    recogniser().warm_up()
    expected = Expected(recogniser())
    expected.warm_up()
    recogniser().expected = expected
    hearing.warm_up()
    return hearing


@cache
def voice() -> Pyttsx3Voice:
    """Of the web application: `await start()` before, `await close()` after, in the same event loop."""
    return new_voice(
        in_background=fixed_speech() if settings().render_ahead else (),
        patience_seconds=settings().voice_patience_seconds,
    )


def new_voice(
    *, in_background: Sequence[tuple[str, str]] = (), patience_seconds: float = PATIENCE_SECONDS
) -> Pyttsx3Voice:
    chosen = settings()
    folder = chosen.state_dir / "cache" / "speech"
    fixed = frozenset(phrase for language in LANGUAGES for phrase in fixed_phrases_of(language))
    kept = PhraseCache(
        folder / "phrases",
        megabytes=chosen.phrase_cache_megabytes,
        secret=state_folder.token(chosen),
        engine=ENGINE,
        is_fixed=fixed.__contains__,
    )
    return Pyttsx3Voice(
        engine=chosen.voice,
        models=ROOT / "models" / "kokoro",
        cache=kept,
        work=folder / "work",
        in_background=in_background,
        patience_seconds=patience_seconds,
    )


@cache
def fixed_phrases_of(language: Language) -> list[str]:
    """What concerns no resident: fixed replies first, then the knowledge answers. Only this is kept on disk."""
    words = fixed_words(ROOT / "domain.yml", language)
    pages = [knowledge_pages.read_page(path) for path in sorted((ROOT / "data" / "knowledge").glob("*.md"))]
    return fixed_phrases([*words.texts, *(page.spoken[language] for page in pages)], words.templates)


def fixed_prompts() -> list[tuple[str, str]]:
    """What set-up renders: phrases of the fixed replies with their voices, most important first."""
    return [
        (phrase, natural_voice(language, settings().voice_gender))
        for language in LANGUAGES
        for phrase in fixed_phrases(fixed_words(ROOT / "domain.yml", language).texts)
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
    return PhoneLimits(chosen.bookings_per_phone_and_time, chosen.bookings_per_phone)


def keep() -> Keep:
    """How long each kind of data is kept."""
    return keep_of(settings())


def keep_of(chosen: Settings) -> Keep:
    return Keep(
        chosen.transcript_days, chosen.keep_audio_days, chosen.booking_days, chosen.case_days, chosen.handover_days
    )


def now() -> datetime:
    """The clock on the wall of the street office."""
    return datetime.now(ZoneInfo(settings().timezone))
