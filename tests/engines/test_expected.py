"""Our own language model and the lists of answers, on real sound: a caller's voice, the real recogniser."""

from pathlib import Path

import pytest

from bot.settings import ROOT
from bot.speech.build.domain_model import ensure, folder_for
from bot.speech.stt.expected import Expected
from bot.speech.stt.vosk_recogniser import VoskRecogniser
from evaluation.hearing.callers import Callers

pytestmark = pytest.mark.engines

MODELS = ROOT / "models" / "vosk"


@pytest.fixture(scope="module")
def ears() -> VoskRecogniser:
    ensure(MODELS)
    return VoskRecogniser(MODELS, listeners=1)


@pytest.fixture(scope="module")
def callers(tmp_path_factory: pytest.TempPathFactory) -> Callers:
    return Callers(tmp_path_factory.mktemp("callers"))


def test_our_words_are_heard(ears: VoskRecogniser, callers: Callers) -> None:
    _, pcm = callers.say("我想在东风社区预约助餐", "zh", 0)
    text = ears.decode(pcm, "zh").text
    assert "东风社区" in text
    assert "助餐" in text


def test_a_tail_of_digits_is_heard_when_it_was_asked_for(ears: VoskRecogniser, callers: Callers) -> None:
    _, pcm = callers.say("尾号是三七五二", "zh", 1)
    first = ears.decode(pcm, "zh")
    assert "三七五二" in Expected(ears).second_opinion(pcm, first, "zh", "tail").text


def test_a_question_is_not_pressed_into_a_date(ears: VoskRecogniser, callers: Callers) -> None:
    _, pcm = callers.say("医保怎么办理", "zh", 2)
    first = ears.decode(pcm, "zh")
    assert Expected(ears).second_opinion(pcm, first, "zh", "date").text == first.text


def test_without_our_model_the_downloaded_one_is_used(tmp_path: Path) -> None:
    assert folder_for(tmp_path, "zh") == tmp_path / "zh"
    assert folder_for(MODELS, "en") == MODELS / "en"
