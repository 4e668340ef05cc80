"""What an offering asks beside the usual, told before it is asked for."""

import pytest

from actions.bookings.details import hospital_in

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("我想预约助医,陪我去医院", None),
        ("陪我去人民医院看眼科", "人民医院，眼科"),
        ("去市里的妇幼保健医院", "妇幼保健医院"),
        ("挂个人民医院骨科的号", "人民医院，骨科"),
    ],
)
def test_a_hospital_is_its_name_and_not_the_way_there(words: str, named: str | None) -> None:
    assert hospital_in(words) == named
