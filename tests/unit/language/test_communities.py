"""The communities stand in one list, which the office can change without a programmer."""

import csv
import re

import pytest

from bot.language.communities import as_misheard, communities, community_in, names_community, whole_place
from bot.settings import ROOT

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("said", ["去新街吧", "东风社区", "the one in Laojie please"])
def test_a_community_is_known_by_its_name_in_both_languages(said: str) -> None:
    assert names_community(said)


@pytest.mark.parametrize("said", ["越近越好", "the nearest one", "我跟老街坊一起去", "dongfengs"])
def test_other_words_name_none(said: str) -> None:
    assert not names_community(said)


def test_a_community_named_in_short_is_told_in_full() -> None:
    assert community_in("约东风大厅") == "东风社区"
    assert community_in("the hall in Laojie") == "Laojie community"


def test_a_finer_place_is_put_into_the_community_that_is_known() -> None:
    assert whole_place("东风社区", "菜场门口") == "东风社区菜场门口"
    assert whole_place("东风社区3栋", "新街社区广场") == "新街社区广场"
    assert whole_place("Dongfeng community", "building 5") == "building 5, Dongfeng community"
    assert whole_place(None, "菜场门口") == "菜场门口"


def test_whatever_is_offered_is_in_a_community_of_the_list() -> None:
    with (ROOT / "data" / "policy" / "offerings.csv").open(encoding="utf-8-sig", newline="") as file:
        offered = {line["community"] for line in csv.DictReader(file)} - {""}
    assert offered <= {one.name for one in communities()}


def test_no_program_names_a_community() -> None:
    names = "|".join(name for one in communities() for name in (one.short, one.name_en))
    in_code = re.compile(rf"[\"|](?:{names})(?:社区)?[\"|]", re.IGNORECASE)
    code = [
        path for top in ("bot", "api", "actions") for path in (ROOT / top).rglob("*.py") if ".venv" not in path.parts
    ]
    assert [str(path.relative_to(ROOT)) for path in code if in_code.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    ("heard", "meant"),
    [("换成新冶社区", "换成新街社区"), ("老街社区", "老街社区"), ("幸福社区", "幸福社区"), ("我们社区", "我们社区")],
)
def test_on_a_line_a_community_is_the_one_of_ours_that_shares_a_sign(heard: str, meant: str) -> None:
    assert as_misheard(heard) == meant
