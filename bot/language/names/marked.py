"""Forms in which a name is told beyond doubt: what counts where no name was asked for. Masking takes them out whatever the
tagger of names reads: a name that leaks is worse than a word too many that goes."""

import re

from bot.language.zh.lexicon import kind
from bot.language.zh.surnames import COMMON, DOUBLE, KIN, SURNAMES, TITLE

_BOUNDARY = r"(?=$|[^㐀-鿿]|电话|手机|号码|住|家住|的|是|要|想|今年|我|在|来|这边|,|联系|订|预约|约|报|办|送|岁|你|吧|呢|啊|和|跟|他|她|以前|女$|男$)"
_NOT_IN_NAMES = (
    "的是电住要想在我你了吧呢啊吗嘛不这那什么哪谁去到没有和跟说叫请给帮把被让很都也就还岁号楼栋您们他她它个些"
)
SURNAME = rf"(?:{DOUBLE}|[{COMMON}])"
GIVEN_SIGN = rf"[^\W\dA-Za-z_{_NOT_IN_NAMES}零〇]"
_NAME = rf"(?:{SURNAME}(?:{TITLE}){_BOUNDARY}|{SURNAME}{GIVEN_SIGN}{{1,2}}?{_BOUNDARY}|{SURNAME}{GIVEN_SIGN}{{1,2}}|[老小][{COMMON}]{_BOUNDARY})"
_MARKED = re.compile(
    rf"(?:[我他她人家妈爸女儿子伴婆公母父奶爷孙]的?(?:名字)?(?:是叫|叫做|叫|名叫)|名字(?:叫做|叫|是)?[:,]?|姓名(?:是|叫)?[:,]?|联系人(?:是|叫)?[:,]?|[,。 ]叫|本人|户主(?:是|叫)?|(?:就)?叫我)(?P<name>{_NAME})"
)
_I_AM = re.compile(rf"(?:我是|我系|这里是)(?:[^,。]{{1,8}}的)?(?P<name>{_NAME})(?=$|[,。!?、 ])")
_BEFORE_PHONE = re.compile(
    rf"(?:^|[,。;、 ])(?P<name>(?:{SURNAME}){GIVEN_SIGN}{{1,2}}?)(?:[,、: ]{{0,2}}我?的?(?:电话|手机)号?码?是?[,: ]?|[,、: ]{{1,2}})(?=1[0-9]{{10}}(?![0-9]))"
)
"""「订饭,周梅,13900100714」"""
_SURNAME_ONLY = re.compile(rf"(?:我|免贵|他|她|敝|^|[,。 ])(?:免贵)?姓(?P<name>{DOUBLE}|[{SURNAMES}])(?!名)")
_TITLED = re.compile(rf"{SURNAME}(?:{TITLE})|老[{COMMON}](?=[,。!?、 在的家说跟和把]|$)")
_L = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
WORD = rf"[{_L}][{_L}'’-]*"
MORE = rf"(?-i: (?:[A-Z\u00c0-\u00de]|(?:van|von|de|da|del|bin|al|el|la|le) )[{_L}'’.-]*){{0,4}}"
"""Further words of a name have a capital, or stand before one."""
_ENGLISH_SAID = re.compile(
    rf"\b(?:my (?:full |chinese |english |own )?name is|my name's|name:|i am called|call me|in the name of|under the name(?: of)?)\s+(?P<name>{WORD}{MORE})",
    re.I,
)
_ENGLISH_PLACE = r"(?:\w+ ){0,3}(?:road|street|community|avenue|village|park|school|hospital|building|district|city|lane|hall|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
_ENGLISH_I_AM = re.compile(
    rf"\b(?:i'm|i am|this is)\s+(?P<name>(?!{_ENGLISH_PLACE})(?-i:[A-Z])[{_L}'’-]+(?-i: [A-Z][{_L}'’.-]*){{1,3}})(?=$|[,.!?;]| (?:from|and|calling|here|speaking|again)\b)",
    re.I,
)
"""Two words with capitals at least: who says “I'm Brazilian” tells no name."""


_LED_TO = re.compile(
    r"(?:叫做?|(?<![不只就还])是|姓名|名字|联系人|本人|户主|免贵|姓|我[是系][^,。]{1,8}的|写|改成|换成|登记|[:：])[:：, ]*$"
    r"|\b(?:name(?: is|'s|:)?|called|call me|under|this is|it is|it's|it should be|put|write|to be|i am|i'm)[:, ]*$",
    re.I,
)
"""What stands right before a name that is told unasked."""
_PHONE_BEHIND = re.compile(
    r"[,、: ]{0,2}我?的?(?:电话|手机|phone|tel|number)?号?码?(?:是| is)?[,: ]{0,2}\+?1[0-9]{10}(?![0-9])", re.I
)


def is_led_to(text: str, start: int, end: int) -> bool:
    """Is this told as a name: 我叫…, it's …, or with the telephone behind it? An English one has a capital or two words."""
    name = text[start:end]
    lower = name.isascii() and " " not in name and not name[:1].isupper()
    if lower or re.fullmatch(f"{KIN}|{TITLE}", name):
        return False
    return bool(_LED_TO.search(text[:start]) or _PHONE_BEHIND.match(text[end:]))


def marked_spans(text: str) -> list[tuple[int, int]]:
    """Where names stand that are told in such a form, or with a title."""
    spans = [
        m.span("name")
        for pattern in (_MARKED, _SURNAME_ONLY, _ENGLISH_SAID, _ENGLISH_I_AM)
        for m in pattern.finditer(text)
    ]
    spans += [m.span("name") for p in (_I_AM, _BEFORE_PHONE) for m in p.finditer(text) if not _is_a_word(m["name"])]
    return spans + [m.span() for m in _TITLED.finditer(text)]


def _is_a_word(text: str) -> bool:
    """True for 高兴 and 高中生, which begin like names."""
    if text[0] in "老小":
        return False
    return any(kind(part) and not kind(part).startswith("nr") for part in {text, text[:2] if len(text) == 3 else text})
