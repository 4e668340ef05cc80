"""What short sentences mean after our own questions, read by the trained reader."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot import wiring
from bot.dialogue.answers import AnswerReader
from bot.dialogue.asked import asked_in
from bot.language.readers.sentence_model import SentenceModel

pytestmark = pytest.mark.engines


@pytest.fixture(scope="module")
def reader() -> AnswerReader:
    return AnswerReader(wiring.answer_model)


@pytest.mark.parametrize(
    ("asked", "said", "act"),
    [
        ("read_back", "不要了", "stop"), ("read_back", "先不订", "stop"), ("read_back", "算了", "stop"),
        ("read_back", "不约了", "stop"), ("read_back", "停水了", "content"), ("read_back", "对,没写错", "yes"),
        ("read_back", "对的,没错了", "yes"), ("read_back", "不要改了,就这样", "yes"), ("read_back", "不对,要改一下", "change"),
        ("read_back", "名字写错了,是陈德贵", "change"), ("cancel", "取消", "yes"), ("cancel", "取消吧", "yes"),
        ("cancel", "对,取消", "yes"), ("cancel", "嗯,取消", "yes"), ("cancel", "不取消了", "no"), ("cancel", "留着", "no"),
        ("reminder", "没忘记", "yes"), ("reminder", "不会忘", "yes"), ("reminder", "不用打饭了", "cancel"),
        ("reminder", "去不了", "cancel"), ("reminder", "以后别打电话来了", "no_calls"), ("solved", "没事", "solved"),
        ("solved", "不错", "solved"), ("solved", "还是老样子", "not_solved"), ("phone", "匿名", "anonymous"),
        ("phone", "物业说不方便给我们修", "content"), ("phone", "保安不想给我们开门", "content"),
        ("phone", "没得手机", "anonymous"), ("score", "打了五次电话没人管", "stars_1"), ("score", "蛮好", "stars_5"),
        ("score", "4", "stars_4"), ("keep_draft", "不要丢", "keep"), ("keep_draft", "别删", "keep"),
        ("keep_draft", "丢了吧", "drop"), ("full", "我排队等候", "wait"), ("full", "换个时间", "other_time"),
        ("time", "几点都行", "any"), ("number", "记不到了", "unsure"), ("call_back", "不用打了", "no"),
        ("anything_else", "没别的事了,挂了", "goodbye"), ("date", "你等下,我在打电话", "not_for_us"),
        ("read_back", "don't book it", "stop"), ("cancel", "yes cancel it", "yes"), ("cancel", "keep it", "no"),
        ("reminder", "I haven't forgotten", "yes"), ("keep_draft", "don't delete it", "keep"),
        ("score", "I called five times and nobody cares", "stars_1"), ("phone", "I'd rather not", "anonymous"),
    ],
)  # fmt: skip
def test_an_answer_is_read_by_what_was_asked(reader: AnswerReader, asked: str, said: str, act: str) -> None:
    read = reader.read(said, asked)
    assert (read.act, read.sure) == (act, True)


def test_nothing_is_an_answer_when_nothing_was_asked(reader: AnswerReader) -> None:
    assert reader.read("好的", None).act == "content"


@pytest.mark.parametrize(
    ("told", "awaiting", "asked"),
    [
        (("utter_confirm_booking",), "confirmation", "read_back"),
        (("utter_missed_answer", "utter_confirm_booking"), "confirmation", "read_back"),
        (("utter_confirm_booking", "utter_offer_person"), "confirmation", "offer_person"),
        (("utter_what_to_change",), "confirmation", "what_to_change"),
        ((), "confirmation", None),
        (("utter_day_full", "utter_ask_book_service_form_date"), "date", "full"),
        (("utter_ask_book_service_form_name",), "name", "name"),
        (("utter_greet",), None, None),
    ],
)
def test_a_summary_is_asked_about_only_when_it_was_told_last(
    told: tuple[str, ...], awaiting: str | None, asked: str | None
) -> None:
    assert asked_in(told, awaiting) == asked


def test_the_model_is_loaded_once_however_many_ask_at_the_same_moment() -> None:
    loads = list[str]()

    def load() -> SentenceModel:
        loads.append("once")
        time.sleep(0.2)  # long enough for all to come
        return wiring.answer_model()

    reader = AnswerReader(load)
    with ThreadPoolExecutor(6) as threads:
        acts = [answer.act for answer in threads.map(lambda _: reader.read("取消", "cancel"), range(6))]
    assert (acts, loads) == (["yes"] * 6, ["once"])
