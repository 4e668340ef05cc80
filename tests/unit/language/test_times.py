"""Days and times that residents say, seen from Wednesday 3 December 2025, ten in the morning."""

from datetime import UTC, date, datetime, time

import pytest

from bot.language.text import normalise
from bot.language.times import HERE, When, find_when, say_day, say_time

pytestmark = pytest.mark.unit
NOW = datetime(2025, 12, 3, 10, 0, tzinfo=HERE)

DAYS = [
    # plain
    ("今天下午", "2025-12-03"), ("明天", "2025-12-04"), ("后天", "2025-12-05"), ("大后天", "2025-12-06"),
    ("明日上午去", "2025-12-04"), ("我想约后天的", "2025-12-05"),
    # colloquial, missed by the library alone
    ("明儿", "2025-12-04"), ("明儿个上午", "2025-12-04"), ("后儿", "2025-12-05"), ("大后儿", "2025-12-06"),
    ("明早", "2025-12-04"), ("今儿下午", "2025-12-03"), ("明晚", "2025-12-04"), ("一个礼拜以后", "2025-12-10"),
    ("明朝", "2025-12-04"), ("明上午", "2025-12-04"), ("外后天", "2025-12-06"),
    # weeks
    ("周五", "2025-12-05"), ("这周五", "2025-12-05"), ("下周二", "2025-12-09"), ("下礼拜二", "2025-12-09"),
    ("下个礼拜二", "2025-12-09"), ("下个星期一", "2025-12-08"), ("礼拜天", "2025-12-07"), ("星期天", "2025-12-07"),
    ("周日", "2025-12-07"), ("周二", "2025-12-09"), ("周三", "2025-12-03"), ("下下周一", "2025-12-15"),
    ("礼拜六上午", "2025-12-06"), ("周3", "2025-12-03"),
    # dates
    ("12月5号", "2025-12-05"), ("十二月二十五号", "2025-12-25"), ("12月 8 日", "2025-12-08"), ("5号", "2025-12-05"),
    ("五号", "2025-12-05"), ("二十号上午", "2025-12-20"), ("1号", "2026-01-01"), ("一月五号", "2026-01-05"),
    ("3月8日", "2026-03-08"), ("2026年1月5日", "2026-01-05"), ("2026-01-05", "2026-01-05"), ("12/25", "2025-12-25"),
    ("下个月五号", "2026-01-05"), ("这个月15号", "2025-12-15"), ("下月5号", "2026-01-05"), ("明年3月5号", "2026-03-05"),
    ("31号", "2025-12-31"), ("十二月二十五", "2025-12-25"), ("2月29号", "2028-02-29"),
    # so many days later
    ("三天后", "2025-12-06"), ("过三天", "2025-12-06"), ("两周后", "2025-12-17"), ("一个星期后", "2025-12-10"),
    ("一个月后", "2026-01-03"), ("半个月后", "2025-12-18"), ("十天以后", "2025-12-13"),
    # feasts and the moon roll forward
    ("元旦", "2026-01-01"), ("中秋", "2026-09-25"), ("中秋节", "2026-09-25"), ("春节", "2026-02-17"),
    ("除夕", "2026-02-16"), ("国庆节", "2026-10-01"), ("端午", "2026-06-19"), ("清明节", "2026-04-05"),
    ("农历八月十五", "2026-09-25"), ("八月十五", "2026-09-25"), ("腊月二十三", "2026-02-10"), ("正月十五", "2026-03-03"),
    ("大年初一", "2026-02-17"), ("五一劳动节", "2026-05-01"), ("重阳节", "2026-10-18"), ("过年", "2026-02-17"),
    ("冬至", "2025-12-21"), ("大年三十", "2026-02-16"), ("五月初五", "2026-06-19"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "expected"), DAYS)
def test_the_day_is_understood(said: str, expected: str) -> None:
    actual = find_when(normalise(said), NOW)
    assert actual.day == date.fromisoformat(expected)
    assert actual.doubt is None


