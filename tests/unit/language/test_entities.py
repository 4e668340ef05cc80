"""What is understood in a resident's words, seen from Wednesday 3 December 2025, ten in the morning."""

from datetime import date, datetime, time

import pytest

from bot.language.entities import Entities, find_entities
from bot.language.text import normalise
from bot.language.times import HERE, When

pytestmark = pytest.mark.unit
NOW = datetime(2025, 12, 3, 10, 0, tzinfo=HERE)


def entities(said: str, awaiting: str | None = None, language: str = "zh") -> Entities:
    return find_entities(normalise(said), NOW, awaiting=awaiting, language=language)


@pytest.mark.parametrize(
    ("said", "awaiting", "expected"),
    [
        ("电话13800001234", None, "13800001234"), ("我的手机是138-0000-1234", None, "13800001234"),
        ("138 0000 1234", None, "13800001234"), ("+86 13800001234", None, "13800001234"), ("８６13800001234谢谢", None, "13800001234"),
        ("一三八 零零零零 一二三四", "phone", "13800001234"), ("幺三八零零零零幺二三四", None, "13800001234"),
        ("幺三八,零零零零,幺二三四", "phone", "13800001234"), ("我电话是一三九八六五七四二三一", None, "13986574231"),
        ("座机0714-8765432", None, "07148765432"), ("零七一四八七六五四三二", "phone", "07148765432"), ("8765432", "phone", "8765432"),
        ("电话是8765432", None, "8765432"), ("13800001234两份", None, "13800001234"), ("不是13800001234,是13900005678", None, "13900005678"),
        ("13800001234,不对,13900005678", None, "13900005678"), ("420281195501011234", None, None), ("1380000123", "phone", None),
        ("没有电话", "phone", None), ("明天三点", "phone", None), ("12345热线", None, None), ("8765432", None, None),
        ("138零零零零1234", "phone", "13800001234"), ("打一三八零零零零一二三四找我", None, "13800001234"),
    ],
)  # fmt: skip
def test_a_phone_is_understood(said: str, awaiting: str | None, expected: str | None) -> None:
    assert entities(said, awaiting).phone == expected


@pytest.mark.parametrize(
    ("said", "awaiting", "expected"),
    [
        ("我叫王秀英", None, "王秀英"), ("我叫李强电话13800001234", None, "李强"), ("我姓李", "name", "李"), ("我姓李", None, "李"),
        ("王秀英", "name", "王秀英"), ("王秀英", None, None), ("我是王秀英", "name", "王秀英"), ("姓名:张三丰", None, "张三丰"),
        ("欧阳修文", "name", "欧阳修文"), ("免贵姓陈", "name", "陈"), ("我姓王,叫王建国", None, "王建国"), ("李大妈", "name", "李大妈"),
        ("联系人是刘洋", None, "刘洋"), ("不想说", "name", None), ("转人工", "name", None), ("谢谢", "name", None), ("为什么要名字", "name", None),
        ("明天中午一份,东风社区吃,李梅,13800001111", None, "李梅"), ("订饭,中午,13800001111", None, None),
        ("高兴,13800001111", None, None), ("周梅 电话13800001111", None, "周梅"),
        ("我是高中生", None, None), ("我叫车去医院", None, None), ("名字叫赵敏,电话138", None, "赵敏"), ("嗯,陈小红吧", "name", "陈小红"), ("查春梅", "name", "查春梅"), ("谢芳", "name", "谢芳"), ("查一下", "name", None),
        ("老张", "name", "老张"), ("我是东风社区的", None, None), ("王秀英,三横王", "name", "王秀英"), ("不是王芳,是王红", "name", "王红"),
        ("她叫刘桂兰", None, "刘桂兰"), ("阿依古丽", "name", "阿依古丽"), ("高兴", "name", None), ("取消", "name", None), ("我要订餐", None, None),
        ("我是3栋的老张", None, "老张"), ("周先生", "name", "周先生"),
        ("余和平", "name", "余和平"), ("罗兰英", "name", "罗兰英"), ("程细牛", "name", "程细牛"), ("向前", "name", "向前"),
        ("吃饭的是何炳南", "name", "何炳南"), ("我姓石,石头的石,石长发", "name", "石长发"), ("姓余,余和平", "name", "余和平"),
        ("弓长张", "name", "张"), ("弓长张,美丽的丽", "name", "张丽"), ("我叫张丽,弓长张,美丽的丽", "name", "张丽"), ("马上", "name", None),
        ("耳东陈,陈德贵", "name", "陈德贵"), ("就写向前", "name", "向前"), ("贾春来", "name", "贾春来"), ("写我老伴的,覃有福", "name", "覃有福"),
        ("我女儿叫李娜", None, "李娜"), ("我是来办事的", "name", None), ("叫我小李就行", "name", "小李"), ("陈桂英,陈皮的陈", "name", "陈桂英"),
    ],
)  # fmt: skip
def test_a_name_is_understood(said: str, awaiting: str | None, expected: str | None) -> None:
    assert entities(said, awaiting).name == expected


