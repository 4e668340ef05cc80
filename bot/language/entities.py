"""Everything a resident's words say about a booking or a case: when, how many, who, where, which number."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.language.communities import communities, names_community
from bot.language.corrections import blank_denied, correction_start
from bot.language.en.counts import english_count
from bot.language.phones import find_number, find_phone, find_tail
from bot.language.times import When, find_when
from bot.language.zh.numbers import (
    CHINESE_NUMBER,
    read_english_number,
    read_number,
    written_english_digits,
)
from bot.language.zh.people import find_beneficiary, find_name
from bot.language.zh.pinyin import repair
from bot.language.zh.places import find_place
from bot.language.zh.surnames import KIN

_NO_TIME = When()


@dataclass(frozen=True)
class Entities:
    when: When = _NO_TIME
    count: int | None = None
    """Portions, people, seats."""
    between: tuple[int, ...] = ()
    """The numbers of 两三份, of which none is said to be the one."""
    phone: str | None = None
    """Digits only, without +86."""
    name: str | None = None
    place: str | None = None
    beneficiary: str | None = None
    """Who is served, as said (我妈); 本人 or myself for the speaker."""
    number: str | None = None
    """Eight digits of a booking or a case."""
    tail: str | None = None
    """Last four digits of a phone."""


_N = rf"(?:[0-9]{{1,3}}|[{CHINESE_NUMBER}]{{1,4}})"
_COUNT = re.compile(
    rf"(?<![第每半这那后末前面0-9.{CHINESE_NUMBER}])(?P<n>{_N})(?P<unit>份|位(?!数)|个人(?!所|信息|中心)|人(?=份|[,。]|$|的饭|吃|用餐|一起)|口人|名(?!字)|盒|客(?=饭|餐|[,。]|$)|个座|张票|个(?=名额|位子|位置|盒饭))"
    r"(?!多少|几块|几钱|怎么|[^,。]{0,8}(?:工作|材料|申请|建议|提案|合同|表格|证明|意见|投诉|报告|保险|方案|状|计划|说明))"
)
_ENGLISH_COUNT = re.compile(
    r"\b(?P<n>\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:portions?|people|persons?|guys|friends|adults|children|kids|meals?|seats?|places?|lunches|dinners|boxes)\b"
    r"|\bfor (?P<n2>\d{1,2}|two|three|four|five|six)(?= ?(?:$|,|\.|please))",
    re.I,
)
_BARE_COUNT = re.compile(rf"(?P<n>{_N})(?![几来多])(?:个|位|人|份|名|口|盒|客|张|套)?")
_COUNT_ALONE = re.compile(
    rf"\W*(?:不对|错了?|不是)?[,， ]*(?:我们?)?(?:是|要|有|一共|就|来)*(?P<n>{_N})(?P<unit>(?:个|位)?(?:人|份|客|张|大人|孩子|小孩|娃|伢|老人|学生)?)[吧啊的呢哦]*\W*"
    r"|\W*(?:no,? )?(?:(?:we are|we're|there are|it is|it's|make it|for|just) )?(?P<en>\d|two|three|four|five|six|seven|eight|nine|ten)(?: of us| people| persons| meals?)?(?: please)?\W*",
    re.I,
)
_TWO_OF_US = re.compile(
    r"(?:我|他|她)(?:们)?(?:和|跟|与)[^,。和跟与]{1,6}|(?:我|他|她)们?(?:俩|两个)|老两口|夫妻|both of us"
)
_PAIR = re.compile(
    rf"(?:我们?|他|她)(?:和|跟|同|与)(?:我的?|他的?|她的?)?(?:{KIN})(?=[,。 ]|$|都(?!(?:要|在|得)?(?:上|加|打工|干|忙|不|没|有事|出门))|俩|两|一起|一块|去|来|吃|要|想|订|约|报)"
    rf"|(?:我的?)?(?:{KIN})(?:和|跟|同|与)(?:我的?)?(?:{KIN}|我)(?=都|俩|两|一起|一块|各|每人|要|想|需要|[,。]?$)|(?:我?[爸爹]我?妈|我?妈我?[爸爹]|爷爷奶奶|外公外婆)(?![家那住屋的])|老两口|(?:我们?|他们)(?:俩|夫妻)|小两口|(?:给|帮|替)(?:我|他|她)们(?:俩|两个?)"
    r"|\b(?:my (?:wife|husband|mother|father|mum|mom|dad|partner|son|daughter|friend) and (?:i|me|my \w+)|(?:me|i) and my \w+|both of us|the two of us)\b",
    re.I,
)
"""Two who come together."""
_FAMILY = re.compile(
    rf"(?:一|全)家(?P<n>[{CHINESE_NUMBER}0-9]{{1,2}})(?:口|个)|连我(?:一起|一共|总共)?(?P<n2>[{CHINESE_NUMBER}0-9]{{1,2}})个?"
    r"|\bfamily of (?P<n3>\w+)|\b(?:the )?(?P<n4>three|four|five|six|seven|eight|nine|ten) of us",
    re.I,
)
_BETWEEN = re.compile(
    r"(?<![第十百0-9])(?P<a>[一二两三四五六七八])(?P<b>[二两三四五六七八九])个?(?:份|位|个人|人|名|口人|个|盒|客)(?!月|小时|星期|礼拜|钟头)"
    r"|(?<![0-9第])(?P<c>[1-9])(?:到|至|-|~|或者?|、)(?P<d>[1-9])个?(?:份|位|个人|人|名|盒|客)"
    r"|\b(?P<e>one|two|three|four|five|[1-9]) (?:or|to) (?P<f>two|three|four|five|six|[1-9]) (?:portions?|people|persons?|meals?|seats?|of us)\b",
    re.I,
)
"""两三份: more numbers than one."""
_LONG_NUMBER = re.compile(
    r"(?!20[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}(?![0-9]))(?<![0-9])(?<![0-9]-)[0-9零〇洞幺一二两三四五六七八九拐勾](?:[ \-,]?[0-9零〇洞幺一二两三四五六七八九拐勾]){6,}"
)
"""Of a telephone or a record, also said in groups."""
_HALF_BEFORE_HOUR = re.compile(r"(?<=[上下])[五伍](?=[一二两三四五六七八九十0-9]{1,2}点)")
"""午, misheard: 下五两点."""
_TIME_WORDS = ("上午", "中午", "下午", "晚上", "明天", "后天")
"""Looked for by their sound where a day or a time is asked."""
_PUT = re.compile(
    r"\b(?:put|make it|make that|we are|we will be|we'll be) (?P<n>two|three|four|five|six|seven|eight|nine|ten|[2-9])"
    r"(?=$|[,.?!]| please| now| of us)",
    re.I,
)
"""A bare number that can only be people: can you put four."""
_EACH = re.compile(r"(?:一|每)(?:个)?人(?:各|要)?一$|各$|人手一$")
_HEADS = re.compile(rf"(?P<n>{_N})个(?:老人|大人|人|孩子|小孩|伢|娃|学生|同事)")
_SIGN_OF = re.compile(r"[㐀-鿿]?(?P<sign>[㐀-鿿])[㐀-鿿]?的(?P=sign)")
"""明天的明 explains a sign of a name, and is no day."""
_BARE_DAYS = {"今": "今天", "明": "明天", "后": "后天"}
_BARE_PARTS = {"早": "早上", "中": "中午", "晚": "晚上"}
"""In one sign, where a day or a time is asked."""
_BIG_AND_SMALL = re.compile(rf"(?P<n>{_N})个?大(?:人)?(?P<n2>{_N})个?小")
_WITH = re.compile(
    rf"^\W*我?(?:还|要|想)?带(?:着|上|了)?(?P<n>{_N})?个?(?:我的?)?(?:{KIN}|孙子|孙女|娃|伢|人)[,。吧啊去来]*$"
)
"""我带个孙子: one more than who speaks."""
_HEADS_FOR = re.compile(
    rf"(?:给|帮|替)(?:我们?)?(?:家|屋里)?的?(?P<n>{_N})(?:个|位)(?:老人|大人|孩子|小孩|伢|娃|学生|同事|人)"
)
"""给我家两个娃报名."""
_ONLY_ONE = re.compile(r"(?:就|只有?)?(?:我|他|她)(?:自己|一个)|^(?:就|只有?)?我[,。吧啊]*$|just me|only me|only one")


def find_entities(text: str, now: datetime, *, awaiting: str | None = None, language: str = "zh") -> Entities:
    """The entities in a normalised text. Only what is well marked counts; but a bare answer to `awaiting` does.

    What is taken back (不是两份) does not count, and what follows a correction (不对, 是三份) wins.
    """
    said = blank_denied(text)
    if language == "en":
        said = written_english_digits(said).replace("\0", " ")
    when = _when(text, said, now, awaiting, language)
    begin = correction_start(said)
    tries = [said[begin:], said] if begin else [said]
    phone = _first(tries, lambda words: find_phone(words, asked=awaiting == "phone"))
    number = _first(tries, lambda words: find_number(words, asked=awaiting == "number")) if phone is None else None
    tail_asked = awaiting == "tail"
    tail_alone = awaiting in (None, "tail", "number")
    tail = _first(tries, lambda words: find_tail(words, asked=tail_asked)) if tail_alone or _says_tail(said) else None
    if awaiting == "place" and (house := find_place(said, asked=False)) and when.span:
        begin_of_house = said.find(house)  # 老街社区七号
        if all(begin_of_house <= a and b <= begin_of_house + len(house) for a, b in when.span):
            when = When()
    if awaiting in ("phone", "number", "tail") and not re.search(r"[^\W\d]", text):
        when = When()  # digits and signs alone are the number that was asked for
    alone = when == When() and phone is None
    between = _between(tries)
    return Entities(
        when=when,
        count=None if between else _first_count(tries, awaiting),
        between=between,
        phone=phone,
        name=find_name(text, awaiting=awaiting),
        place=_place(tries, when, awaiting == "place", alone),
        beneficiary=_first(tries, lambda words: find_beneficiary(words, asked=awaiting == "beneficiary")),
        number=number,
        tail=tail,
    )


def _place(tries: list[str], when: When, asked: bool, bare_ok: bool) -> str | None:
    """Behind a correction only what has the form of a place counts where a community is named before it."""
    named = _first(tries, lambda words: find_place(words, asked=False)) if len(tries) > 1 else None
    at_large = tries[-1:] if names_community(tries[-1]) else tries
    found = named or _first(at_large, lambda words: find_place(words, asked=asked, bare_ok=bare_ok))
    return repair(_without_time(found, tries[-1], when), tuple(one.name for one in communities())) if found else None


def _without_time(place: str, text: str, when: When) -> str:
    """Without the day and the time that stand right before it: 后天上午十点东风社区三栋."""
    start, end = text.find(place), text.find(place) + len(place)
    for first, last in when.span:
        if first <= start < last < end:
            start = last
    return text[start:end] or place


def _when(text: str, said: str, now: datetime, awaiting: str | None, language: str) -> When:
    text = _LONG_NUMBER.sub(lambda number: " " * len(number[0]), text)  # 六一 in a telephone number is no holiday
    if awaiting == "name":
        text = _SIGN_OF.sub(lambda word: " " * len(word[0]), text)
    if language == "zh":
        text = _HALF_BEFORE_HOUR.sub("午", text)
    if awaiting in ("date", "time") and (one := re.fullmatch(r"\W*([今明后早中晚])[吧啊]?\W*", said)):
        short = _BARE_DAYS if awaiting == "date" else _BARE_PARTS
        text = short.get(one[1], text)
    if language == "zh" and awaiting in ("date", "time"):
        text = repair(text, _TIME_WORDS)
    when = find_when(text, now, language=language, awaiting_time=awaiting == "time")
    if when != When() or awaiting not in ("date", "time") or language != "zh":
        return when
    bare = re.fullmatch(rf"\W*(?:就|是|那|嗯)*(?P<n>{_N})(?:吧|啊|的|呢|那天)*\W*", said)
    if not bare:
        return when
    found = find_when(bare["n"] + ("号" if awaiting == "date" else "点"), now, awaiting_time=True)
    return replace(found, span=(bare.span("n"),)) if found != When() else when


def _first(tries: list[str], find: Callable[[str], str | None]) -> str | None:
    """What stands behind the correction, else what the whole text says."""
    return next((found for words in tries if (found := find(words)) is not None), None)


def _first_count(tries: list[str], awaiting: str | None) -> int | None:
    bare = re.fullmatch(rf"\W*(?:是|成|为)?(?P<n>{_N})个?\W*", tries[0])
    if awaiting == "confirmation" and (alone := count_alone(tries[0])):
        return alone
    if len(tries) == 2 and bare and _count(tries[1], asked=False):  # 两个人, 改成一个
        return read_number(bare["n"])
    if awaiting in (None, "confirmation", "party") and (put := _PUT.search(tries[0])):
        return read_english_number(put["n"].lower()) or read_number(put["n"])
    found = (_count(words, asked=awaiting in ("count", "party")) for words in tries)
    return next((count for count in found if count is not None), None)


def count_alone(text: str) -> int | None:
    """The number in words that hold nothing else: 两个, 4. A bare 1 may be a key, and is none."""
    found = _COUNT_ALONE.fullmatch(text)
    if not found:
        return None
    number = read_number(found["n"]) if found["n"] else read_english_number(found["en"])
    return number if number and (number > 1 or found["unit"]) else None


def _between(tries: list[str]) -> tuple[int, ...]:
    """The two numbers that stand side by side, the smaller first."""
    for words in tries:
        if match := _BETWEEN.search(words):
            said = [part for part in match.groups() if part]
            read = read_english_number if said[0][0].isascii() and not said[0].isdigit() else read_number
            numbers = [number for part in said if (number := read(part.lower()))]
            if len(numbers) == 2 and numbers[0] + 1 == numbers[1]:
                return tuple(numbers)
    return ()


def _count(text: str, *, asked: bool) -> int | None:
    if asked and (told := english_count(text)):
        return told
    for match in _COUNT.finditer(text):
        count = read_number(match["n"])
        prices = re.search(r"(?:多少钱|几块钱?|几元|价格)$", text[: match.start()])
        each = count == 1 and _EACH.search(text[: match.start("n")] + "一")
        if each and (there := _HEADS.search(text)):
            return read_number(there["n"])
        if count == 1 and _PAIR.search(text):
            return 2  # one for each
        if count and not prices and (asked or count > 1 or match["unit"] not in ("个人", "人")):
            return count
    if english := _ENGLISH_COUNT.search(text):
        return read_english_number(english["n"] or english["n2"])
    if family := _FAMILY.search(text):
        said = next(part for part in family.groups() if part)
        return read_english_number(said) if said.isascii() and not said.isdigit() else read_number(said)
    if both := _BIG_AND_SMALL.search(text):
        return (read_number(both["n"]) or 0) + (read_number(both["n2"]) or 0)
    if asked and (with_me := _WITH.search(text)):
        return 1 + ((read_number(with_me["n"]) if with_me["n"] else 1) or 1)
    if served := _HEADS_FOR.search(text):
        return read_number(served["n"])
    if _PAIR.search(text):
        return 2
    if not asked:
        return None
    heads = [read_number(n) or 0 for n in re.findall(rf"({_N})个?(?:大人|小孩|孩子|老人|男的|女的)", text)]
    if len(heads) > 1:
        return sum(heads)
    for bare in _BARE_COUNT.finditer(text):
        if re.search(r"今年|[岁楼栋号点]", text[max(0, bare.start() - 3) : bare.end() + 1]):
            continue
        if count := read_number(bare["n"]):
            return count + (1 if re.search(r"(?:我|他|她)(?:和|跟|还有)$", text[: bare.start()]) else 0)
    if _TWO_OF_US.search(text):
        return 2
    if _ONLY_ONE.search(text):
        return 1
    words = re.findall(r"[a-z]+", text.lower())
    return next((n for word in words if word not in ("a", "an") and (n := read_english_number(word))), None)


def _says_tail(text: str) -> bool:
    return bool(re.search(r"尾号|尾数|[后末][四4]位|最后[四4]|last four|ending", text, re.I))


def warm_up(now: datetime) -> None:
    """Load the dictionaries now (about two seconds), so that the first resident does not wait for them."""
    find_entities("12月5号春节,我叫王秀英", now, awaiting="name")