TIMES = [
    ("两点半", "14:30", None), ("下午两点半", "14:30", None), ("三点", "15:00", None), ("九点", "09:00", None),
    ("十点一刻", "10:15", None), ("八点", "08:00", "which_half"), ("七点", "07:00", "which_half"),
    ("早上八点", "08:00", None), ("晚上八点", "20:00", None), ("七点半吧,晚上", "19:30", None),
    ("上午九点半", "09:30", None), ("中午十二点", "12:00", None), ("中午一点", "13:00", None), ("晌午十一点", "11:00", None),
    ("14:30", "14:30", None), ("8:30", "08:30", None), ("下午3点", "15:00", None), ("下午 3 点 半", "15:30", None),
    ("十四点三十分", "14:30", None), ("15点", "15:00", None), ("三点零五分", "15:05", None), ("十点二十", "10:20", None),
    ("一点", "13:00", None), ("一点半", "13:30", None), ("下午一点", "13:00", None), ("傍晚六点", "18:00", None),
    ("凌晨两点", "02:00", None), ("三点钟", "15:00", None), ("十一点三刻", "11:45", None), ("下昼四点", "16:00", None),
    ("3点30", "15:30", None), ("14时30分", "14:30", None), ("七八点", "07:00", "which_half"), ("晚饭六点", "18:00", None),
]  # fmt: skip


@pytest.mark.parametrize(("said", "expected", "doubt"), TIMES)
def test_the_time_is_understood(said: str, expected: str, doubt: str | None) -> None:
    actual = find_when(normalise(said), NOW)
    assert actual.at == time.fromisoformat(expected)
    assert actual.doubt == doubt


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("下午两点到四点", "14:00", "16:00"), ("9:00-11:00", "09:00", "11:00"), ("上午九点到下午一点", "09:00", "13:00"),
        ("8点到12点", "08:00", "12:00"), ("十点到两点", "10:00", "14:00"), ("两点半到四点半", "14:30", "16:30"),
        ("下午2到4点", "14:00", "16:00"),
    ],
)  # fmt: skip
def test_a_stretch_has_an_end(said: str, start: str, end: str) -> None:
    actual = find_when(said, NOW)
    assert (actual.at, actual.ends) == (time.fromisoformat(start), time.fromisoformat(end))


@pytest.mark.parametrize(
    ("said", "day", "part"),
    [
        ("明早", "2025-12-04", "morning"), ("明天晌午", "2025-12-04", "noon"), ("今晚", "2025-12-03", "evening"),
        ("后天下昼", "2025-12-05", "afternoon"), ("明天中饭", "2025-12-04", "noon"), ("明天昼饭", "2025-12-04", "noon"), ("明天夜饭", "2025-12-04", "evening"), ("明天的晚饭", "2025-12-04", "evening"),
        ("周五上午", "2025-12-05", "morning"), ("后天中上", "2025-12-05", "noon"),
    ],
)  # fmt: skip
def test_the_part_of_the_day_is_understood(said: str, day: str, part: str) -> None:
    actual = find_when(said, NOW)
    assert (actual.day, actual.part, actual.at) == (date.fromisoformat(day), part, None)


@pytest.mark.parametrize(
    "said",
    ["昨天", "上周三", "前天下午", "11月28号", "2024年5月1日", "今天上午九点", "三天前", "上个月", "昨晚", "前几天"],
)
def test_what_is_over_is_marked_as_past(said: str) -> None:
    assert find_when(said, NOW).doubt == "past"


@pytest.mark.parametrize(
    "said",
    [
        "周末",
        "这个周末",
        "下个月",
        "月底",
        "下周",
        "过几天",
        "周一到周五",
        "周四或者周五",
        "周三周四都行",
        "节后",
        "中秋节前后",
        "年底",
        "三月份",
    ],
)
def test_several_possible_days_are_a_doubt(said: str) -> None:
    assert find_when(said, NOW).doubt == "which_day"


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("下下下周一", "2025-12-22"), ("半个月后的周二", "2025-12-23"), ("下个月初的周三", "2026-01-07"), ("廿五", "2025-12-14"),
        ("本月25", "2025-12-25"), ("农历冬月廿五", "2026-01-13"),
    ],
)  # fmt: skip
def test_a_day_counted_from_another_is_found(said: str, day: str) -> None:
    found = find_when(said, NOW)
    assert (found.day, found.doubt) == (date.fromisoformat(day), None)


@pytest.mark.parametrize(
    ("said", "language"),
    [("2月30号", "zh"), ("11月31号", "zh"), ("二月三十号", "zh"), ("February 30", "en"), ("31 November", "en")],
)
def test_a_day_that_does_not_exist_is_a_doubt(said: str, language: str) -> None:
    found = find_when(said, NOW, language=language)
    assert (found.day, found.doubt) == (None, "no_such_day")


