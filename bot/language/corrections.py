"""What a resident takes back: “不是两份是三份”, “明天,不对,后天”."""

import re

_DENIED = re.compile(
    r"(?<![是要])不是(?P<a>[^,。;!?、是]{1,14}?)(?=[,,、 ]?(?:而?是|要?改)|[,。;!?、]|$)"
    r"|(?<!要)不要(?P<b>[^,。;!?、要]{1,10}?)(?=[,,、 ]?(?:要|改|换))"
    r"|从(?P<c>[^,。;!?、从]{1,12}?)(?=(?:改|换|挪|调)[成到为])"
    r"|(?:冇得|没有|没|冇)(?P<f>[0-9一二三四五六七八九十]{1,3}[号日])(?=啊|呀|哦|的|[,。;!?、]|$)"
    r"|(?:^|(?<=[,。;!?、 ]))(?P<g>[^,。;!?、]{1,8}?)(?:又|也|就|还|是)?(?:太|有点|有些|蛮)(?:晚|早|远|迟|急|赶)了?(?=[,。;!?])"
    r"|(?:^|(?<=[,;.!?] ))(?P<h>[^,.;!?]{1,24}?) (?:is|are|would be|was) (?:a bit |much |way )?too (?:early|late|far|soon)\b"
    r"|\bnot (?P<d>[^,.;!?]{1,24}?)(?=,|;|\.|!|\?| but\b|$)"
    r"|\binstead of (?P<e>[^,.;!?]{1,24})",
    re.I,
)
_CORRECTED = re.compile(
    r"不对|不不|哦不|啊不|(?<!能)(?<!会)说错了?|(?:搞|弄|记|写|报|讲)错了?|错了|应该是|(?:改|换|挪|调|推迟|提前)[成到为]|更正|那就|改(?=[下这本今明后大]|周|星期|礼拜|上午|中午|下午|晚|[0-9一二两三四五六七八九十]{1,3}[号点月个份位人])|(?:也|都|又)(?:不行|不得空|没空|来不了)(?=[,。])|还是(?=[^有没]*吧)"
    r"|(?:\bno\b(?=,| it)|\bi mean\b|\bsorry\b,?|\bactually\b|\b(?:change|move|moved|changed) (?:it )?to\b|\brather\b)",
    re.I,
)


_SWAPPED = (
    re.compile(r"不是(?P<old>[^,。;!?、是]{1,14}?)[,、 ]*(?:而是|应该是|是)(?P<new>[^,。;!?]{1,20})"),
    re.compile(r"(?:^|[,是])(?P<new>[^,。;!?是]{1,20})[,、 ]*(?:而)?不是(?P<old>[^,。;!?、是]{1,14})[。!]?$"),
    re.compile(r"\bnot (?P<old>[^,.;!?]{1,24}?)(?:,| but)[, ]*(?:but |it's |it is )?(?P<new>[^,.;!?]{1,40})", re.I),
    re.compile(r"(?:^|,|\bis|\bit's) ?(?P<new>[^,.;!?]{1,40}), ?not (?P<old>[^,.;!?]{1,24})[.!]?$", re.I),
)


def swapped(text: str) -> tuple[str, str] | None:
    """What is taken back and what stands in its place: 不是北门,是西门 → 北门, 西门. None where it does not say both."""
    found = next((match for pattern in _SWAPPED if (match := pattern.search(text))), None)
    return (_bare(found["old"]), _bare(found["new"])) if found else None


def _bare(words: str) -> str:
    return re.sub(r"^(?:it's|it is|the) ", "", words.strip(), flags=re.I)


def blank_denied(text: str) -> str:
    """The text with denied values blanked out; the length stays."""

    def blank(match: re.Match[str]) -> str:
        start, end = next(match.span(name) for name in "abcdefgh" if match[name] is not None)
        whole, offset = match[0], match.start()
        return whole[: start - offset] + " " * (end - start) + whole[end - offset :]

    return _DENIED.sub(blank, text)


def correction_start(text: str) -> int:
    """Where the last correction begins; 0 when nothing is corrected."""
    ends = [match.end() for match in _CORRECTED.finditer(text)]
    return ends[-1] if ends else 0
