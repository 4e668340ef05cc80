"""A place question answered by which kind is meant: brought home, eaten there, the class of that name."""

import pytest

from bot.store.store import Store
from tests.unit.actions.bookings.walk import Walk, all_actions

pytestmark = pytest.mark.store


@pytest.fixture
def walk(office: Store) -> Walk:
    return Walk(all_actions())


@pytest.mark.parametrize("said", ["送到我屋里来", "要上门的那种", "给我送家里", "麻烦你们送一下", "我在家里等着"])
def test_who_wants_it_brought_chooses_among_the_deliveries(office: Store, walk: Walk, said: str) -> None:
    walk.say("明天中午订一份饭", "book_service", service="meal")
    assert walk.say(said, "book_service", act="not_for_us", service="home_errand") == ["utter_ask_address"]
    assert walk.slots["among"]["ids"] == ["meal-home-dongfeng", "meal-home-xinjie"]
    walk.say("新街那边")
    assert (walk.slots["offering"], walk.slots["requested_slot"]) == ("meal-home-xinjie", "place")
    walk.say("新街社区6栋302")
    assert (walk.slots["place"], walk.slots["requested_slot"]) == ("新街社区6栋302", "name")


def test_a_reason_to_bring_it_is_no_address(office: Store, walk: Walk) -> None:
    walk.say("明天中午订一份饭", "book_service", service="meal")
    assert walk.say("得给我妈端上门,她爬不动楼") == ["utter_ask_address"]
    walk.say("老槐路旁边,新街,6栋302")
    assert (walk.slots["offering"], walk.slots["requested_slot"]) == ("meal-home-xinjie", "name")


@pytest.mark.parametrize("said", ["我走过去吃", "不用送,我腿脚好", "就在你们店里吃", "来你们那里吃", "去点上吃"])
def test_who_comes_to_eat_chooses_among_the_meal_points(office: Store, walk: Walk, said: str) -> None:
    walk.say("明天中午订一份饭", "book_service", service="meal")
    assert walk.say(said, "out_of_scope") == ["utter_ask_which_place"]
    assert walk.slots["among"]["ids"] == ["meal-dongfeng", "meal-xinjie"]
    walk.say("新街")
    assert (walk.slots["offering"], walk.slots["requested_slot"]) == ("meal-xinjie", "name")


@pytest.mark.parametrize("said", ["could you bring it to my flat", "delivery to home", "to my place please"])
def test_english_words_narrow_too(office: Store, walk: Walk, said: str) -> None:
    walk.language = "en"
    walk.say("a lunch for tomorrow please", "book_service", service="meal")
    assert walk.say(said) == ["utter_ask_address"]
    walk.say("Xinjie")
    assert walk.slots["offering"] == "meal-home-xinjie"


@pytest.mark.parametrize("said", ["I will come and eat there", "no delivery, I walk over", "I pick it up myself"])
def test_who_comes_says_so_in_english(office: Store, walk: Walk, said: str) -> None:
    walk.language = "en"
    walk.say("a lunch for tomorrow please", "book_service", service="meal")
    walk.say(said)
    assert walk.slots["among"]["ids"] == ["meal-dongfeng", "meal-xinjie"]


def test_the_wish_narrows_from_the_first_words(office: Store, walk: Walk) -> None:
    walk.say("明天的午饭能不能给我送到家", "book_service", service="meal")
    assert walk.slots["among"]["ids"] == ["meal-home-dongfeng", "meal-home-xinjie"]


def test_a_house_told_before_its_community_is_kept(office: Store, walk: Walk) -> None:
    walk.say("明天中午送一份饭到6栋302", "book_service", service="meal")
    walk.say("新街的")
    assert (walk.slots["place"], walk.slots["requested_slot"]) == ("新街社区6栋302", "name")


def test_a_house_with_its_community_beside_it_is_an_address(office: Store, walk: Walk) -> None:
    walk.say("明天中午新街送一份饭到6栋302", "book_service", service="meal")
    assert (walk.slots["offering"], walk.slots["place"]) == ("meal-home-xinjie", "新街社区6栋302")


def test_a_title_narrows(office: Store, walk: Walk) -> None:
    walk.say("给伢报个班", "book_service", service="after_school")
    walk.say("就是那个四点半的四点半课堂")
    assert walk.slots["among"]["ids"] == ["after-school-dongfeng", "after-school-xinjie"]
    walk.say("新街")
    assert walk.slots["offering"] == "after-school-xinjie"


def test_who_turns_round_is_not_held_to_what_was_said(office: Store, walk: Walk) -> None:
    walk.say("明天中午订一份饭", "book_service", service="meal")
    walk.say("送上门")
    walk.say("算了,还是东风社区助餐点")
    assert walk.slots["offering"] == "meal-dongfeng"


@pytest.mark.parametrize("said", ["我家老人想吃饭", "我屋里就住在东风旁边"])
def test_a_home_that_is_only_spoken_of_asks_for_no_delivery(office: Store, walk: Walk, said: str) -> None:
    walk.say(f"{said},明天中午,订一份饭", "book_service", service="meal")
    assert not (walk.slots.get("offering") or "").startswith("meal-home")
    assert not walk.slots.get("among")
