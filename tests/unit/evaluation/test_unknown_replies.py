"""What is said to a question without an answer has no figure of its own, not even in a stray “which one”."""

import pytest
import yaml

from bot.settings import ROOT
from evaluation.frozen import figures_on_pages
from evaluation.policy.figures import measures_in

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("reply", ["utter_unknown", "utter_unknown_near", "utter_choose_page"])
def test_no_figure_is_told_but_those_of_pages(reply: str) -> None:
    replies = yaml.safe_load((ROOT / "data" / "domain" / "knowledge.yml").read_text("utf-8"))["responses"]
    for variant in replies[reply]:
        assert measures_in(variant["text"]) <= figures_on_pages()
