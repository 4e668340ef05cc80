"""Does a complaint tell a trouble yet, or only that somebody wants to complain?"""

import re

from bot.language.text import normalise
from bot.language.zh.places import find_place

ASKING = re.compile(
    r"我?(?:想|要|来|得)?(?:跟|向|给|找)?(?:你们?|您|政府|街道|社区)?(?:投诉|反映|举报|报告|提交?|讲|说|报)(?:一?下|一哈|一?[个件条点])?"
    r"(?:问题|情况|事情?|投诉|意见)?|你好|您好|喂|请|麻烦|帮我|一下|"
    r"\b(?:hello|hi|please|i(?:'d| would)? (?:want|like|need) to|(?:make|file) a|complain(?:t)?(?: about)?|report|a|an|the|problem|something|about)\b",
    re.IGNORECASE,
)
"""Words that ask for a complaint to be taken, without any trouble in them."""
VAGUE = re.compile(
    r"我们|咱们|你们|我家|家里|屋里|这里|那里|这边|那边|这个|那个|社区|小区|院子|楼里|单元|物业|邻居|居委会|有人|[出有]点?|发生|一?[件个点些]|事情?|问题|情况|麻烦|想|要|的|吧|啊|呢"
    r"|\b(?:there|here|is|are|was|has|have|had|got|been|be|at|in|on|of|for|with|to|and|my|our|your|this|that|some|any|you|me|us|we|it|can|could|will"
    r"|problems?|issues?|troubles?|matters?|things?|concerns?|wrong|going|building|community|neighbou?rhood|place|home|house|street|area|block|estate|compound"
    r"|neighbou?rs?|property|management|company|staff|workers?|people|someone|somebody|please|thanks?|now|again|very|really|serious|big|office|subdistrict|government|tell|let|know|talk|speak|take|happened|happening)\b",
    re.IGNORECASE,
)
"""Words that stand around a trouble and say nothing of it: 我们小区有个问题, there is a problem at our building."""


def names_a_trouble(text: str) -> bool:
    """Is enough left of a complaint without the words that only ask to complain?"""
    chinese, english = _told(text)
    return chinese >= 3 or english >= 1


WHEN_OR_HOW_MUCH = re.compile(
    r"[0-9零一二两三四五六七八九十几半好]+(?:天|个?星期|个?礼拜|周|个?月|年|点|次|回|晚|夜|个?小时|分钟|块|元|盏|辆|米)|每天|天天|昨|今[天早晚]|晚上|半夜|夜里|凌晨|大?清早|早上|中午|下午|周末|一直"
    r"|\b(?:\d+|since|every|always|until|for (?:a|an|two|three|several|some|many)|all (?:day|night)|days?|weeks?|months?|years?|hours?|times|daily"
    r"|night|evening|morning|noon|midnight|yesterday|today|weekends?|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
"""When it happens, since when, how often or how much: what whoever goes there asks first."""
ENOUGH, ENOUGH_WITH_WHEN = (18, 9), (8, 4)
"""Chinese signs and English words that say something of a trouble, from which on nobody need ask what is going on."""


def tells_enough(text: str) -> bool:
    """Does it say what is going on, so that somebody can be sent, and not only of which kind it is?"""
    chinese, english = ENOUGH_WITH_WHEN if WHEN_OR_HOW_MUCH.search(normalise(text)) else ENOUGH
    signs, told = _told(text)
    return signs >= chinese or told >= english


def says_nothing(text: str) -> bool:
    """Is nothing at all left of it?"""
    return not any(_told(text))


def _told(text: str) -> tuple[int, int]:
    """How many signs and how many English words say something of the trouble; its place does not."""
    rest = normalise(text)
    if place := find_place(rest, asked=False):
        rest = rest.replace(place, "")
    rest = VAGUE.sub("", ASKING.sub("", rest))
    return len(re.findall(r"[\u4e00-\u9fff]", rest)), len(re.findall(r"[A-Za-z]{2,}", rest))
