"""Danger to life now is heard; idioms, drills, memories and complaints are not taken for it."""

import pytest

from bot.language.readers.danger import Alarm, DangerReader, cry_in
from bot.operation import readers

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def reader() -> DangerReader:
    """Trained on the real data, without an encoder: the weakest that we run."""
    return DangerReader(readers.ensure("danger", None))


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("救命", "any"), ("救命啊救命啊", "any"), ("help me", "any"), ("着火了", "fire_gas_trapped"),
        ("我家着火了,快来人!", "fire_gas_trapped"), ("快打119", "fire_gas_trapped"), ("帮我叫救护车", "hurt_or_ill"),
        ("打120", "hurt_or_ill"), ("报警", "crime_violence_missing"), ("快打110", "crime_violence_missing"),
        ("我不想活了", "wish_to_die"), ("call an ambulance", "hurt_or_ill"), ("屋里起火了", "fire_gas_trapped"),
    ],
)  # fmt: skip
def test_a_plain_cry_is_danger_whatever_the_model_thinks(said: str, kind: str, reader: DangerReader) -> None:
    assert cry_in(said) == kind
    assert reader.read(said) == Alarm(cry_in(said), sure=True)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "said",
    ["救命稻草", "这是我的救命钱", "打120要钱吗", "报警电话是多少", "help me book a meal", "着火点在哪"],
)
def test_a_word_of_a_cry_is_no_cry(said: str) -> None:
    assert cry_in(said) is None


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("我老伴怕是中风了", "hurt_or_ill"), ("我爸突然晕倒了", "hurt_or_ill"), ("小孩掉水里了", "hurt_or_ill"),
        ("怕是煤气漏了", "fire_gas_trapped"), ("楼道里都是烟", "fire_gas_trapped"), ("被困在电梯里", "fire_gas_trapped"),
        ("煤氣漏了", "fire_gas_trapped"), ("我孩子不见了", "crime_violence_missing"), ("屋里来了贼", "crime_violence_missing"),
        ("我想结束生命", "wish_to_die"), ("I don't want to be alive", "wish_to_die"),
        ("I smell gas in my kitchen", "fire_gas_trapped"), ("my child is missing", "crime_violence_missing"),
    ],
)  # fmt: skip
def test_danger_now_is_heard_with_the_right_number(said: str, kind: str, reader: DangerReader) -> None:
    alarm = reader.read(said)
    assert alarm is not None
    assert (alarm.sure, alarm.kind) == (True, kind)


@pytest.mark.parametrize(
    "said",
    [
        "我妈打我电话说要订饭", "我妈的老年卡丢了怎么补", "孩子叫刘小宝", "快要生了,准生证在哪里办", "昨天消防演练",
        "我不想死在养老院,想在屋里养老", "对面饭店天天冒黑烟", "路灯不亮", "我想订个饭", "where is the fire station",
        "I'd like to book a meal for tomorrow", "救命稻草", "", "???",
    ],
)  # fmt: skip
def test_what_is_no_danger_now_is_left_to_the_assistant(said: str, reader: DangerReader) -> None:
    assert not reader.is_danger(said)


@pytest.mark.parametrize(
    "said",
    [
        "打119", "打110", "帮我打110", "屋里来了贼", "有人掉河里了", "心脏病发作了", "我出不来气", "煤气中毒", "我站在楼顶上", "我割了手腕",
        "老人家倒在厕所里了", "婆婆跌了一跤,头上流血", "楼塌了", "小孩发高烧抽了", "电线掉下来打到人了", "有人打人", "我摔在厕所里爬不起来",
        "他把门反锁了,说要开煤气,跟我们一起死",
    ],
)  # fmt: skip
def test_what_a_list_of_words_once_missed_is_heard(said: str, reader: DangerReader) -> None:
    assert reader.is_danger(said)


@pytest.mark.parametrize(
    "said",
    [
        "广场舞吵得我不想活了", "预约名额被抢了", "停车位被人抢了", "小区的树被人砍了", "家里死人了,火化补贴怎么领", "手机掉到河里了", "轮胎没气了",
        "叫救护车要钱吗", "我脑梗了,走路不方便,要上门代办", "孩子叫王小明", "他叫刘小宝", "小区垃圾桶昨天着火了现在还没清理",
    ],
)  # fmt: skip
def test_what_a_list_of_words_once_took_for_danger_is_none(said: str, reader: DangerReader) -> None:
    assert not reader.is_danger(said)


def test_danger_that_may_come_is_told_apart(reader: DangerReader) -> None:
    alarm = reader.read("路灯冒火花")
    assert alarm is not None
    assert not alarm.sure


def test_another_reading_counts_only_when_it_is_beyond_doubt(reader: DangerReader) -> None:
    alarm = reader.in_readings("我要订饭", ("我要订餐", "家里着火了"))
    assert alarm is not None
    assert (alarm.kind, alarm.sure) == ("fire_gas_trapped", True)
    assert reader.in_readings("我要订饭", ("我要订餐", "我要定饭")) is None


def test_danger_at_the_end_of_a_long_text_is_found(reader: DangerReader) -> None:
    assert reader.is_danger("我想问一下助餐怎么订。" * 300 + "我家着火了!")
