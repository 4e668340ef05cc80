"""What a sentence changes in the draft of a complaint."""

from collections.abc import Callable

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.complaints import draft as complaint_draft
from actions.complaints.draft import GIST
from actions.core.turn import Said
from bot.language.readers.answer_acts import CONTENT

pytestmark = pytest.mark.unit
Says = Callable[..., Said]


def test_only_asking_to_complain_is_no_description(said: Says, dispatcher: CollectingDispatcher) -> None:
    assert "description" not in complaint_draft.take(said("我要投诉", "file_complaint"), {}, dispatcher)


@pytest.mark.parametrize("words", ["我要投诉", "我们小区有个问题", "there is a problem at our building"])
def test_a_vague_opening_is_no_description(said: Says, dispatcher: CollectingDispatcher, words: str) -> None:
    opening = said(words, "file_complaint", details={"category": "other"}, language="en" if words.isascii() else "zh")
    assert "description" not in complaint_draft.take(opening, {}, dispatcher)


def test_a_trouble_without_a_category_is_a_description(said: Says, dispatcher: CollectingDispatcher) -> None:
    updates = complaint_draft.take(said("我要投诉楼下太吵", "file_complaint"), {}, dispatcher)
    assert (updates["description"], updates[GIST]) == (None, "我要投诉楼下太吵")


def test_a_place_alone_is_no_description(said: Says, dispatcher: CollectingDispatcher) -> None:
    updates = complaint_draft.take(said("东风社区二栋", awaiting="description"), {}, dispatcher)
    assert updates == {"description": None, "place": "东风社区二栋"}


@pytest.mark.parametrize("words", ["匿名", "不想留电话", "我没有电话", "anonymous"])
def test_the_phone_may_be_refused(said: Says, dispatcher: CollectingDispatcher, words: str) -> None:
    assert (
        complaint_draft.take(said(words, awaiting="phone", act="anonymous"), {}, dispatcher)["phone"]
        == complaint_draft.ANONYMOUS
    )


def test_a_broken_number_is_asked_again(said: Says, dispatcher: CollectingDispatcher) -> None:
    assert complaint_draft.take(said("12345", awaiting="phone"), {}, dispatcher) == {"phone": None}
    assert dispatcher.messages[0]["response"] == "utter_bad_phone"


@pytest.mark.parametrize(
    ("words", "known", "place"),
    [
        ("就是菜场门口那一排", "东风社区", "东风社区菜场门口"), ("地点不对,在5栋楼下", "东风社区3栋", "东风社区5栋楼下"),
        ("不对,在新街社区广场", "东风社区3栋", "新街社区广场"), ("building 5", "Dongfeng community", "building 5, Dongfeng community"),
        ("在菜场门口", None, "菜场门口"),
    ],
)  # fmt: skip
def test_a_finer_place_stays_in_its_community(
    said: Says, dispatcher: CollectingDispatcher, words: str, known: str | None, place: str
) -> None:
    draft = {"description": "路灯不亮", "place": known}
    language = "en" if words.isascii() else "zh"
    assert complaint_draft.take(said(words, awaiting="phone", language=language), draft, dispatcher)["place"] == place


