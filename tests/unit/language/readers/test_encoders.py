"""The encoder that comes with the program: what it puts close together, and how encoders are named."""

import numpy as np
import pytest

from bot.language.readers.encoders import ALIKE_ANYWAY, USE, UniversalEncoder, open_encoder
from bot.settings import Settings

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def encoder() -> UniversalEncoder:
    return UniversalEncoder()


@pytest.mark.parametrize(
    ("said", "alike", "other"),
    [
        ("我摔倒了起不来", "I fell down and cannot get up", "我想订两份饭"),
        ("帮我订一份午餐", "I want to order lunch", "the street lamp is broken"),
        ("the street lamp is broken", "路灯坏了", "我想订两份饭"),
    ],
)
def test_alike_sentences_are_near_whatever_their_language(
    encoder: UniversalEncoder, said: str, alike: str, other: str
) -> None:
    own, near, far = encoder.encode([said, alike, other])
    assert own @ near > own @ far + 0.1


def test_vectors_are_unit_vectors_and_strangers_are_alike_by_what_is_said(encoder: UniversalEncoder) -> None:
    vectors = encoder.encode(["路灯坏了", "我想订饭", "", "x" * 100_000])
    assert vectors.shape == (4, encoder.size)
    assert np.allclose((vectors * vectors).sum(axis=1), 1.0, atol=1e-4)
    assert abs(float(vectors[0] @ vectors[1]) - ALIKE_ANYWAY) < 0.15


def test_a_sentence_is_read_the_same_alone_and_among_others(encoder: UniversalEncoder) -> None:
    together = encoder.encode(["路灯坏了", "我想订两份饭送到家里", "good morning"])
    assert np.allclose(encoder.encode(["我想订两份饭送到家里"])[0], together[1], atol=1e-4)
    assert encoder.encode([]).shape == (0, encoder.size)


def test_encoders_are_opened_by_name() -> None:
    assert open_encoder("") is None
    assert isinstance(open_encoder(USE), UniversalEncoder)
    with pytest.raises(OSError, match="no-such-folder"):
        open_encoder("no-such-folder")


@pytest.mark.parametrize(
    ("chosen", "opened"), [("use", "use"), ("none", ""), ("/srv/encoder", "/srv/encoder"), ("m3e", "models/m3e")]
)
def test_the_setting_names_the_encoder(chosen: str, opened: str) -> None:
    assert Settings(encoder=chosen).encoder_name.endswith(opened)
    assert bool(opened) == bool(Settings(encoder=chosen).encoder_name)


def test_the_encoder_in_force_by_default_may_be_used_by_an_office() -> None:
    assert Settings.model_fields["encoder"].default == USE
