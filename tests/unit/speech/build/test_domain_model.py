"""The recogniser's own model is made anew when something that it was made from has changed."""

import pytest

from bot.settings import ROOT
from bot.speech.build.domain_model import LEARNT_FROM

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("pattern", LEARNT_FROM)
def test_all_it_is_made_from_is_there(pattern: str) -> None:
    assert list(ROOT.glob(pattern)), "its place has changed, and with it nobody would notice what changes in it"