@pytest.mark.parametrize(
    ("said", "language", "weekdays"),
    [
        ("除了周三都行", "zh", (2,)), ("除了周末都可以", "zh", (5, 6)), ("除周三以外哪天都行", "zh", (2,)),
        ("any day but Wednesday", "en", (2,)), ("any day except the weekend", "en", (5, 6)),
    ],
)  # fmt: skip
def test_an_exception_is_no_day(said: str, language: str, weekdays: tuple[int, ...]) -> None:
    found = find_when(said, NOW, language=language)
    assert (found.day, found.doubt, found.not_on) == (None, "any_but", weekdays)


def test_days_side_by_side_are_all_known() -> None:
    assert find_when("明天或者后天", NOW).either == (date(2025, 12, 4), date(2025, 12, 5))
    assert find_when("明天后天都行", NOW).either == (date(2025, 12, 4), date(2025, 12, 5))
    assert len(find_when("周四到周六", NOW).either) == 3
    assert find_when("Thursday or Friday", NOW, language="en").either == (date(2025, 12, 4), date(2025, 12, 5))


def test_a_weekday_that_is_over_today_is_next_weeks() -> None:
    found = find_when("周三上午九点", NOW)  # it is Wednesday, ten o'clock
    assert (found.day, found.doubt) == (date(2025, 12, 10), None)
    assert find_when("周三下午", NOW).day == date(2025, 12, 3)


@pytest.mark.parametrize("said", ["差一刻三点", "三点差一刻"])
def test_a_quarter_to_is_before_the_hour(said: str) -> None:
    assert find_when(said, NOW).at == time(14, 45)


def test_a_doubtful_day_still_has_its_best_reading() -> None:
    assert find_when("周末", NOW).day == date(2025, 12, 6)
    assert find_when("月底", NOW).day == date(2025, 12, 31)
    assert find_when("过几天", NOW).day is None


@pytest.mark.parametrize(
    "said",
    [
        "三号楼", "三栋", "六十八岁", "两份", "我提三点建议", "五单元", "13800001234", "东风社区三栋二单元", "第三点", "3号线",
        "人民路12号", "请说慢一点", "大声一点", "一点都听不清", "有几点意见", "王国庆", "我叫周一凡", "一周三次", "三个月", "15分钟服务圈",
        "24小时自助", "早上好", "下午好", "么时候", "两个人", "五号院的路灯坏了", "四点半课堂在哪里报名", "1日内响应", "没有了", "谢谢",
        "0714-8765432", "订餐多少钱一份", "三公里", "二楼", "我今年六十八", "周大妈", "周末不打烊是什么意思", "周末兴趣班", "一时半会", "3-2-501", "我做过三年会计", "牙口不好要软一点的", "移动4/5G信号不好", "3栋4单元", "移动4G", "差一点没赶上",
    ],
)  # fmt: skip
def test_houses_ages_and_counts_are_no_times(said: str) -> None:
    assert find_when(normalise(said), NOW) == When()


CORRECTED = [
    ("不是周三,是周四", "2025-12-04", None), ("明天下午三点,不对,是四点", "2025-12-04", "16:00"),
    ("明天,不对,后天", "2025-12-05", None), ("周三改到周五", "2025-12-05", None), ("从明天改成后天上午九点", "2025-12-05", "09:00"),
    ("不要三点,要四点", None, "16:00"), ("是后天,不是明天", "2025-12-05", None), ("明天上午,说错了,下午三点", "2025-12-04", "15:00"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "day", "at"), CORRECTED)
def test_a_correction_wins(said: str, day: str | None, at: str | None) -> None:
    actual = find_when(said, NOW)
    assert actual.day == (date.fromisoformat(day) if day else None)
    assert actual.at == (time.fromisoformat(at) if at else None)