@pytest.mark.parametrize(
    ("words", "description"),
    [
        ("昨天晚上又吵到三点", "楼下太吵。昨天晚上又吵到三点"), ("内容改成:楼上半夜拖家具", "楼上半夜拖家具"),
        ("change the description to: music until three", "music until three"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("awaiting", ["phone", "confirmation"])
def test_what_happened_can_be_added_to_and_said_otherwise(
    said: Says, dispatcher: CollectingDispatcher, words: str, description: str, awaiting: str
) -> None:
    draft = {"description": "楼下太吵", "place": "东风社区"}
    told = said(words, awaiting=awaiting, act="content", details={"category": "noise"})
    assert complaint_draft.take(told, draft, dispatcher)["description"] == description


def test_a_name_at_the_wrong_question_is_not_added_to_what_happened(
    said: Says, dispatcher: CollectingDispatcher
) -> None:
    draft = {"description": "楼下太吵", "place": "东风社区"}
    assert "description" not in complaint_draft.take(said("李建国", awaiting="phone"), draft, dispatcher)


READ_BACK = {"place": "东风社区北门", "description": "保安锁我的电动车", "phone": "13972340089", "category": "parking"}


@pytest.mark.parametrize(
    ("words", "asked", "changed"),
    [
        ("不是北门,是西门", "read_back", {"place": "东风社区西门"}),
        ("是西门,不是北门", "read_back", {"place": "东风社区西门"}),
        ("不是电动车,是三轮车", "read_back", {"description": "保安锁我的三轮车"}),
        ("电话最后两位是九八,不是八九", "read_back", {"phone": "13972340098"}),
        ("后四位是零零九八", "what_to_change", {"phone": "13972340098"}),
        ("地方写错了,是菜场东门", "what_to_change", {"place": "菜场东门"}),
    ],
)
def test_one_part_of_what_was_read_back_is_put_right(
    said: Says, dispatcher: CollectingDispatcher, words: str, asked: str, changed: dict[str, str]
) -> None:
    corrects = said(words, awaiting="confirmation", act="change", asked=asked)
    updates = complaint_draft.take(corrects, dict(READ_BACK), dispatcher)
    assert updates == {**changed, "confirmation": None, "changing": None}


def test_a_number_of_a_house_is_no_part_of_the_telephone(said: Says, dispatcher: CollectingDispatcher) -> None:
    corrects = said("不是十九号楼,是二十号楼后面", awaiting="confirmation", act="change", asked="read_back")
    draft = {**READ_BACK, "place": "东风社区十九号楼后面", "phone": "13919190089"}
    updates = complaint_draft.take(corrects, draft, dispatcher)
    assert (updates["place"], "phone" in updates) == ("东风社区二十号楼后面", False)


@pytest.mark.parametrize("words", ["不是我写的", "不对", "对,就这样"])
def test_what_names_no_part_changes_none(said: Says, dispatcher: CollectingDispatcher, words: str) -> None:
    act = "yes" if words.startswith("对") else "change"
    updates = complaint_draft.take(
        said(words, awaiting="confirmation", act=act, asked="read_back"), dict(READ_BACK), dispatcher
    )
    assert not {"place", "description", "phone"} & updates.keys()


def test_a_correction_in_english_is_one_too(said: Says, dispatcher: CollectingDispatcher) -> None:
    words = said("not the north gate, the south gate", awaiting="confirmation", act="change", language="en")
    draft = {**READ_BACK, "place": "Dongfeng north gate"}
    assert complaint_draft.take(words, draft, dispatcher)["place"] == "Dongfeng south gate"


@pytest.mark.parametrize("place", ["学校门口", "3栋楼下", "公园", "market"])
def test_a_place_that_may_be_anywhere_lacks_its_community(place: str) -> None:
    assert complaint_draft.asks_closer({"place": place}) == complaint_draft.WHICH_COMMUNITY


@pytest.mark.parametrize("place", ["东风社区三栋", "老街菜场后面", "长乐路18号", "Xinjie, the lawn", "锦绣花园小区"])
def test_a_place_that_can_be_found_does_not(place: str) -> None:
    assert complaint_draft.asks_closer({"place": place, "category": "public_facility"}) is None


@pytest.mark.parametrize("place", ["新街", "东风社区", "Laojie community"])
def test_in_a_whole_community_nothing_is_found(place: str) -> None:
    assert complaint_draft.asks_closer({"place": place, "category": "sanitation"}) == complaint_draft.WHERE_THERE
    assert complaint_draft.asks_closer({"place": place, "category": "staff_conduct"}) is None


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("东风社区", "东风社区学校门口"),
        ("东风社区学校门口", "东风社区学校门口"),
        ("卫生院旁边", "学校门口，卫生院旁边"),
    ],
)
def test_the_community_joins_the_place(said: Says, dispatcher: CollectingDispatcher, words: str, place: str) -> None:
    answer = said(words, awaiting="place", before=frozenset({complaint_draft.WHICH_COMMUNITY}))
    assert complaint_draft.take(answer, {"place": "学校门口", "description": "乱摆摊"}, dispatcher)["place"] == place


@pytest.mark.parametrize(
    ("words", "category", "asked"),
    [
        ("楼上那家真是没法过", "noise", True), ("楼上每天夜里十二点还在搬家具,吵得全家睡不好", "noise", False),
        ("三栋门口的灯不亮", "public_facility", False), ("你们到底管还是不管", None, True),
        ("the man upstairs is loud", "noise", True),
        ("the man upstairs drills into the wall every night until two", "noise", False),
    ],
)  # fmt: skip
def test_more_is_asked_only_where_little_but_the_kind_is_told(
    said: Says, dispatcher: CollectingDispatcher, words: str, category: str | None, asked: bool
) -> None:
    opening = said(words, "file_complaint", details={"category": category} if category else {})
    updates = complaint_draft.take(opening, {}, dispatcher)
    assert bool(updates[GIST]) is asked
    assert bool(updates["description"]) is not asked


@pytest.mark.parametrize(
    ("words", "act", "text"),
    [
        ("天天拖桌子到一点", CONTENT, "楼上太吵。天天拖桌子到一点"), ("就这样", "no", "楼上太吵"),
        ("说不清楚", "unsure", "楼上太吵"), ("东风社区二栋", CONTENT, "楼上太吵"),
    ],
)  # fmt: skip
def test_what_is_told_on_the_way_is_added_and_nothing_more_is_enough(
    said: Says, dispatcher: CollectingDispatcher, words: str, act: str, text: str
) -> None:
    answer = said(words, awaiting="description", act=act)
    updates = complaint_draft.take(answer, {GIST: "楼上太吵", "category": "noise"}, dispatcher)
    assert (updates["description"], updates[GIST]) == (text, None)


def test_the_kind_that_was_told_first_stays(said: Says, dispatcher: CollectingDispatcher) -> None:
    answer = said("地也没人扫", awaiting="description", details={"category": "sanitation"})
    draft = {GIST: "物业拿钱不做事", "category": "property_management"}
    assert "category" not in complaint_draft.take(answer, draft, dispatcher)


@pytest.mark.parametrize(
    ("words", "category", "other"),
    [
        ("还有楼道的灯也黑了", "public_facility", True),
        ("还有他们天天停", "parking", False),
        ("灯也黑了", "public_facility", False),
    ],
)
def test_another_matter_begins_as_one_and_is_of_another_kind(
    said: Says, words: str, category: str, other: bool
) -> None:
    spoken = said(words, "file_complaint", details={"category": category}, awaiting="phone")
    assert complaint_draft.another_matter(spoken, {"category": "parking"}) is other


@pytest.mark.parametrize(
    ("words", "more"),
    [
        ("再补一条,现在连楼梯都湿了", "现在连楼梯都湿了"), ("给我加一句:他们还打麻将", "他们还打麻将"), ("我想补充一下", None),
        ("please also write that the lift is stuck", "the lift is stuck"), ("路灯坏了", None),
        ("油烟大再加上噪音", None), ("帮我记一下,六楼漏水", None),
    ],
)  # fmt: skip
def test_what_shall_be_added_stands_behind_the_wish_to_add(words: str, more: str | None) -> None:
    assert complaint_draft.addition(words) == more


def test_something_is_added_at_the_read_back(said: Says, dispatcher: CollectingDispatcher) -> None:
    words = said("再加一句,他们还往楼下泼水", awaiting="confirmation", asked="read_back", act="more")
    draft = {"description": "楼上太吵", "place": "东风社区二栋", "phone": "-", "category": "noise"}
    updates = complaint_draft.take(words, draft, dispatcher)
    assert updates["description"] == "楼上太吵。他们还往楼下泼水"
    assert updates["confirmation"] is None


FILED = {"description": "楼下烧烤烟大", "place": "新街社区菜场对面", "phone": "-", "category": "noise"}


@pytest.mark.parametrize("words", ["对,新街", "对的,就是新街社区菜场对面", "对,就是噪音"])
def test_what_was_read_back_and_is_said_again_is_a_yes(
    said: Says, dispatcher: CollectingDispatcher, words: str
) -> None:
    spoken = said(words, "affirm", "confirmation", asked="read_back", act="yes")
    assert complaint_draft.take(spoken, FILED, dispatcher) == {"confirmation": "yes"}


@pytest.mark.parametrize(
    ("words", "category"), [("不是噪音,是环境的事", "sanitation"), ("类别不对,算邻里纠纷", "neighbour_dispute")]
)
def test_the_kind_is_put_right_by_its_name(
    said: Says, dispatcher: CollectingDispatcher, words: str, category: str
) -> None:
    spoken = said(words, "inform", "confirmation", asked="read_back", act="change")
    assert complaint_draft.take(spoken, FILED, dispatcher) == {
        "category": category, "confirmation": None, "changing": None,
    }  # fmt: skip


def test_only_the_wish_to_add_is_asked_what_it_is(said: Says, dispatcher: CollectingDispatcher) -> None:
    spoken = said("我还要补充一下", "inform", "confirmation", asked="read_back", act="more")
    assert complaint_draft.take(spoken, FILED, dispatcher)["changing"] is True


def test_a_correction_that_differs_in_nothing_is_read_back_again(said: Says, dispatcher: CollectingDispatcher) -> None:
    spoken = said("地方是新街", "inform", "confirmation", asked="read_back", act="change")
    assert complaint_draft.take(spoken, FILED, dispatcher) == {"confirmation": None, "changing": None}
