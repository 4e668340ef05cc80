"""Short wishes that only mean something after a certain question: to wait, to stay unnamed, to keep, a score."""

import re

from bot.language.text import normalise

WAIT = re.compile(r"排队|候补|等候|等位|排上|我等|waiting list|wait", re.IGNORECASE)
ANONYMOUS = re.compile(
    r"匿名|不(?:想|愿意?|方便)(?:留|说|给)|不留|(?:没|冇)得?有?(?:电话|手机)|anonymous|(?:no|don't have a) phone|rather not",
    re.IGNORECASE,
)
SCORE = re.compile(
    r"([1-5一二两三四五])\s*(?:分|颗?星|points?\b|stars?\b|out of)|(?:打|给|rate|score)\D{0,6}([1-5一二三四五])",
    re.IGNORECASE,
)
DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}


OTHER_TIME = re.compile(
    r"(?:换|改)一?[个下](?:时间|日子|天)?$|别的时间|其他时间|另外的时间|another (?:time|day)", re.IGNORECASE
)
CHANGES = re.compile(
    r"(?:要|想|需要)?(?:再?改|修改|更正)(?:一?下|一哈|点)|(?:要|想)改|(?:有|说|写|记|搞|弄)错|错了|不对|change (?:something|it)|(?:is|that's) wrong|not right",
    re.IGNORECASE,
)
KEEP = re.compile(
    r"(?<!不)(?<!不要)(?<!别)(?:保留|留着?|存着)|接着|继续|先放|等会儿?再|keep|later|go on|continue", re.IGNORECASE
)
DROP = re.compile(
    r"不(?:用|要|必|想|需要)?(?:留|办|了|再|接着|继续|保留)|不要|算了|丢|删|drop|forget|don't", re.IGNORECASE
)
NOT_CANCELLED = re.compile(
    r"(?:不|别|莫|先不|不要|不想|不用)(?:要|想|用)?取消|留着|保留|(?:don't|do not|not) cancel|keep", re.IGNORECASE
)
ASKING = re.compile(
    r"我?(?:想|要|来|得)?(?:跟|向|给|找)?(?:你们?|您|政府|街道|社区)?(?:投诉|反映|举报|报告|提交?|讲|说|报)(?:一?下|一哈|一?[个件条点])?"
    r"(?:问题|情况|事情?|投诉|意见)?|你好|您好|喂|请|麻烦|帮我|一下|"
    r"\b(?:hello|hi|please|i(?:'d| would)? (?:want|like|need) to|(?:make|file) a|complain(?:t)?(?: about)?|report|a|an|the|problem|something|about)\b",
    re.IGNORECASE,
)
"""Words that ask for a complaint to be taken, without any trouble in them."""


def asks_for_another_time(text: str) -> bool:
    """Said after we told that a time is full; names no time itself."""
    return bool(OTHER_TIME.search(normalise(text).strip(" 。.!！")))


def asks_for_changes(text: str) -> bool:
    """Said when a summary is read back: something in it is wrong."""
    return bool(CHANGES.search(normalise(text)))


def keeps(text: str) -> bool | None:
    """Said when asked about an unfinished draft: keep it or not; None when the words do not tell."""
    plain = normalise(text)
    if DROP.search(plain):
        return False
    return True if KEEP.search(plain) else None


def refuses_to_cancel(text: str) -> bool:
    """「不取消了」 holds the word 取消 and means the opposite."""
    return bool(NOT_CANCELLED.search(normalise(text)))


def names_a_trouble(text: str) -> bool:
    """Is anything left of a complaint without the words that only ask to complain?"""
    rest = ASKING.sub("", normalise(text))
    chinese, words = re.findall(r"[\u4e00-\u9fff]", rest), re.findall(r"[A-Za-z]{2,}", rest)
    return len(chinese) >= 3 or len(words) >= 2


def asks_to_wait(text: str) -> bool:
    """Said after we told that a time is full."""
    return bool(WAIT.search(normalise(text)))


def wants_to_be_anonymous(text: str) -> bool:
    """Said when a phone number is asked for."""
    return bool(ANONYMOUS.search(normalise(text)))


def score_in(text: str, *, awaited: bool = False) -> int | None:
    """A rating from 1 to 5, if one is named; a bare digit counts only when a score was asked for."""
    plain = normalise(text)
    if found := SCORE.search(plain):
        return _digit(found.group(1) or found.group(2))
    bare = plain.strip(" 。.!！").lower()
    return _digit(bare) if awaited and (bare in DIGITS or (bare in "12345" and len(bare) == 1)) else None


def _digit(word: str) -> int:
    return DIGITS[word] if word in DIGITS else int(word)
