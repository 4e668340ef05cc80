"""Names, and who is to be served."""

import re

from bot.language.corrections import correction_start
from bot.language.en.people import find_english_name
from bot.language.names.carriers import WANTED
from bot.language.names.marked import GIVEN_SIGN, SURNAME, is_led_to, marked_spans
from bot.language.names.spelled import spelled
from bot.language.names.tagger import names_in
from bot.language.zh.surnames import DOUBLE, KIN, SURNAMES, TITLE

_GIVEN = r"[㐀-鿿]"
_AROUND = re.compile(
    r"^(?:嗯|呃|哦|啊|那个|就|家长|大人|监护人|联系人|病人|喊我|叫我|我的|名字|姓名|我|他|她|是|叫|做|名|本人|免贵|姓|写|用|记|登记|[^,。是]{1,8}的(?:人|那个)?就?是|(?:my |the )?name(?: is|'s)|i am|i'm|it is|it's|this is|(?:put|use|write|note|sign|book|register|enter)(?: it| me| down| under| with| in)* (?:my|his|her|the|our) name\b|(?:put it |book it )?(?:under|for)(?: the name(?: of)?)?\b|(?:also|and|but|please|it should be)\b|[,.。:、 ])++"
    r"|(?:吧|啊|呢|哦|的|就行|就可以|就好|[,.。!、 ])++$",
    re.I,
)
_WHO = rf"(?:(?:我们?家?(?:里|屋里)?的?|屋里的?|家里的?|俺)?(?:{KIN})(?!们))"
_SERVED = re.compile(
    rf"(?:给|帮|替|为|代|帮忙给)(?:我的)?(?P<who>{_WHO}|(?:{SURNAME}(?:{TITLE}))|{SURNAME}{GIVEN_SIGN}{{1,2}}(?=订|预约|约|报名|申请|叫|登记|点餐))"
    rf"|(?:是|就是)(?P<who2>我们?家?(?:里|屋里)?的?(?:{KIN}))(?=要|想|去|用|吃|洗|的|,|$|需要)"
    rf"|(?P<who3>我们?家?(?:里|屋里)?的?(?!邻居|朋友|同事|室友)(?:{KIN}))(?:他|她)?(?=要[^求]|想|需要|(?:预?约|订|报名)(?![了过])|今年|得去|行动|腿脚|身体不|[0-9六七八九]十?[0-9一二三四五六七八九]?岁)"
)
_SELF = re.compile(r"(?:给|帮|替|为)(?:我)?(?:自己|本人)|我(?:自己|本人)(?:用|吃|去|要|来|洗|的)|就我自己")
_ENGLISH_KIN = "mother|mum|mom|father|dad|grandmother|grandma|grandfather|grandpa|wife|husband|son|daughter|neighbou?r|friend|sister|brother|aunt|uncle|parents|child|roommate|colleague"
_ENGLISH_SERVED = re.compile(rf"\bfor (?P<who>my (?:{_ENGLISH_KIN})|myself)\b", re.I)


_STUTTER = re.compile(r"(?P<one>[㐀-鿿])(?:…+|\.{2,})(?=(?P=one))")
"""徐…徐菊香."""
_EXPLAINED = re.compile(
    rf"(?:我叫|叫|写|登记)?(?P<name>(?:{DOUBLE}|[{SURNAMES}])(?P<given>{GIVEN_SIGN}{{1,2}}))[,， ]?(?P=given)(?:字)?(?:就)?是"
)
"""A name whose given signs are told again to be explained: 陈火旺火旺就是火焰的火."""
_IN_MARKUP = re.compile(r"[<>=/_@\\]")
"""Right before or behind it, the words are no names."""
MASKED_FROM = 0.65
"""Probability from which a name goes."""
MOST_GIVEN = 2
"""Signs of a given name."""


def find_name(text: str, *, awaiting: str | None) -> str | None:
    """The name to write, as the tagger reads it; where none was asked for, only one that is told as a name."""
    text = _STUTTER.sub("", text)
    if not re.search(_GIVEN, text):
        return find_english_name(text, awaiting=awaiting)
    if awaiting == "name" and (explained := _EXPLAINED.match(text)):
        return explained["name"]
    found = [one for one in names_in(text, awaiting) if one.kind == WANTED]
    if awaiting != "name":
        found = [one for one in found if is_led_to(text, one.start, one.end)]
    told = [text[one.start : one.end] for one in found]
    signs, _ = spelled(text) if awaiting == "name" else ("", text)
    if not told and awaiting == "name" and _AROUND.sub("", text) in (*SURNAMES, *DOUBLE.split("|")):
        return _AROUND.sub("", text)
    if not told:
        return signs if signs and signs[0] in SURNAMES and len(signs) <= 1 + MOST_GIVEN else None
    if len(told) > 1 and found[0].end <= correction_start(text) <= found[-1].start:
        return told[-1]  # 写王丽,说错了,写王莉
    return _whole(told, signs)


def _whole(told: list[str], signs: str) -> str:
    """The first name, or a later one that holds it; a surname with the given name told or spelled beside it."""
    first = told[0]
    fuller = next((one for one in told[1:] if first in one and len(one) > len(first)), None)
    if fuller:
        return fuller  # 我姓佘,叫佘春桃
    if first not in SURNAMES and first not in DOUBLE.split("|"):
        return first
    given = next((one for one in told[1:] if one != first), signs.removeprefix(first))
    return first + given if len(given) <= MOST_GIVEN else first  # 我姓覃,大小的大,元旦的元


def is_a_persons_name(who: str) -> bool:
    """True for 张大妈 and 李强, False for 我妈 and 孙子."""
    return who[0] in SURNAMES and not re.fullmatch(KIN, who)


def name_spans(text: str) -> list[tuple[int, int]]:
    """Every place where somebody is named: as read, in a plain form, and 帮李强订."""
    read = [one for one in names_in(text, None) if one.share >= MASKED_FROM]
    spans = [
        (one.start, one.end) for one in read if not _IN_MARKUP.search(text[: one.start][-1:] + text[one.end :][:1])
    ]
    spans += marked_spans(text)
    return spans + [m.span("who") for m in _SERVED.finditer(text) if m["who"] and is_a_persons_name(m["who"])]


def name_as_said(text: str) -> str:
    """What was answered to the question for a name, without what stands around it: 我叫查德海 is 查德海."""
    return _AROUND.sub("", text.strip()) or text.strip()


def find_beneficiary(text: str, *, asked: bool) -> str | None:
    """Who is served, as said (我妈); 本人 or myself for the speaker."""
    if _SELF.search(text):
        return "本人"
    for pattern in (_SERVED, _ENGLISH_SERVED):
        if match := pattern.search(text):
            return next(who for who in match.groups() if who)
    if not asked:
        return None
    if match := re.search(rf"{_WHO}|{SURNAME}(?:{TITLE})|\bmy (?:{_ENGLISH_KIN})\b", text, re.I):
        return match[0]
    if re.search(r"自己|本人|^(?:就是|是|就|给)?我(?:用|吃|去|要|来|洗|一个人?|的)?[吧啊呀,。]*$", text):
        return "本人"
    if re.search(r"\b(?:me|myself)\b", text, re.I):
        return "myself"
    return find_name(text, awaiting="name")
