"""Choices in words: how they are told to eye and ear, and which one a short answer points at."""

import re
from collections.abc import Sequence

from bot.language.text import CHINESE, normalise
from bot.language.zh.numbers import read_number

AT_ONCE = 3
"""So many are told, then we ask whether to go on: more do not stay in mind when they are only heard."""

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_BEFORE = r"(?:嗯|哦|好的?|那|就|我|想|要|选|订|约|去|是|还是)*"
_AFTER = r"(?:那个|这个|吧|啊|呀|嘛|呢|的|了|好了|就行|就好|谢谢)*"
_UNIT = r"(?:个|项|处|种|条|家|样|件|号|场|班)?"
_PLACE_IN_ROW = re.compile(
    rf"{_BEFORE}(?:(?P<first>头一|前头那|前面那)|(?P<last>最后一|末了一)|第(?P<number>[一二两三四五六七八九0-9]{{1,2}}))"
    rf"{_UNIT}{_AFTER}"
)
_BARE = re.compile(rf"{_BEFORE}(?P<number>[一二三四五六七八九0-9]{{1,2}})号?{_AFTER}")
_ENGLISH_PLACE = re.compile(
    rf"(?:(?:i want|i would like|i'd like|i'll take|take|choose|ok|okay|yes|well|please) )*(?:the )?(?:(?P<last>last)|"
    rf"(?P<ordinal>{'|'.join(_ORDINALS)})|(?:number|option|choice) (?P<cardinal>{'|'.join(_CARDINALS)}|[1-9]))"
    r"(?: (?:one|option|choice|of them))?(?: please)?"
)
_ENGLISH_BARE = re.compile(rf"(?P<cardinal>{'|'.join(_CARDINALS)}|[1-9])(?: please)?")
_MORE = re.compile(
    rf"{_BEFORE}(?:还有|再|听|说|念|换)*(?:还有|别的|其他的?|其它的?|另外的?|哪些)(?:别的|其他的|哪些|什么)?(?:吗|呢|没有|么)?{_AFTER}"
    r"|(?:yes )?(?:(?:any |the )?(?:more|others?)|what else(?: is there)?|next(?: ones?)?|go on)(?: please)?"
)
_NONE_MORE = re.compile(
    r"(?:不用|不要|不听|不必|不需要|没有|不|够)(?:听|念|说|要)?(?:别的|其他的|再念|再说)?(?:了|啦|谢谢)*|no(?: thanks| thank you| more)*"
)

_COMPARES = re.compile(
    r"比(?:一?比|较|一下)?|对比|哪个(?:更|比较)?(?:好|划算|合适)|(?:有)?(?:什么|么|哪些)?(?:区别|不同|不一样)"
    r"|\bcompare\b|\bdifferences?\b|\bwhich (?:one )?is better\b|\b(?:versus|vs)\b",
    re.IGNORECASE,
)
_EACH = re.compile(
    rf"第(?P<number>[一二两三四五六七八九1-9])|\b(?P<ordinal>{'|'.join(_ORDINALS)})\b|(?P<last>最后一|\blast\b)"
)


_FEWEST = 2
"""Signs or English words of its own, by which a choice is known."""
_EVERYWHERE = frozenset(
    {"the", "to", "of", "in", "at", "is", "it", "do", "my", "we", "he", "she", "yes", "no", "not", "have", "has"}
)


def for_eye(titles: Sequence[str], language: str, *, either: bool = False) -> str:
    """甲、乙、丙; with `either` 甲，还是乙."""
    gap, last = ("、", "，还是") if language == "zh" else (", ", ", or ")
    if not either or len(titles) < 2:
        return gap.join(titles)
    return gap.join(titles[:-1]) + last + titles[-1]


def for_ear(titles: Sequence[str], language: str, *, begin: int = 1) -> str:
    """第一，甲；第二，乙. A single one is not numbered."""
    if len(titles) == 1 and begin == 1:
        return titles[0]
    if language == "zh":
        return "；".join(f"第{'零一二三四五六七八九十'[at]}，{title}" for at, title in _counted(titles, begin))
    return "; ".join(f"{_CARDINALS[at - 1]}, {title}" for at, title in _counted(titles, begin))


def _counted(titles: Sequence[str], begin: int) -> list[tuple[int, str]]:
    """More than nine cannot be chosen by a key, and are told all the same under the last number."""
    return [(min(at, len(_CARDINALS)), title) for at, title in enumerate(titles, start=begin)]


