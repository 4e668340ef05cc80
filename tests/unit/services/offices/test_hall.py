"""The hall's hours are read from a table; one that cannot be read stops the start."""

import re
from pathlib import Path

import pytest

from bot import wiring
from bot.services.offices.hall import read_hall
from bot.settings import ROOT

pytestmark = pytest.mark.unit
HALL = ROOT / "data" / "policy" / "hall.csv"
HEAD = "kind,name,name_en,weekdays,opens,closes,source,is_example\n"


def test_the_hours_of_a_day_are_found(tmp_path: Path) -> None:
    file = tmp_path / "hall.csv"
    file.write_text(re.sub(",yes$", ",no", HALL.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    hall = read_hall(file)
    assert [one.name for one in hall.on(1)] == ["平时", "延时服务"]
    assert [one.name_en for one in hall.on(6)] == ["Weekends"]
    assert hall.bring["en"]


def test_rows_that_are_examples_are_told_to_nobody() -> None:
    assert wiring.hall().hours == ()
    assert not any(wiring.hall().bring.values())


@pytest.mark.parametrize(
    "lines",
    [
        "bring,身份证,card,,,,示例,yes\n",
        "hours,平时,Weekdays,1-5,09:00,17:00,示例,yes\n",
        "hours,平时,Weekdays,1-8,09:00,17:00,示例,yes\nbring,身份证,card,,,,示例,yes\n",
        "hours,平时,Weekdays,1-5,17:00,09:00,示例,yes\nbring,身份证,card,,,,示例,yes\n",
        "hours,平时,Weekdays,一到五,09:00,17:00,示例,yes\nbring,身份证,card,,,,示例,yes\n",
    ],
)
def test_a_table_that_cannot_be_read_is_refused(tmp_path: Path, lines: str) -> None:
    file = tmp_path / "hall.csv"
    file.write_text(HEAD + lines, "utf-8")
    with pytest.raises(ValueError):  # noqa: PT011
        read_hall(file)