@pytest.mark.parametrize(
    ("said", "awaiting", "expected"),
    [
        ("送到东风社区三栋", None, "东风社区三栋"), ("我住东风社区三栋二单元302", None, "东风社区三栋二单元302"),
        ("三栋二单元", "place", "三栋二单元"), ("三栋二单元", None, "三栋二单元"), ("东风社区门口的路灯坏了", None, "东风社区门口"),
        ("菜场旁边那个路口", "place", "菜场旁边那个路口"), ("菜场旁边那个路口天天堵车", None, "菜场旁边那个路口"),
        ("人民路12号", None, "人民路12号"), ("我要投诉新街社区五号楼楼下太吵", None, "新街社区五号楼楼下"), ("就在老菜场后头", "place", "老菜场后头"),
        ("老街社区", "place", "老街社区"), ("东风社区", "place", "东风社区"), ("地址是东风小区3号楼2单元501室", None, "东风小区3号楼2单元501室"),
        ("小学对面乱停车", None, "小学对面"), ("不知道", "place", None), ("转人工", "place", None), ("大冶街道有几个社区", None, None),
        ("我们小区太吵了", None, None), ("哪个社区有助餐点", None, None), ("请说慢一点", None, None), ("一路上都没有灯", None, None),
        ("二楼", None, None), ("不是三栋,是五栋", None, "五栋"), ("新冶大道88号", None, "新冶大道88号"), ("智慧社区是什么", None, None),
        ("家里", "place", "家里"), ("超市门口有人打架", None, "超市门口"), ("社区服务中心几点开门", None, None), ("东风路和人民路交叉口", "place", "东风路和人民路交叉口"),
        ("我想去老街社区的健康小屋", None, "老街社区"), ("马路上有个坑", None, None), ("你们街道办事真慢", None, None), ("东风社区3栋", "place", "东风社区3栋"),
        ("东风路上有人占道经营", None, "东风路"), ("送到家里来", "place", "家里"), ("你们过来吧", "place", None), ("3-2-501", "place", "3-2-501"),
        ("我家楼下的烧烤摊油烟大,在人民路和建设路路口", None, "人民路和建设路路口"), ("明天送到三栋二单元", "place", "三栋二单元"), ("京东退货怎么弄", None, None), ("垃圾车经过的时候一路滴臭水", None, None), ("渣土车停满一条街", None, None),
        ("想吃社区的饭", None, None), ("一元二次方程", None, None), ("老街社区七号", "place", "老街社区七号"), ("那东风社区有没有", None, "东风社区"),
        ("我觉得社区应该装灯", None, None), ("二栋三零一", "place", "二栋三零一"), ("下次服务车来老街社区", None, "老街社区"),
        ("想约老街社区的大厅", None, "老街社区"), ("离东风社区近一点", None, "东风社区"), ("我是一个村的", None, None), ("我住院了", None, None),
        ("老街社区那个金色年华KTV", "place", "老街社区金色年华KTV"), ("😭", "place", None), ("……", "place", None),
    ],
)  # fmt: skip
def test_a_place_is_understood(said: str, awaiting: str | None, expected: str | None) -> None:
    assert entities(said, awaiting).place == expected


@pytest.mark.parametrize(
    ("said", "awaiting", "expected"),
    [
        ("订两份", None, 2), ("2份", None, 2), ("三个人", None, 3), ("两个", "count", 2), ("两个", None, None), ("俩", "count", 2),
        ("十二份", None, 12), ("一份就够了", "count", 1), ("就我一个人", "count", 1), ("我和老伴", "count", 2), ("三", "count", 3),
        ("5", "count", 5), ("不是两份是三份", None, 3), ("两份,不对,三份", None, 3), ("多少钱一份", None, None), ("一份多少钱", None, None),
        ("找一份工作", None, None), ("三栋", None, None), ("第一份", None, None), ("我一个人住", None, None), ("来四客饭", None, 4),
        ("我们俩", "count", 2), ("五位", None, 5), ("没有", "count", None), ("三口人", "count", 3), ("要二十份盒饭", None, 20), ("我们两个人", None, 2),
        ("老两口", "count", 2), ("四个大人一个小孩", "count", 5), ("我今年七十五", "count", None), ("后四位7788", None, None), ("写一份起诉状", None, None), ("约的两个人,改成一个", None, 1), ("一天一份", None, 1),
        ("三四个", "count", None),
    ],
)  # fmt: skip
def test_a_count_is_understood(said: str, awaiting: str | None, expected: int | None) -> None:
    assert entities(said, awaiting).count == expected


