"""The start prints how to call."""

import pytest

from bot.operation.asterisk import how_to_call
from bot.settings import Settings

pytestmark = pytest.mark.unit


def test_a_try_out_tells_the_three_addresses_for_softphones() -> None:
    told = " ".join(how_to_call(Settings(sip_host="127.0.0.1", sip_port=5070)))
    for name in ("linyu", "operator", "local"):
        assert f"sip:{name}@127.0.0.1:5070" in told


def test_behind_a_trunk_nobody_is_told_to_register() -> None:
    (told,) = how_to_call(Settings(sip_trunk="sip.example.org"))
    assert "sip.example.org" in told
    assert "register" not in told
