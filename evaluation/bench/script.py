"""What simulated residents say: questions, bookings and complaints, mixed as at a counter."""

from dataclasses import dataclass
from random import Random

QUESTIONS = (
    "到2025年养老床位有多少",
    "流动人口怎么登记",
    "助餐点有几个",
    "网格员多久上门",
    "投诉多久给答复",
    "线上能办哪些事",
    "那要钱吗",
    "公共服务大厅有几个窗口",
)
DAYS = ("后天", "三天后", "四天后", "五天后", "六天后")
TROUBLES = ("楼下广场舞太吵了", "路灯坏了好几天了", "垃圾堆在路口没人收", "有人在楼顶搭违建", "车子乱停把路堵了")
PLACES = ("东风社区三栋", "新街社区八栋", "东风社区菜场门口", "新街社区小学旁边")


@dataclass(frozen=True)
class Line:
    """One thing a resident says."""

    text: str
    awaiting: str | None = None
    """What the assistant has asked for by then."""


def conversation(random: Random) -> list[Line]:
    """Of 3 to 6 turns: half of the conversations ask, a third book, the others complain."""
    kind = random.choices((_asking, _booking, _complaining), weights=(3, 2, 1))[0]
    return kind(random)


def _asking(random: Random) -> list[Line]:
    return [Line(text) for text in random.sample(QUESTIONS, 3)]


def _booking(random: Random) -> list[Line]:
    return [
        Line(f"我想订{random.choice(DAYS)}中午的助餐"),
        Line("东风社区助餐点", "place"),
        Line("我叫王秀英", "name"),
        Line(_phone(random), "phone"),
        Line("确认", "confirmation"),
        Line("谢谢"),
    ]


def _complaining(random: Random) -> list[Line]:
    return [
        Line("我要投诉"),
        Line(random.choice(TROUBLES), "description"),
        Line(random.choice(PLACES), "place"),
        Line(random.choice(QUESTIONS[:2]), "phone"),
        Line(_phone(random), "phone"),
        Line("确认", "confirmation"),
    ]


def _phone(random: Random) -> str:
    return f"138{random.randrange(10**8):08d}"