@pytest.mark.parametrize(
    ("said", "day", "at"),
    [
        ("帮我妈订明天中午的饭两份", "2025-12-04", None), ("我想约下周二下午三点洗澡", "2025-12-09", "15:00"),
        ("十二月五号上午九点半去医院", "2025-12-05", "09:30"), ("半个小时后", "2025-12-03", "10:30"), ("两个小时以后", "2025-12-03", "12:00"),
        ("今天八点", "2025-12-03", "20:00"), ("明天 下午 三点", "2025-12-04", "15:00"), ("後天下午兩點", "2025-12-05", "14:00"),
        ("早上好,我要订明天的饭", "2025-12-04", None), ("5号下午3点到3号楼", "2025-12-05", "15:00"),
    ],
)  # fmt: skip
def test_whole_sentences_are_understood(said: str, day: str, at: str | None) -> None:
    actual = find_when(normalise(said), NOW)
    assert actual.day == date.fromisoformat(day)
    assert actual.at == (time.fromisoformat(at) if at else None)


ENGLISH = [
    ("tomorrow at 3 pm", "2025-12-04", "15:00"), ("the day after tomorrow", "2025-12-05", None), ("next Tuesday", "2025-12-09", None),
    ("this Friday morning", "2025-12-05", None), ("on December 25th", "2025-12-25", None), ("5 January at 9:30", "2026-01-05", "09:30"),
    ("January 5th 2026", "2026-01-05", None), ("in three days", "2025-12-06", None), ("in two weeks", "2025-12-17", None),
    ("the 5th", "2025-12-05", None), ("half past three", None, "15:30"), ("at 10 o'clock", None, "10:00"), ("2 to 4 pm", None, "14:00"),
    ("Not Tuesday, Wednesday", "2025-12-03", None), ("Tomorrow, no, Friday", "2025-12-05", None), ("noon tomorrow", "2025-12-04", "12:00"),
    ("tomorrow evening at 7", "2025-12-04", "19:00"), ("Christmas", "2025-12-25", None), ("Spring Festival", "2026-02-17", None),
    ("2026-01-05", "2026-01-05", None), ("a week from today", "2025-12-10", None), ("Monday at three", "2025-12-08", "15:00"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "day", "at"), ENGLISH)
def test_english_is_understood(said: str, day: str | None, at: str | None) -> None:
    actual = find_when(said, NOW, language="en")
    assert actual.day == (date.fromisoformat(day) if day else None)
    assert actual.at == (time.fromisoformat(at) if at else None)
    assert actual.doubt is None


@pytest.mark.parametrize(
    "said",
    ["I may come", "two portions", "building three", "unit 5", "good morning", "no thanks", "room 302", "I sat down"],
)
def test_english_counts_are_no_times(said: str) -> None:
    assert find_when(said, NOW, language="en") == When()


@pytest.mark.parametrize(
    ("said", "doubt"),
    [("next week", "which_day"), ("the weekend", "which_day"), ("at 8", "which_half"), ("yesterday", "past")],
)
def test_english_doubts_are_marked(said: str, doubt: str) -> None:
    assert find_when(said, NOW, language="en").doubt == doubt


def test_the_clock_counts_in_shanghai_whatever_zone_it_has() -> None:
    late = datetime(2025, 12, 3, 17, 0, tzinfo=UTC)  # already 4 December here
    assert find_when("明天", late).day == date(2025, 12, 5)


def test_the_place_in_the_text_is_given() -> None:
    said = "我想订明天下午三点的"
    assert ["".join(said[a:b]) for a, b in find_when(said, NOW).span] == ["明天", "下午", "三点"]


@pytest.mark.parametrize(
    "said",
    [
        "",
        "号号号点点点",
        "99月99号",
        "二十五点",
        "2月30号",
        "周周周",
        "9999-12-31",
        "点" * 500,
        "十" * 300,
        "一" * 300 + "点",
    ],
)
def test_nonsense_raises_nothing(said: str) -> None:
    find_when(said, NOW)
    find_when(said, NOW, language="en")


def test_days_and_times_are_written_for_the_eye() -> None:
    assert say_day(date(2025, 12, 4)) == "12月4号，星期四"
    assert say_day(date(2025, 12, 4), "en") == "Thursday 4 December"
    written = [say_time(time(*at)) for at in [(15, 30), (8, 30), (12, 0), (19, 5), (9, 0)]]
    assert written == ["下午3点半", "上午8点半", "中午12点", "晚上7点05分", "上午9点"]
    assert [say_time(time(*at), "en") for at in [(15, 30), (0, 5)]] == ["3:30 pm", "12:05 am"]
