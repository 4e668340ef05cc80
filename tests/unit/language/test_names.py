"""Names of people and words that none of the data holds, as they are told, put right and refused."""

import pytest

from bot.language.masking import mask
from bot.language.names.tagger import ensure, names_in
from bot.language.zh.people import find_name

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("said", "awaiting", "name"),
    [
        ("卞有粮", "name", "卞有粮"),
        ("那您就记卞有粮好了", "name", "卞有粮"),
        ("我姓晏,晏春泥", "name", "晏春泥"),
        ("写我妈妈的名字,葛秀珠", "name", "葛秀珠"),
        ("葛秀珠是我姐,写葛秀琴", "name", "葛秀琴"),
        ("不是葛秀珠,是葛秀琴", "confirmation", "葛秀琴"),
        ("名字写错了,我叫晏春泥", "confirmation", "晏春泥"),
        ("阎广生,电话13800001234", "name", "阎广生"),
        ("我叫阎广生,想约明天的助浴", None, "阎广生"),
        ("it's Tendai Moyo", "name", "Tendai Moyo"),
        ("it's not Jan, put Jana Vesela", "name", "Jana Vesela"),
        ("the name is wrong, it's Jana Vesela", "confirmation", "Jana Vesela"),
        ("my name is tendai moyo", None, "tendai moyo"),
    ],
)
def test_the_name_to_write_is_found(said: str, awaiting: str | None, name: str) -> None:
    assert find_name(said, awaiting=awaiting) == name


@pytest.mark.parametrize(
    ("said", "awaiting"),
    [
        ("叫我白等了一天", None),
        ("万一我忘了呢", "name"),
        ("向前走几步就到", "place"),
        ("白天我都在家", "confirmation"),
        ("方便的话早一点", "confirmation"),
        ("may I ask what for", "name"),
        ("Sunday would be fine", "confirmation"),
        ("I'm fine with that", None),
    ],
)
def test_what_looks_like_a_name_is_none(said: str, awaiting: str | None) -> None:
    assert find_name(said, awaiting=awaiting) is None


def test_a_refused_name_is_known_as_one() -> None:
    said = "不是葛秀珠,是葛秀琴"
    kinds = {said[one.start : one.end]: one.kind for one in names_in(said, "confirmation")}
    assert kinds == {"葛秀珠": "refused", "葛秀琴": "wanted"}


def test_a_refused_name_is_masked_too() -> None:
    assert "葛秀" not in mask("不是葛秀珠,是葛秀琴")


def test_it_is_trained_once() -> None:
    ensure()
    assert not ensure()