def place_in_row(text: str, count: int, *, bare: bool = True) -> int | None:
    """Which of `count` choices is meant by 第二个, "the last one" or 2; from 0. `bare`: a number alone counts too."""
    plain = _plain(text)
    for pattern in (_PLACE_IN_ROW, _ENGLISH_PLACE, *((_BARE, _ENGLISH_BARE) if bare else ())):
        if found := pattern.fullmatch(plain):
            return _index(found.groupdict(), count)
    return None


def compared(text: str, count: int) -> list[int]:
    """Which of `count` choices shall be held against each other, from 0: 第一个和第三个比一比. Empty for other words."""
    plain = _plain(text)
    if not _COMPARES.search(plain):
        return []
    found = [_index(match.groupdict(), count) for match in _EACH.finditer(plain)]
    known = list(dict.fromkeys(at for at in found if at is not None))
    return known if len(known) > 1 and None not in found else []


def _index(found: dict[str, str | None], count: int) -> int | None:
    if found.get("last"):
        return count - 1
    if found.get("first"):
        return 0
    number: int | None
    if word := found.get("ordinal"):
        number = _ORDINALS.index(word) + 1
    elif (word := found.get("cardinal")) and not word.isdigit():
        number = _CARDINALS.index(word) + 1
    else:
        number = read_number(found.get("number") or word or "")
    return number - 1 if number is not None and 1 <= number <= count else None


def named(text: str, titles: Sequence[str]) -> int | None:
    """The only title that is, or holds, what is said: 新街 of 新街社区助餐点; from 0."""
    plain = _plain(text)
    known = [_plain(title) for title in titles]
    if plain in known:
        return known.index(plain)
    if re.search(f"[{CHINESE}]", plain):
        core = re.sub(rf"^{_BEFORE}|{_AFTER}$|(?:那里|那边|那儿){_AFTER}$", "", plain)
        holds = [at for at, title in enumerate(known) if len(core) >= 2 and core in title]
    else:
        core = re.sub(
            r"^(?:(?:yes|no|well|i want|i'd like|i would like|the|at|in|on|please) )+|(?: (?:one|please))+$", "", plain
        )
        holds = [at for at, title in enumerate(known) if len(core) >= 3 and re.search(rf"\b{re.escape(core)}\b", title)]
    if core in known:
        return known.index(core)
    return holds[0] if len(holds) == 1 else None


def hinted(text: str, titles: Sequence[str]) -> int | None:
    """The only title of which the words hold something that stands in no other: 转到大冶来 of 转到大冶 and 转到外地; from 0."""
    said = _signs(text)
    known = [_signs(title) for title in titles]
    own = [signs - set().union(*(other for other in known if other is not signs)) for signs in known]
    likely = [at for at, signs in enumerate(own) if len(signs & said) >= _FEWEST]
    return likely[0] if len(likely) == 1 else None


def echoed(text: str, question: str) -> str | None:
    """ "yes" or "no", where the words only say the verb of the question again: 在 or 不在 after 户口在大冶吗."""
    found = re.fullmatch(r"(?P<no>不|没|冇)?(?P<verb>[\u4e00-\u9fff]{1,2}?)(?:的|了|啊|呀|呢)*", _plain(text))
    if not found or found["verb"] not in _plain(question):
        return None
    return "no" if found["no"] else "yes"


def _signs(text: str) -> set[str]:
    """Its Chinese signs, or its English words without those that stand in every sentence."""
    plain = _plain(text)
    words = set(re.findall(r"[a-z]{2,}", plain)) - _EVERYWHERE
    return set(re.findall(f"[{CHINESE}]", plain)) - set("的了是在有我你要想个来去") | words


def asks_for_more(text: str) -> bool:
    """还有别的吗, "any others"; a bare yes is judged elsewhere."""
    return bool(_MORE.fullmatch(_plain(text)))


def wants_no_more(text: str) -> bool:
    """不用了, 不听了: nothing but that."""
    return bool(_NONE_MORE.fullmatch(_plain(text)))


def _plain(text: str) -> str:
    """Without signs and, between Chinese, without blanks."""
    words = re.sub(r"[,，。.!！?？、;；:：“”\"]+", " ", normalise(text)).lower()
    return re.sub(rf"(?<=[{CHINESE}0-9]) +(?=[{CHINESE}0-9])", "", " ".join(words.split()))
