"""Does a complaint tell a trouble yet, or only that somebody wants to complain?"""

import re

from bot.language.text import normalise

ASKING = re.compile(
    r"我?(?:想|要|来|得)?(?:跟|向|给|找)?(?:你们?|您|政府|街道|社区)?(?:投诉|反映|举报|报告|提交?|讲|说|报)(?:一?下|一哈|一?[个件条点])?"
    r"(?:问题|情况|事情?|投诉|意见)?|你好|您好|喂|请|麻烦|帮我|一下|"
    r"\b(?:hello|hi|please|i(?:'d| would)? (?:want|like|need) to|(?:make|file) a|complain(?:t)?(?: about)?|report|a|an|the|problem|something|about)\b",
    re.IGNORECASE,
)
"""Words that ask for a complaint to be taken, without any trouble in them."""


def names_a_trouble(text: str) -> bool:
    """Is anything left of a complaint without the words that only ask to complain?"""
    rest = ASKING.sub("", normalise(text))
    chinese, words = re.findall(r"[\u4e00-\u9fff]", rest), re.findall(r"[A-Za-z]{2,}", rest)
    return len(chinese) >= 3 or len(words) >= 2
