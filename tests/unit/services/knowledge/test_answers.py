"""What is told, what is said to be unknown, and how a conversation keeps its topic."""

from pathlib import Path

import pytest

from bot.services.knowledge.answers import PolicyAnswer, answer
from bot.services.pages import knowledge
from bot.services.pages.page_fit import beyond_the_plan
from bot.services.pages.search import Hit

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def pages() -> knowledge.Knowledge:
    return knowledge.load(Path(__file__).parents[4] / "data" / "knowledge")


def ask(pages: knowledge.Knowledge, question: str, language: str = "zh", topic: str | None = None) -> PolicyAnswer:
    return answer(pages, question, language, topic=topic)


def test_what_the_plan_says_is_told_with_its_section(pages: knowledge.Knowledge) -> None:
    told = ask(pages, "兼职网格员一个月有几多补贴")
    assert told.kind == "answer"
    assert told.page is not None
    assert "600元" in told.page.text["zh"]
    assert "7.1" in told.sections


def test_what_the_plan_leaves_out_is_unknown_and_has_no_section(pages: knowledge.Knowledge) -> None:
    told = ask(pages, "吃一餐要几块钱")
    assert (told.kind, told.page and told.page.id, told.sections) == ("unknown", "meal_price_gap", ())


def test_a_price_is_never_answered_by_a_page_without_one(pages: knowledge.Knowledge) -> None:
    told = ask(pages, "流动服务车体检收费吗")
    assert told.kind == "unknown"
    assert told.sections == ()


@pytest.mark.parametrize("question", ["我想办护照", "公积金怎么取", "流感疫苗在哪打", "结婚证在哪里领", "高考几号"])
def test_other_offices_business_is_unknown(pages: knowledge.Knowledge, question: str) -> None:
    assert ask(pages, question).kind == "unknown"


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("街道办主任的工资是多少", "zh"),
        ("积分能不能换烟酒", "zh"),
        ("养老院有没有单间", "zh"),
        ("二零二七年的目标是什么", "zh"),
        ("is there a dentist on the service bus", "en"),
        ("can points be swapped for cigarettes", "en"),
    ],
)
def test_a_near_page_that_never_names_the_thing_is_no_answer(
    pages: knowledge.Knowledge, question: str, language: str
) -> None:
    told = ask(pages, question, language)
    assert (told.kind, told.sections) == ("unknown", ())


@pytest.mark.parametrize("question", ["居委会主任是谁选的", "积分能不能换生活用品", "2025年养老床位要有几张"])
def test_a_page_that_names_the_thing_is_told(pages: knowledge.Knowledge, question: str) -> None:
    assert ask(pages, question).kind == "answer"


def test_a_page_on_departments_is_surely_no_answer_about_dogs(pages: knowledge.Knowledge) -> None:
    question = "which department handles dog licences"
    departments, _ = pages.search(question, "en")[0]
    assert not pages.fits(departments, question, "en", surely=True)
    assert pages.fits(departments, departments.questions["en"][0], "en", surely=True)


@pytest.mark.parametrize("question", ["how is the weather on the moon people", "where do I buy gold teeth for my cat"])
def test_a_neighbour_is_offered_and_not_told(pages: knowledge.Knowledge, question: str) -> None:
    told = ask(pages, question, "en")
    assert (told.kind, told.sections) == ("unknown", ())


def test_a_page_fits_its_own_questions_and_hardly_any_beyond_the_plan(pages: knowledge.Knowledge) -> None:
    answers = [page for page in pages.pages.values() if page.answers_it]
    own = [(page, page.questions["zh"][0]) for page in answers]
    assert sum(pages.fits(page, question, "zh") for page, question in own) > 0.98 * len(own)
    told = [ask(pages, question) for question in beyond_the_plan("zh")]
    assert sum(one.kind == "answer" for one in told) < 0.05 * len(told)


def test_a_short_question_that_leans_on_the_last_is_not_held_against_its_own_words(pages: knowledge.Knowledge) -> None:
    topic = ask(pages, "健康小屋是做什么的").topic
    assert ask(pages, "那在哪里", topic=topic).kind == "answer"


@pytest.mark.parametrize("question", ["紫色的鲸鱼", "量子纠缠"])
def test_what_no_page_is_about_is_unknown_without_a_page(pages: knowledge.Knowledge, question: str) -> None:
    told = ask(pages, question)
    assert (told.kind, told.page, told.topic) == ("unknown", None, None)


def test_questions_about_this_assistant_need_no_section(pages: knowledge.Knowledge) -> None:
    told = ask(pages, "我说的话你们会保密吗")
    assert told.kind == "answer"
    assert told.page is not None
    assert told.page.topic == "linyu"
    assert told.sections == ()


@pytest.mark.parametrize(
    ("first", "then", "page"),
    [
        ("有几个助餐点", "那要钱吗", "meal_price_gap"),
        ("有几个助餐点", "在哪里", "meal_address_gap"),
        ("健康小屋是做什么的", "在哪里", "venue_health_hut"),
        ("健康小屋是做什么的", "有电话吗", "venue_health_hut_gap"),
        ("流动服务车是做么事的", "那哪天来", "mobile_bus_timetable_gap"),
        ("志愿服务积分是什么", "能换什么", "volunteer_points_what"),
    ],
)
def test_a_short_follow_up_keeps_the_topic(pages: knowledge.Knowledge, first: str, then: str, page: str) -> None:
    topic = ask(pages, first).topic
    told = ask(pages, then, topic=topic)
    assert told.page is not None
    assert told.page.id == page


