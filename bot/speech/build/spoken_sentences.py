"""What residents may say to us, as text for the ear: the recogniser's language model is made of it.

Only from what the assistant learns from anyway (training examples, knowledge pages) and from patterns for dates, times,
numbers and places. Never from evaluation/.
"""

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import frontmatter
import yaml

from bot.language.communities import communities
from bot.language.ear import for_ear
from bot.language.text import CHINESE
from bot.language.zh.pinyin import DOMAIN_WORDS, repair

Weighted = tuple[str, float]
EXAMPLE, QUESTION, PAGE, WORD, PATTERN = 3.0, 2.0, 0.3, 2.0, 0.5
"""How much one sentence of each kind counts."""
PATTERNS = 6000
"""How many sentences are made of patterns."""

DIGITS = "零一二三四五六七八九"
_NOT_SAID = re.compile(rf"[^{CHINESE}]+")
_TENS = ("十", "二十", "三十", "四十", "五十")
_SLOTS = {
    "day": ["今天", "明天", "后天", "大后天", "{week}", "{week}", "{week}", "{date}", "{date}", "这个周末", "月底"],
    "week": ["{which}{weekname}{dayname}"],
    "which": ["", "", "下", "这", "下个", "这个", "本", "下下"],
    "weekname": ["周", "星期", "礼拜"],
    "dayname": ["一", "二", "三", "四", "五", "六", "天", "日"],
    "date": ["{month}月{number31}号", "{month}月{number31}号", "{month}月{number31}日", "{number31}号", "{number31}号那天"],
    "part": ["上午", "下午", "早上", "中午", "晚上", "早晨", "傍晚", "清早"],
    "clock": ["{hour}点", "{hour}点", "{hour}点半", "{hour}点钟", "{hour}点一刻", "{hour}点{minute}分", "{hour}点{minute}", "{hour}点三刻"],
    "time": ["{parted}", "{parted}", "{parted}", "{parted}", "{clock}", "{part}"],
    "count": ["{few}份", "{few}个人", "{few}位", "{few}个", "{few}份饭", "{few}个名额", "{few}人"],
    "place": ["{community}", "{community}", "{community}", "{community}{house}", "{house}"],
    "community": [*(one.name for one in communities()), *(one.short for one in communities())],
    "house": ["{number}栋{few}单元", "{number}号楼", "{number}栋", "{number}栋{few}单元{digit}{digit}{digit}", "{number}号", "{number}栋{few}楼"],
    "mobile": ["{one}{second}" + "{digit}" * 9],
    "one": ["幺", "幺", "一"],
    "second": ["三", "五", "八", "七", "九", "六"],
    "record": ["{digit}" * 8],
    "tail": ["{digit}" * 4],
    "service": ["助餐", "助餐", "订餐", "送餐上门", "助浴", "助医", "陪诊", "上门代办", "预约挂号", "服务大厅", "流动服务车", "技能培训",
                "手机班", "四点半课堂", "兴趣班", "运动场馆", "场馆", "羽毛球场"],
    "trouble": ["噪音扰民", "噪声", "违建", "违章建筑", "占道经营", "乱停车", "垃圾没人清", "路灯不亮", "井盖坏了", "下水道堵了", "邻里纠纷",
                "油烟", "物业不管", "楼上漏水", "施工", "电梯坏了"],
    "matter": ["积分", "医保", "社保", "低保", "居住证", "养老服务", "助餐", "养老金", "体检", "招聘", "提案", "户口", "残疾证"],
    "yes": ["对", "对的", "是的", "好", "好的", "可以", "行", "没错", "确认", "嗯", "不对", "不是", "不行", "不要", "错了", "不用", "算了"],
}  # fmt: skip
_HOURS = {"上午": (8, 9, 10, 11), "下午": (1, 2, 3, 4, 5, 6), "早上": (6, 7, 8, 9, 10), "中午": (11, 12, 1), "晚上": (6, 7, 8, 9),
          "早晨": (6, 7, 8, 9), "傍晚": (5, 6, 7)}  # fmt: skip