@pytest.mark.parametrize(
    ("said", "awaiting", "expected"),
    [
        ("给我妈订两份", None, "我妈"), ("帮我爸约个助浴", None, "我爸"), ("替我老伴预约", None, "我老伴"), ("给妈妈订饭", None, "妈妈"),
        ("我妈想洗澡", None, "我妈"), ("我妈", "beneficiary", "我妈"), ("我自己", "beneficiary", "本人"), ("给我自己订", None, "本人"),
        ("我", "beneficiary", "本人"), ("帮张大妈订一份", None, "张大妈"), ("帮我订一份", None, None), ("邻居太吵了", None, None),
        ("不是给我妈,是给我爸订", None, "我爸"), ("是我奶奶要去", None, "我奶奶"), ("我家老人行动不便", None, "我家老人"), ("取消", "beneficiary", None),
        ("隔壁王奶奶", "beneficiary", "王奶奶"), ("我们家老头子", "beneficiary", "我们家老头子"),
    ],
)  # fmt: skip
def test_the_one_who_is_served_is_understood(said: str, awaiting: str | None, expected: str | None) -> None:
    assert entities(said, awaiting).beneficiary == expected


@pytest.mark.parametrize(
    ("said", "awaiting", "number", "tail"),
    [
        ("预约号12345678", None, "12345678", None), ("查一下84261973", None, "84261973", None), ("八四二六一九七三", "number", "84261973", None),
        ("8426 1973", "number", "84261973", None), ("八四 二六 幺九 七三", "number", "84261973", None), ("编号84261973,尾号1234", None, "84261973", "1234"),
        ("尾号1234", None, None, "1234"), ("后四位是一二三四", None, None, "1234"), ("1234", None, None, "1234"), ("幺二三四", "tail", None, "1234"),
        ("一二三四", "tail", None, "1234"), ("13800001234", "tail", None, "1234"), ("电话84261973", None, None, None), ("123", "tail", None, None),
        ("12345", None, None, None), ("忘记了", "number", None, None), ("不对,是84261974", "number", "84261974", None), ("13800001234", None, None, None),
    ],
)  # fmt: skip
def test_record_numbers_and_last_digits_are_understood(
    said: str, awaiting: str | None, number: str | None, tail: str | None
) -> None:
    actual = entities(said, awaiting)
    assert (actual.number, actual.tail) == (number, tail)


@pytest.mark.parametrize(
    ("said", "awaiting", "day", "at"),
    [
        ("十五号", "date", "2025-12-15", None), ("十五", "date", "2025-12-15", None), ("8", "date", "2025-12-08", None),
        ("三", "time", None, "15:00"), ("10", "time", None, "10:00"), ("一点", "time", None, "13:00"), ("十五", None, None, None),
        ("不对,是三点", None, None, "15:00"), ("两个", "date", None, None),
    ],
)  # fmt: skip
def test_a_bare_day_or_hour_answers_the_question(
    said: str, awaiting: str | None, day: str | None, at: str | None
) -> None:
    when = entities(said, awaiting).when
    assert when.day == (date.fromisoformat(day) if day else None)
    assert when.at == (time.fromisoformat(at) if at else None)


def test_one_sentence_gives_many_facts() -> None:
    actual = entities("我叫王秀英,给我妈订明天中午的饭两份,送到东风社区三栋二单元,电话13800001234")
    assert (actual.name, actual.beneficiary, actual.count, actual.place, actual.phone) == (
        "王秀英", "我妈", 2, "东风社区三栋二单元", "13800001234",
    )  # fmt: skip
    assert (actual.when.day, actual.when.part) == (date(2025, 12, 4), "noon")


@pytest.mark.parametrize(
    "said",
    ["你好", "", "我想投诉", "有什么服务", "转人工", "今年收成好", "谢谢你", "积分怎么兑换", "对", "不是", "好的"],
)
def test_words_without_facts_give_none(said: str) -> None:
    assert entities(said) == Entities()


@pytest.mark.parametrize(
    ("said", "awaiting", "field", "expected"),
    [
        ("My name is John Smith", None, "name", "John Smith"), ("John Smith", "name", "name", "John Smith"), ("for my mother", None, "beneficiary", "my mother"),
        ("two portions please", None, "count", 2), ("two", "count", "count", 2), ("one three eight zero zero zero zero one two three four", "phone", "phone", "13800001234"),
        ("my number is 138 0000 1234", None, "phone", "13800001234"), ("building 3 unit 2", "place", "place", "building 3 unit 2"),
        ("one three eight, double zero double zero, one two three four", "phone", "phone", "13800001234"),
        ("not two portions but three portions", None, "count", 3), ("I want a person", "name", "name", None), ("myself", "beneficiary", "beneficiary", "myself"),
        ("last four 1234", None, "tail", "1234"), ("eight four two six one nine seven three", "number", "number", "84261973"),
    ],
)  # fmt: skip
def test_english_is_understood(said: str, awaiting: str | None, field: str, expected: object) -> None:
    assert getattr(entities(said, awaiting, "en"), field) == expected


