"""Replies as they are spoken: the way people say numbers, with nothing that a voice cannot say."""

import re

import pytest

from bot.language.ear import for_ear

pytestmark = pytest.mark.unit

SAID = [
    # amounts
    ("450张", "四百五十张"), ("2份", "两份"), ("12份", "十二份"), ("22人", "二十二人"), ("2号楼", "二号楼"), ("2月", "二月"),
    ("12.6万人", "十二点六万人"), ("3.2亿元", "三点二亿元"), ("500万", "五百万"), ("12元", "十二元"), ("3200元", "三千二百元"),
    ("10项", "十项"), ("126项", "一百二十六项"), ("8.6万", "八点六万"), ("12000人", "一万二千人"), ("0.9万平方米", "零点九万平方米"),
    ("1,200人", "一千二百人"), ("2个", "两个"), ("2个小时", "两个小时"), ("200张", "两百张"), ("¥12", "十二元"), ("第2次", "第二次"),
    # percent, ranges, areas
    ("42.6%", "百分之四十二点六"), ("90%以上", "百分之九十以上"), ("8-10项", "八到十项"), ("30%-40%", "百分之三十到百分之四十"),
    ("100㎡", "一百平方米"), ("50m²", "五十平方米"), ("2.1万平方米", "二点一万平方米"), ("3~5天", "三到五天"), ("1/3", "三分之一"),
    # dates and times
    ("2025年", "二零二五年"), ("2023—2025年", "二零二三到二零二五年"), ("12月3号", "十二月三号"), ("2025-12-03", "二零二五年十二月三号"),
    ("12月2日,星期二", "十二月二号,星期二"), ("8:30", "八点半"), ("14:00", "下午两点"), ("9:15", "九点一刻"), ("8:05", "八点零五分"),
    ("19:30", "晚上七点半"), ("8:30-11:30", "八点半到十一点半"), ("14:00-17:30", "下午两点到五点半"), ("8:30-17:30", "八点半到下午五点半"),
    ("下午3点半", "下午三点半"), ("下午2点", "下午两点"), ("15分钟", "十五分钟"), ("24小时", "二十四小时"), ("1日内响应", "一日内响应"),
    # numbers that are names
    ("120", "幺二零"), ("119", "幺幺九"), ("110", "幺幺零"), ("12345", "幺二三四五"), ("12356", "幺二三五六"), ("请拨打120。", "请拨打幺二零。"),
    ("13800001234", "幺三八,零零零零,幺二三四"), ("138 0000 1234", "幺三八,零零零零,幺二三四"), ("0714-8765432", "零七幺四,八七六,五四三二"),
    ("预约号84261973", "预约号八四二六,幺九七三"), ("编号是84261973", "编号是八四二六,幺九七三"), ("尾号1234", "尾号幺二三四"), ("84261973", "八四二六,幺九七三"),
    ("120张床位", "一百二十张床位"), ("302室", "三零二室"), ("110元", "一百一十元"),
    # letters, signs, addresses
    ("下载APP", "下载A P P"), ("1+N", "一加恩"), ("“1+N”服务体系", "一加恩服务体系"), ("1+2+3", "一加二加三"), ("助餐(3个点)", "助餐,三个点"),
    ("详见https://example.org/a?b=1。", "详见。"), ("助餐+助浴", "助餐加助浴"), ("**您好**", "您好"), ("第一行\n第二行", "第一行。第二行"),
    ("[大冶街道](https://example.org)", "大冶街道"), ("12元/份", "十二元每份"), ("您好👋", "您好"), ("《章程》", "章程"),
    ("3-2-501", "三杠二杠五零幺"), ("Mon-Fri 08:30-17:30", "周一到周五八点半到下午五点半"), ("水/电", "水,电"),
    ("\uff11\uff12\uff05\uff0c\uff08\uff12份\uff09", "百分之十二,两份"),
    ("没有数字。", "没有数字。"), ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), SAID)
def test_a_reply_is_spoken_as_people_say_it(written: str, expected: str) -> None:
    assert for_ear(written) == expected


SENTENCES = [
    "您的预约已办好:12月4号,星期四,上午8:30,2份助餐。编号84261973,电话13800001234。",
    "到2025年,养老床位增至450张(每千名老人15张),满意度90%以上。",
    "2023年线上办理率42.6%(2.2),75%(5.2);积分1+1+N;面积2.1万㎡;APP用户8.6万人,资金3.2亿元。",
    "急救请打120,火警119,报警110,心理援助12356,政务热线12345。",
    "办公时间 Mon-Fri 08:30-17:30,窗口8个,A3区。",
]


@pytest.mark.parametrize("written", [written for written, _ in SAID] + SENTENCES)
def test_nothing_unspeakable_is_left(written: str) -> None:
    assert not re.search(r"[0-9%%+()()【】\[\]<>/\\*#@_㎡²]|http", for_ear(written))


@pytest.mark.parametrize("written", [written for written, _ in SAID] + SENTENCES)
def test_saying_it_again_changes_nothing(written: str) -> None:
    assert for_ear(for_ear(written)) == for_ear(written)


def test_a_whole_confirmation_is_spoken() -> None:
    assert for_ear(SENTENCES[0]) == (
        "您的预约已办好:十二月四号,星期四,上午八点半,两份助餐。编号八四二六,幺九七三,电话幺三八,零零零零,幺二三四。"
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Call 120 now.", "Call one two zero now."), ("42.6%", "42.6 percent"), ("at 3:30 pm", "at 3 30 p m"), ("14:00", "2 p m"),
        ("13800001234", "one three eight, zero zero zero zero, one two three four"), ("number 84261973", "number eight four two six, one nine seven three"),
        ("2025-12-03", "3 December 2025"), ("450 beds", "450 beds"), ("See https://example.org now", "See now"), ("8-10 items", "8 to 10 items"),
        ("meals (3 places)", "meals, 3 places"), ("ending in 1234", "ending in one two three four"), ("the APP", "the app"), ("9:00", "9 o'clock"),
    ],
)  # fmt: skip
def test_english_is_lightly_prepared(written: str, expected: str) -> None:
    assert for_ear(written, "en") == expected