_SENTENCES = (
    "{day}", "{day}吧", "{day}可以吗", "{day}{time}", "{day}{time}", "{day}{time}吧", "{time}", "{time}吧", "就{day}", "那就{day}吧",
    "我想{day}去", "{day}行不行", "改到{day}", "改到{day}{time}", "换到{day}{time}", "不是{day}是{day}", "{count}", "要{count}", "一共{count}",
    "就{count}", "{place}", "{place}", "在{place}", "我住{place}", "我住在{place}", "去{community}", "{community}吧", "离{community}近",
    "{mobile}", "{mobile}", "{mobile}", "我的电话是{mobile}", "手机号{mobile}", "我的手机号码是{mobile}", "电话{mobile}", "{record}", "{record}",
    "编号{record}", "编号是{record}", "预约编号{record}", "{tail}", "尾号{tail}", "尾号是{tail}", "后四位{tail}", "手机尾号{tail}", "{yes}",
    "{digit}分", "打{digit}分", "给{digit}分", "{service}", "我要{service}", "我想预约{service}", "预约{day}{time}的{service}",
    "帮我预约{day}的{service}", "我要约{day}{service}", "取消{service}", "取消{day}的{service}", "把{service}改到{day}", "{community}的{service}",
    "{service}怎么预约", "我要投诉{trouble}", "投诉{trouble}", "我要反映{trouble}", "举报{trouble}", "{place}{trouble}", "我想问一下{matter}",
    "{matter}怎么办", "{matter}在哪里办", "查一下{matter}", "请问{matter}怎么办理", "转人工", "人工", "人工服务", "我要找人工", "大冶街道", "大冶市",
)  # fmt: skip


def chinese_sentences(data: Path, chance: random.Random) -> list[Weighted]:
    """Each with its weight; only Chinese characters, as they are spoken."""
    found = [*_examples(data / "nlu" / "zh"), *_pages(data / "knowledge")]
    written = [(_NOT_SAID.sub("", repair(for_ear(text), DOMAIN_WORDS)), weight) for text, weight in found]
    made = [(text, PATTERN) for text in made_sentences(_SENTENCES, PATTERNS, chance)]
    return [*((text, weight) for text, weight in written if text), *((word, WORD) for word in DOMAIN_WORDS), *made]


def made_sentences(patterns: Sequence[str], count: int, chance: random.Random) -> list[str]:
    """Sentences out of patterns such as "{day}{time}", each pattern equally often."""
    return [_made(patterns[number % len(patterns)], chance) for number in range(count)]


def _examples(folder: Path) -> Iterator[Weighted]:
    for path in sorted(folder.glob("*.yml")):
        for block in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)["nlu"]:
            for line in block["examples"].splitlines():
                example = re.sub(r"\[([^\]]*)\][({][^)}]*[)}]", r"\1", line.strip().removeprefix("- "))
                yield from ((part, EXAMPLE) for part in _clauses(example))


def _pages(folder: Path) -> Iterator[Weighted]:
    for path in sorted(folder.glob("*.md")):
        page = frontmatter.load(str(path))
        yield str(page["title"]), QUESTION
        for part in page.content.split("## ")[1:]:
            heading, _, body = part.partition("\n")
            if heading == "问法":
                yield from ((line.removeprefix("- "), QUESTION) for line in body.splitlines())
            if heading == "中文·听":
                yield from ((clause, PAGE) for clause in _clauses(body))


def _clauses(text: str) -> list[str]:
    """A recogniser hears no commas; still, a pause begins anew."""
    return [clause for clause in re.split(r"[。！？；;!?\n]", text) if clause.strip()]


def _made(pattern: str, chance: random.Random) -> str:
    """The pattern with every {slot} filled, slots within slots too."""

    def fill(match: re.Match[str]) -> str:
        return _made(_filling(match[1], chance), chance)

    return re.sub(r"\{(\w+)\}", fill, pattern)


def _filling(slot: str, chance: random.Random) -> str:
    if slot == "digit":
        return chance.choice(DIGITS + "幺" if chance.random() < 0.5 else DIGITS)
    if slot == "few":
        return chance.choice("一两三四五六七八")
    if slot == "parted":  # nobody says 下午十点
        part, hours = chance.choice(tuple(_HOURS.items()))
        return part + _made(_filling("clock", chance).replace("{hour}", hour(chance.choice(hours))), chance)
    bounds = {"month": (1, 12), "number31": (1, 31), "hour": (1, 12), "minute": (5, 55), "number": (1, 40)}
    if slot in bounds:
        number = chance.randint(*bounds[slot])
        if slot == "hour":
            return hour(number)
        return spoken(number - number % 5 if slot == "minute" else number)
    return chance.choice(_SLOTS[slot])


def hour(number: int) -> str:
    """Two o'clock is 两点."""
    return "两" if number == 2 else spoken(number)


def spoken(number: int) -> str:
    """1 to 59 as it is said."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else _TENS[tens - 1]) + ("" if ones == 0 else DIGITS[ones])