def test_a_house_is_no_day() -> None:
    assert entities("老街社区七号", "place").when == When()
    assert entities("三号楼三单元", "place").when == When()


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("我跟老伴", 2), ("我和我妈一起去", 2), ("一家五口", 5), ("我们一家三口", 3), ("老两口", 2), ("连我三个", 3),
        ("我妈和我爸都要订饭", 2), ("给我妈和我爸都订一份", 2), ("my wife and I", 2), ("a family of five", 5),
        ("我妈和我住东风社区", None), ("我和我妈住三楼", None), ("我跟邻居吵架了", None),
    ],
)  # fmt: skip
def test_people_are_counted_as_they_are_told(said: str, count: int | None) -> None:
    assert entities(said, None, "en" if said.isascii() else "zh").count == count


@pytest.mark.parametrize(
    ("said", "numbers"),
    [("两三份", (2, 3)), ("2到3份", (2, 3)), ("三四个人去", (3, 4)), ("two or three portions", (2, 3)), ("十二份", ())],
)
def test_two_numbers_side_by_side_are_no_count(said: str, numbers: tuple[int, ...]) -> None:
    found = entities(said, None, "en" if said.isascii() else "zh")
    assert (found.between, found.count) == (numbers, None if numbers else 12)


@pytest.mark.parametrize(
    ("said", "awaiting", "language", "place"),
    [
        ("东风社区,应该是离我近些", "place", "zh", "东风社区"),
        ("我想想,新街社区几栋来着,哦,八栋", "place", "zh", "新街社区八栋"),
        ("新街社区,井边上,二栋", "place", "zh", "新街社区二栋"),
        ("后天上午十点东风社区三栋二单元", None, "zh", "东风社区三栋二单元"),
        ("明天下午三点新街社区五栋", "place", "zh", "新街社区五栋"),
        ("老街社区七号", "place", "zh", "老街社区七号"),
        ("东封社区", "place", "zh", "东风社区"),
        ("Xinjie building 2, ground floor", "place", "en", "Xinjie building 2"),
    ],
)
def test_a_place_keeps_its_community_and_nothing_else(
    said: str, awaiting: str | None, language: str, place: str
) -> None:
    assert entities(said, awaiting, language).place == place


@pytest.mark.parametrize("said", ["一三四七七七二五一一九", "一五八,二七六六,一零二九", "我看下,13361五一2009"])
def test_a_phone_holds_no_holiday(said: str) -> None:
    assert entities(said, "phone").when == When()


@pytest.mark.parametrize(
    ("said", "language", "name"), [("徐…徐菊", "zh", "徐菊"), ("put my name, Mary Brown", "en", "Mary Brown")]
)
def test_a_name_after_stammering_or_a_lead(said: str, language: str, name: str) -> None:
    assert entities(said, "name", language).name == name


def test_the_nearest_place_is_no_day() -> None:
    assert entities("最近的点是哪几个").when == When()


@pytest.mark.parametrize(("said", "hour"), [("下五两点", 14), ("忠午十二点", 12), ("上无九点", 9)])
def test_a_misheard_part_of_the_day(said: str, hour: int) -> None:
    at = entities(said, "time").when.at
    assert at is not None
    assert at.hour == hour


def test_some_ten_and_then_twelve_are_twelve() -> None:
    assert entities("十几个人吧,十二个", "party").count == 12


@pytest.mark.parametrize(
    ("said", "language", "count"),
    [("两个都想去,给我们两个报上", "zh", 2), ("帮他们俩约一下", "zh", 2), ("six of us want to come", "en", 6)],
)
def test_those_who_come_together_are_counted(said: str, language: str, count: int) -> None:
    assert entities(said, None, language).count == count


def test_a_number_alone_at_the_read_back_is_how_many() -> None:
    assert entities("两个", "confirmation").count == 2
    assert entities("第二个", "confirmation").count is None


def test_a_place_in_the_row_is_no_address() -> None:
    assert entities("第二个", "place").place is None


@pytest.mark.parametrize("words", ["姓明,明天的明,明秋月", "晚上的晚,徐晚香"])
def test_a_sign_that_is_explained_by_a_word_of_time_is_no_time(words: str) -> None:
    assert find_entities(words, NOW, awaiting="name").when == When()
