"""The natural voice through pyttsx3's own interface."""

import re
from pathlib import Path
from typing import Any

import jiwer
import pytest
import pyttsx3

from bot.settings import ROOT
from bot.speech.audio.loudness import Sound, from_wav, spoken, spoken_level
from bot.speech.interface import EARS_HZ, Recogniser
from bot.speech.stt.vosk_recogniser import VoskRecogniser
from bot.speech.tts import espeak, kokoro_driver
from bot.turns import Language

pytestmark = pytest.mark.engines

SAID: dict[str, tuple[Language, str]] = {
    "zf_xiaoxiao": ("zh", "请问有什么可以帮您?您想预约哪一项服务?请留一个电话号码。"),
    "zm_yunxi": ("zh", "请告诉我上门的地址。星期三上午九点有空位。工作人员会打这个电话找您。"),
    "af_heart": ("en", "How can I help you? Please tell me the address. Sorry, I did not catch that."),
    "am_michael": ("en", "Which service would you like to book? Please say it again."),
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Any:
    espeak.prepare()
    kokoro_driver.register(ROOT / "models" / "kokoro", word_cache=tmp_path_factory.mktemp("words"))
    return pyttsx3.init("kokoro")


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return VoskRecogniser(ROOT / "models" / "vosk", 2)


def speech(engine: Any, text: str, file: Path, **properties: object) -> Sound:
    for name, value in ({"rate": kokoro_driver.NATURAL_RATE, "volume": 1.0} | properties).items():
        engine.setProperty(name, value)
    engine.save_to_file(text, str(file))
    engine.runAndWait()
    sound, rate_hz = from_wav(file.read_bytes())
    assert rate_hz == kokoro_driver.KOKORO_HZ
    return sound


def letters(text: str) -> str:
    return re.sub(r"\W", "", text).lower()


def heard(recogniser: Recogniser, sound: Sound, language: Language) -> str:
    listening = recogniser.start(language)
    try:
        listening.accept(spoken(sound, kokoro_driver.KOKORO_HZ, EARS_HZ) + bytes(EARS_HZ))
        return letters(listening.finish().text)
    finally:
        listening.close()


@pytest.mark.parametrize("voice", SAID)
def test_the_recogniser_understands_each_voice(engine: Any, recogniser: Recogniser, voice: str, tmp_path: Path) -> None:
    language, text = SAID[voice]
    sound = speech(engine, text, tmp_path / "said.wav", voice=voice)
    assert jiwer.cer(letters(text), heard(recogniser, sound, language)) <= 0.10
    assert spoken_level(sound, 240) == pytest.approx(0.1, rel=0.15)  # all voices are equally loud


def test_voices_tell_language_and_gender(engine: Any) -> None:
    voices = {voice.id: voice for voice in engine.getProperty("voices")}
    assert set(SAID) <= set(voices)
    assert (voices["zf_xiaoxiao"].languages, voices["zf_xiaoxiao"].gender) == (["zh-CN"], "female")
    assert (voices["am_michael"].languages, voices["am_michael"].gender) == (["en-US"], "male")


def test_half_the_rate_takes_twice_as_long(engine: Any, tmp_path: Path) -> None:
    usual = speech(engine, "您好。", tmp_path / "a.wav", voice="zf_xiaoxiao")
    slow = speech(engine, "您好。", tmp_path / "b.wav", rate=100)
    assert engine.getProperty("rate") == 100
    assert slow.size == pytest.approx(2 * usual.size, rel=0.05)


def test_volume_is_louder_and_never_clipped(engine: Any, tmp_path: Path) -> None:
    usual = speech(engine, "您好。", tmp_path / "a.wav", voice="zm_yunxi")
    loud = speech(engine, "您好。", tmp_path / "b.wav", volume=2.0)
    assert spoken_level(loud, 240) > 1.5 * spoken_level(usual, 240)
    assert abs(loud).max() < 1


def test_two_files_in_one_run_are_both_written(engine: Any, tmp_path: Path) -> None:
    engine.save_to_file("好。", str(tmp_path / "one.wav"))
    engine.save_to_file("再见。", str(tmp_path / "two.wav"))
    engine.runAndWait()
    assert all((tmp_path / name).stat().st_size > 10_000 for name in ("one.wav", "two.wav"))


def test_a_program_with_its_own_loop_can_use_it(engine: Any, tmp_path: Path) -> None:
    engine.save_to_file("好。", str(tmp_path / "one.wav"))
    engine.startLoop(False)
    engine.iterate()
    engine.endLoop()
    assert (tmp_path / "one.wav").exists()


def test_what_goes_wrong_is_told_and_the_next_is_spoken(engine: Any, tmp_path: Path) -> None:
    errors: list[Exception] = []
    told = engine.connect("error", lambda name, exception: errors.append(exception))
    engine.save_to_file("好。", str(tmp_path / "missing" / "file.wav"))
    engine.setProperty("voice", "nobody")
    engine.save_to_file("好。", str(tmp_path / "fine.wav"))
    engine.runAndWait()
    engine.disconnect(told)
    assert [type(error) for error in errors] == [FileNotFoundError, ValueError]
    assert (tmp_path / "fine.wav").exists()


def test_polyphones_and_latin_words_are_pronounced_as_here(engine: Any) -> None:
    sounds = engine.proxy._driver._pronunciation.of
    assert sounds("大冶", "zh") == "ta↘je↓"
    assert sounds("长者食堂", "zh").startswith("ꭧa↓ŋ")
    assert sounds("重新办理", "zh").startswith("ꭧʰʊ↗ŋ")
    assert "jau→" in sounds("请拨打幺二零", "zh")
    assert "tei↓" in sounds("您得带身份证", "zh")
    assert "wˈI fˌI" in sounds("连上WiFi以后", "zh")
    assert sounds("A P P", "zh") == "ˈA pˈiː pˈiː"


def test_long_texts_are_cut_for_the_model() -> None:
    pieces = kokoro_driver.cut_sounds("ni↗n xau↓, " * 100 + ". " + "a" * 900)
    assert max(len(piece) for piece in pieces) <= kokoro_driver.LONGEST_PIECE
    assert kokoro_driver.cut_sounds(" . ") == []
