import gc
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import jiwer
import numpy as np
import pytest
import soundfile

from bot.errors import AudioTooLong, BadAudio, EarsBusy, SpeechError, UnknownAudio
from bot.settings import ROOT
from bot.speech.audio.resample import decode_mulaw, encode_mulaw, resample
from bot.speech.audio.wav import write_wav
from bot.speech.interface import Utterance
from bot.speech.stt.ears import EarEvent, Ears, Final, GaveUp, Partial, StillThere, SttSession
from bot.speech.stt.vosk_recogniser import VoskRecogniser
from tests.engines.conftest import recordings

pytestmark = pytest.mark.engines


@contextmanager
def listening(
    ears: Ears, awaiting: str | None = None, *, rate: int = 16000, hands_free: bool = True
) -> Iterator[SttSession]:
    session = ears.listen(rate, "zh", awaiting, hands_free=hands_free)
    try:
        yield session
    finally:
        session.close()


def room(seconds: float, rate: int = 16000) -> bytes:
    """A quiet room."""
    return np.random.default_rng(1).normal(0, 3, int(seconds * rate)).astype(np.int16).tobytes()


def tell(session: SttSession, pcm: bytes, piece: int = 1280) -> list[EarEvent]:
    return [event for at in range(0, len(pcm), piece) for event in session.accept(pcm[at : at + piece])]


def finals(events: list[EarEvent]) -> list[str]:
    return [event.utterance.text for event in events if isinstance(event, Final)]


def scaled(pcm: bytes, factor: float) -> bytes:
    return np.round(np.frombuffer(pcm, np.int16) * factor).astype(np.int16).tobytes()


def test_each_sentence_is_one_turn_and_is_understood(ears: Ears, chinese: list) -> None:
    with listening(ears) as session:
        heard = [finals(tell(session, room(0.6) + one.pcm + room(1.6))) for one in chinese]
    assert [len(turns) for turns in heard] == [1] * len(chinese)
    assert jiwer.cer([one.said for one in chinese], ["".join(turns) for turns in heard]) <= 0.30


def test_partials_grow_and_come_only_when_they_change(ears: Ears, chinese: list) -> None:
    with listening(ears) as session:
        events = tell(session, room(0.6) + chinese[0].pcm + room(1.6))
    partials = [event.text for event in events if isinstance(event, Partial)]
    assert len(partials) >= 3
    assert all(one != other for one, other in pairwise(partials))
    assert isinstance(events[-1], Final)
    assert not any(isinstance(event, StillThere) for event in events)


def test_a_final_carries_its_sound_with_the_first_syllable(ears: Ears, chinese: list) -> None:
    sound = chinese[0].pcm
    with listening(ears) as session:
        events = tell(session, room(3) + sound + room(1.6))
    final = next(event for event in events if isinstance(event, Final))
    seconds = len(final.audio) / 32000
    assert final.utterance.speech_seconds < seconds < len(sound) / 32000 + 2
    assert ears.hear(write_wav(final.audio, 16000), "zh", None)[0].text == final.utterance.text


def test_a_quiet_microphone_is_heard_nearly_as_well(ears: Ears, chinese: list) -> None:
    heard = [ears.hear(write_wav(scaled(one.pcm, 0.03), 16000), "zh", None)[0].text for one in chinese]
    assert jiwer.cer([one.said for one in chinese], heard) <= 0.33


def test_the_telephone_is_heard_nearly_as_well(ears: Ears, chinese: list) -> None:
    heard = []
    for one in chinese[:6]:
        line = decode_mulaw(encode_mulaw(resample(one.pcm, 16000, 8000)))
        with listening(ears, rate=8000) as session:
            heard += ["".join(finals(tell(session, room(0.5, 8000) + line + room(1.6, 8000), piece=320)))]
    assert jiwer.cer([one.said for one in chinese[:6]], heard) <= 0.35


@pytest.mark.parametrize("shift", [0, 64, 128, 192])
def test_a_short_word_is_heard_after_a_long_silence_on_the_telephone(ears: Ears, shift: int) -> None:
    word, rate = soundfile.read(ROOT / "tests" / "telephone" / "utterances" / "you_may.wav", dtype="int16")
    empty_line = np.full(20 * rate + shift, -8, np.int16).tobytes()
    with listening(ears, "confirmation", rate=rate) as session:
        session.we_speak(True)
        assert finals(tell(session, empty_line + word.tobytes() + empty_line[: 4 * rate])) == ["可以"]


def test_a_browser_at_forty_eight_kilohertz_sending_odd_pieces_is_heard(ears: Ears, chinese: list) -> None:
    sound = resample(room(0.5) + chinese[2].pcm + room(1.6), 16000, 48000)
    with listening(ears, rate=48000) as session:
        assert jiwer.cer(chinese[2].said, "".join(finals(tell(session, sound, piece=4097)))) <= 0.35


def test_while_digits_are_awaited_a_two_second_pause_is_within_the_turn(ears: Ears, chinese: list) -> None:
    one, other = chinese[0].pcm, chinese[1].pcm
    with listening(ears, "phone") as session:
        assert finals(tell(session, one + room(1.5) + other + room(1.5))) == []
        assert len(finals(tell(session, room(2)))) == 1
        session.awaiting(None, "zh")
        assert len(finals(tell(session, one + room(1.5) + other + room(2.2)))) == 2


def test_what_is_awaited_changes_only_with_the_next_utterance(ears: Ears, chinese: list) -> None:
    with listening(ears) as session:
        tell(session, chinese[0].pcm)
        session.awaiting("phone", "zh")
        assert len(finals(tell(session, room(1.6)))) == 1
        assert finals(tell(session, chinese[0].pcm + room(1.6))) == []


