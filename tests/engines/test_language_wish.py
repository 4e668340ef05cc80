"""With the real recognisers: who speaks Mandarin is never taken for English, and who asks for a language is understood."""

import pytest

from bot.speech.audio.resample import resample
from bot.speech.audio.wav import read_wav
from bot.speech.interface import EARS_HZ
from bot.speech.stt.language_wish import LanguageWish
from bot.speech.stt.vosk_recogniser import VoskRecogniser
from bot.turns import Language
from tests.engines.conftest import Recording, recordings
from tests.telephone.speech import SAYINGS, saying

pytestmark = pytest.mark.engines


@pytest.fixture(scope="module")
def wish(shared_recogniser: VoskRecogniser) -> LanguageWish:
    made = LanguageWish(shared_recogniser)
    made.warm_up()
    return made


def said(name: str) -> bytes:
    """As a caller says it over the telephone."""
    sound = read_wav(saying(name).read_bytes())
    return resample(sound.pcm, sound.rate_hz, EARS_HZ)


@pytest.mark.parametrize("recording", recordings("zh"), ids=lambda one: one.path.stem)
def test_no_recording_of_mandarin_is_a_wish_for_english(
    recogniser: VoskRecogniser, wish: LanguageWish, recording: Recording
) -> None:
    first = recogniser.decode(recording.pcm, "zh")
    assert wish.in_other_language(recording.pcm, first, "zh") is first


@pytest.mark.parametrize("name", [name for name in SAYINGS if name not in ("english_please", "english_beds")])
def test_nothing_that_chinese_callers_say_is_a_wish_for_english(
    recogniser: VoskRecogniser, wish: LanguageWish, name: str
) -> None:
    first = recogniser.decode(said(name), "zh")
    assert wish.in_other_language(said(name), first, "zh") is first


@pytest.mark.parametrize(
    ("name", "language", "heard"), [("english_please", "zh", "english please"), ("speak_chinese", "en", "普通话")]
)
def test_a_wish_for_the_other_language_is_heard_in_it(
    recogniser: VoskRecogniser, wish: LanguageWish, name: str, language: Language, heard: str
) -> None:
    first = recogniser.decode(said(name), language)
    assert heard in wish.in_other_language(said(name), first, language).text
