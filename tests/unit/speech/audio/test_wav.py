import io
import struct
import wave

import numpy as np
import pytest
import soundfile

from bot.errors import AudioTooLong, BadAudio, UnknownAudio
from bot.speech.audio.wav import read_wav, write_wav

pytestmark = pytest.mark.unit

TONE = (np.sin(np.arange(8000) / 5) * 0.5).astype(np.float64)


def file(
    samples: np.ndarray, rate: int = 16000, subtype: str = "PCM_16", kind: str = "WAV", endian: str = "FILE"
) -> bytes:
    buffer = io.BytesIO()
    soundfile.write(buffer, samples, rate, subtype=subtype, format=kind, endian=endian)
    return buffer.getvalue()


def samples_of(wav: bytes) -> np.ndarray:
    return np.frombuffer(read_wav(wav).pcm, np.int16) / 32767


@pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE", "ULAW", "ALAW"])
def test_every_usual_coding_is_read(subtype: str) -> None:
    assert np.abs(samples_of(file(TONE, subtype=subtype)) - TONE).max() < 0.02


@pytest.mark.parametrize(("kind", "endian"), [("WAVEX", "FILE"), ("W64", "FILE"), ("RF64", "FILE"), ("WAV", "BIG")])
def test_the_relatives_of_wav_are_read(kind: str, endian: str) -> None:
    assert np.abs(samples_of(file(TONE, kind=kind, endian=endian)) - TONE).max() < 0.001


@pytest.mark.parametrize("rate", [8000, 11025, 16000, 22050, 32000, 44100, 48000])
def test_rates_from_eight_to_forty_eight_kilohertz_are_read(rate: int) -> None:
    sound = read_wav(file(TONE, rate))
    assert sound.rate_hz == rate
    assert sound.seconds == pytest.approx(8000 / rate)


@pytest.mark.parametrize("rate", [5000, 7999, 96000, 192000])
def test_other_rates_are_refused(rate: int) -> None:
    with pytest.raises(BadAudio):
        read_wav(file(TONE, rate))


def test_two_channels_are_mixed() -> None:
    both = np.stack([TONE, np.zeros_like(TONE)], axis=1)
    assert np.abs(samples_of(file(both)) - TONE / 2).max() < 0.001


def test_more_channels_are_refused() -> None:
    with pytest.raises(BadAudio):
        read_wav(file(np.zeros((100, 6))))


def test_a_minute_is_read_and_more_is_not() -> None:
    assert read_wav(file(np.zeros(60 * 8000), 8000)).seconds == 60
    with pytest.raises(AudioTooLong):
        read_wav(file(np.zeros(60 * 8000 + 1), 8000))


def test_three_hours_of_silence_are_refused_without_being_read() -> None:
    with pytest.raises(AudioTooLong):
        read_wav(file(np.zeros(3 * 3600 * 8000, np.uint8).astype(np.int16), 8000, subtype="PCM_U8"))


def test_a_header_that_promises_three_hours_is_not_believed() -> None:
    wav = bytearray(file(TONE))
    wav[4:8] = struct.pack("<I", 36 + 3 * 3600 * 32000)
    wav[40:44] = struct.pack("<I", 3 * 3600 * 32000)
    assert read_wav(bytes(wav)).seconds == 0.5


def test_a_header_written_before_the_length_was_known_is_read_to_the_end() -> None:
    wav = bytearray(file(TONE))
    wav[4:8] = wav[40:44] = b"\xff\xff\xff\xff"
    assert read_wav(bytes(wav)).seconds == 0.5


def test_of_a_truncated_file_we_read_what_is_there() -> None:
    wav = file(TONE)
    assert read_wav(wav[: 44 + 4001]).seconds == 0.125


@pytest.mark.parametrize("length", [4, 11, 12, 20, 36, 43, 44])
def test_a_file_that_ends_before_the_sound_is_broken(length: int) -> None:
    with pytest.raises(BadAudio):
        read_wav(file(TONE)[:length])


def test_an_empty_file_is_broken() -> None:
    with pytest.raises(BadAudio):
        read_wav(b"")


def test_a_file_of_zero_bytes_only_is_no_wav() -> None:
    with pytest.raises(UnknownAudio):
        read_wav(bytes(10_000))


@pytest.mark.parametrize(
    "other",
    [b"Dear street office, this is a text.\n" * 20, b"ID3\x04" + bytes(500), b"RIFF\x10\0\0\0AVI LIST" + bytes(500)],
)
def test_what_is_no_sound_file_of_ours_is_refused(other: bytes) -> None:
    with pytest.raises(UnknownAudio):
        read_wav(other)


@pytest.mark.parametrize(
    ("kind", "subtype"), [("FLAC", "PCM_16"), ("OGG", "VORBIS"), ("AIFF", "PCM_16"), ("MP3", "MPEG_LAYER_III")]
)
def test_other_kinds_of_sound_are_unknown(kind: str, subtype: str) -> None:
    with pytest.raises(UnknownAudio):
        read_wav(file(TONE, kind=kind, subtype=subtype))


def test_numbers_that_are_none_become_silence() -> None:
    broken = TONE.copy()
    broken[::3], broken[1::9] = np.nan, np.inf
    heard = samples_of(file(broken, subtype="FLOAT"))
    assert (heard[::3] == 0).all()
    assert np.abs(heard).max() <= 0.51


def test_a_float_file_of_another_scale_is_not_clipped() -> None:
    heard = samples_of(file(TONE * 32768, subtype="FLOAT"))
    assert np.abs(heard - TONE * 2).max() < 0.01


def test_what_we_write_we_read() -> None:
    pcm = np.array([0, 1000, -1000, 32767, -32767], np.int16).tobytes()
    sound = read_wav(write_wav(pcm + b"\x07", 24000))
    assert np.abs(np.frombuffer(sound.pcm, np.int16).astype(int) - np.frombuffer(pcm, np.int16)).max() <= 1
    assert sound.rate_hz == 24000


def test_other_programs_can_read_what_we_write() -> None:
    with wave.open(io.BytesIO(write_wav(bytes(3200), 16000))) as opened:
        assert (opened.getnchannels(), opened.getsampwidth(), opened.getframerate(), opened.getnframes()) == (
            1,
            2,
            16000,
            1600,
        )