def test_the_language_can_change_in_a_session(ears: Ears, english) -> None:
    with listening(ears) as session:
        session.awaiting(None, "en")
        assert "first great sorrow" in " ".join(finals(tell(session, english.pcm + room(1.6))))


def test_with_a_button_only_letting_go_ends_the_turn(ears: Ears, chinese: list) -> None:
    with listening(ears, hands_free=False) as session:
        assert finals(tell(session, chinese[0].pcm + room(4) + chinese[1].pcm)) == []
        final = session.finish()
        assert final is not None
        assert chinese[0].said[-4:] in final.utterance.text
        assert chinese[1].said[-4:] in final.utterance.text
        assert session.finish() is None, "nobody spoke since"
        tell(session, chinese[2].pcm)
        assert session.finish() is not None, "the same session hears the next press too"


def test_a_turn_has_an_end_even_when_the_button_is_never_let_go(ears: Ears, chinese: list) -> None:
    with listening(ears, hands_free=False) as session:
        assert len(finals(tell(session, chinese[0].pcm + room(60)))) == 1


def test_silence_asks_once_and_then_gives_up(ears: Ears, chinese: list) -> None:
    with listening(ears) as session:
        events = tell(session, room(7.9))
        assert events == []
        assert tell(session, room(0.2)) == [StillThere()]
        session.awaiting("date", "zh")
        assert tell(session, room(7.8)) == []
        assert tell(session, room(0.4)) == [GaveUp()]


def test_while_the_assistant_speaks_silence_is_not_counted(ears: Ears) -> None:
    with listening(ears) as session:
        tell(session, room(6))
        session.we_speak(True)
        assert tell(session, room(20)) == []
        session.we_speak(False)
        assert tell(session, room(7.8)) == []
        assert tell(session, room(0.4)) == [StillThere()]


def test_noise_is_never_a_turn(ears: Ears) -> None:
    noise = np.random.default_rng(0).normal(0, 3000, 16000 * 6).astype(np.int16).tobytes()
    hum = (np.sin(np.arange(16000 * 6) * 0.3) * 8000).astype(np.int16).tobytes()
    with listening(ears) as session:
        assert finals(tell(session, noise + hum)) == []


def test_a_television_behind_the_speaker_does_not_keep_the_turn_open(ears: Ears, chinese: list) -> None:
    television = scaled(b"".join(one.pcm for one in recordings("zh", only_written_down=False)[1:5]), 0.03)
    with listening(ears) as session:
        assert len(finals(tell(session, chinese[0].pcm + television))) == 1


def test_a_stream_that_stops_in_mid_sentence_leaves_nothing_behind(
    ears: Ears, recogniser: VoskRecogniser, chinese: list
) -> None:
    session = ears.listen(16000, "zh", None, hands_free=True)
    tell(session, chinese[0].pcm[:40001])
    assert recogniser.active == 1
    del session
    gc.collect()
    assert recogniser.active == 0


def test_the_thirteenth_speaker_is_told_so(ears: Ears, chinese: list) -> None:
    sessions = [ears.listen(16000, "zh", None, hands_free=True) for _ in range(12)]
    with pytest.raises(EarsBusy):
        ears.listen(16000, "zh", None, hands_free=True)
    with pytest.raises(EarsBusy):
        ears.hear(chinese[0].wav, "zh", None)
    for session in sessions:
        session.close()
    assert ears.hear(chinese[0].wav, "zh", None)[0].text


@pytest.mark.parametrize("rate", [0, 5000, 192000])
def test_an_impossible_rate_takes_no_place(ears: Ears, recogniser: VoskRecogniser, rate: int) -> None:
    with pytest.raises(BadAudio):
        ears.listen(rate, "zh", None, hands_free=True)
    assert recogniser.active == 0


def test_a_whole_file_is_heard(ears: Ears, chinese: list, english) -> None:
    heard, audio = ears.hear(chinese[0].wav, "zh", None)
    assert jiwer.cer(chinese[0].said, heard.text) <= 0.3
    assert 0 < heard.speech_seconds <= len(audio) / 32000 <= len(chinese[0].pcm) / 32000 + 0.1
    assert "sorrow" in ears.hear(english.wav, "en", None)[0].text


def test_a_silent_file_holds_nothing(ears: Ears) -> None:
    heard, audio = ears.hear(write_wav(bytes(16000), 8000), "zh", None)
    assert heard == Utterance()
    assert len(audio) == pytest.approx(32000, abs=4)


def test_a_truncated_file_is_heard_as_far_as_it_goes(ears: Ears, chinese: list) -> None:
    whole = ears.hear(chinese[0].wav, "zh", None)[0].text
    half = ears.hear(chinese[0].wav[: len(chinese[0].wav) * 6 // 10 + 1], "zh", None)[0].text
    assert half[:3] == whole[:3]
    assert len(half) < len(whole)


@pytest.mark.parametrize(
    ("file", "error"),
    [
        (b"", BadAudio),
        (b"a text that was named speech.wav", UnknownAudio),
        (write_wav(b"", 16000), BadAudio),
        (write_wav(bytes(1000), 192000), BadAudio),
        (write_wav(bytes(61 * 16000), 8000), AudioTooLong),
    ],
)
def test_a_poisoned_file_is_refused_and_takes_no_place(
    ears: Ears, recogniser: VoskRecogniser, file: bytes, error: type[SpeechError]
) -> None:
    with pytest.raises(error):
        ears.hear(file, "zh", None)
    assert recogniser.active == 0


def test_a_missing_detector_is_named_with_its_remedy(recogniser: VoskRecogniser, tmp_path: Path) -> None:
    with pytest.raises(SpeechError, match="make setup"):
        Ears(recogniser, tmp_path).listen(16000, "zh", None, hands_free=True)
    assert recogniser.active == 0