@pytest.mark.parametrize(
    ("talk", "language", "page"),
    [
        (("what does a grid worker do", "what do they earn"), "en", "grid_pay"),
        (("兼职网格员和专职网格员有什么不同", "前面那个工资多少"), "zh", "grid_pay"),
        (("健康小屋是做什么的", "前面那个几点开门"), "zh", "venue_health_hut_gap"),
    ],
)
def test_a_follow_up_for_more_is_not_told_the_same_page_again(
    pages: knowledge.Knowledge, talk: tuple[str, str], language: str, page: str
) -> None:
    topic = ask(pages, talk[0], language).topic
    told = ask(pages, talk[1], language, topic)
    assert told.page is not None
    assert told.page.id == page


def test_a_new_subject_in_two_words_leaves_the_page(pages: knowledge.Knowledge) -> None:
    told = ask(pages, "助浴呢", topic=ask(pages, "助餐点有几个").topic)
    assert told.page is not None
    assert "助浴" in told.page.text["zh"]


def test_of_two_pages_that_were_told_either_can_be_pointed_at() -> None:
    two = (page_named("大厅", "5.1"), 0.5), (page_named("窗口", "5.1"), 0.49)
    topic = ask(ScriptedSearch(*two), "门口").topic
    assert topic == "大厅|窗口"
    for words, page in (("前面那个呢", "大厅"), ("后面那个呢", "窗口")):
        told = ask(ScriptedSearch(*two), words, topic=topic)
        assert (told.page and told.page.id, told.also) == (page, None)


def test_an_english_follow_up_keeps_the_topic(pages: knowledge.Knowledge) -> None:
    topic = ask(pages, "What is the half-past-four class?", "en").topic
    told = ask(pages, "How much is it?", "en", topic)
    assert (told.kind, told.page and told.page.id) == ("unknown", "youth_details_gap")


def test_a_new_subject_leaves_the_topic(pages: knowledge.Knowledge) -> None:
    told = ask(pages, "网格员一个月多少钱", topic="meal_points_count")
    assert told.page is not None
    assert told.page.topic == "grid"


def test_a_topic_that_is_gone_does_no_harm(pages: knowledge.Knowledge) -> None:
    assert ask(pages, "大厅有几个窗口", topic="no_such_page").kind == "answer"


def page_named(name: str, *sections: str) -> knowledge.Page:
    both = {"zh": name, "en": name}
    return knowledge.Page(name, "hall", both, both, both, sections, ("what",), {"zh": (name,), "en": (name,)})


class ScriptedSearch(knowledge.Knowledge):
    """Finds the given pages with the given scores, whatever is asked."""

    def __init__(self, *found: tuple[knowledge.Page, float]) -> None:
        super().__init__([page for page, _ in found])
        self.found = [(page, Hit(page.id, score)) for page, score in found]

    def search(self, question: str, language: str, *, topic: str | None = None) -> list[tuple[knowledge.Page, Hit]]:
        return self.found


def test_two_faint_and_equally_near_pages_are_offered() -> None:
    told = ask(ScriptedSearch((page_named("大厅", "5.2"), 0.23), (page_named("窗口", "5.2"), 0.22)), "门口")
    assert told.kind == "choose"
    assert [choice.id for choice in told.choices] == ["大厅", "窗口"]
    assert told.sections == ()


def test_a_sure_page_brings_one_that_is_as_near_and_its_sections() -> None:
    told = ask(ScriptedSearch((page_named("大厅", "5.1"), 0.5), (page_named("窗口", "5.1", "7.3"), 0.49)), "门口")
    assert (told.kind, told.also and told.also.id) == ("answer", "窗口")
    assert told.sections == ("5.1", "7.3")


def test_a_page_that_is_clearly_nearest_stands_alone() -> None:
    told = ask(ScriptedSearch((page_named("大厅", "5.1"), 0.5), (page_named("窗口", "5.2"), 0.3)), "门口")
    assert (told.kind, told.also) == ("answer", None)


def test_a_faint_page_is_not_told() -> None:
    told = ask(ScriptedSearch((page_named("大厅", "5.1"), 0.1), (page_named("窗口", "5.2"), 0.1)), "门口")
    assert told.kind == "unknown"


@pytest.mark.parametrize(
    ("first", "then", "page"),
    [
        ("专项基金是多少", "2023年实际给了多少", "money_fund"),
        ("养老床位有多少", "那2025年呢", "elderly_beds_now"),
        ("流动服务车是做什么的", "它下一回哪天来", "mobile_bus_timetable_gap"),
    ],
)
def test_a_year_or_a_day_asked_for_alone_keeps_the_topic(
    pages: knowledge.Knowledge, first: str, then: str, page: str
) -> None:
    told = ask(pages, then, topic=ask(pages, first).topic)
    assert told.page is not None
    assert told.page.id == page
