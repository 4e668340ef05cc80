"""Whether a page has what makes a question narrow.

「积分能不能换烟酒」 is near the page on points, and that page is no answer: it never speaks of tobacco.
"""

import re

from bot.language.zh import synonyms

_NARROW_WORDS = {
    "zh": re.compile(
        r"主任|书记|局长|市长|会长|院长|医生|老师|厨师|护士|师傅|公司|老板|银行|第一名|实际|真的达到|照片|20(?:2[6-9]|[3-9]\d)(?=年)"
    ),
    "en": re.compile(
        r"\b(?:directors?|secretary|mayor|chairman|doctors?|nurses?|dentists?|teach(?:es|ers?)|cooks?|compan(?:y|ies)|banks?"
        r"|in reality|actually reached|20(?:2[6-9]|[3-9]\d))\b"
    ),
}
"""One person, body, or year after the plan: when a question names it, its answer does too."""
_WHETHER = {
    "zh": re.compile(r"(?:有没有|能不能|可不可以|会不会|[包带教卖].?不[包带教卖])(.+)"),
    "en": re.compile(r"^(?:is|are|do|does|can|could)\b(.+)"),
}
"""Asks whether there is something, or whether something may be done; the group is what."""
_UNSAID_LENGTH = 2
"""So many characters side by side that a page never has are a thing it does not speak of."""
_COMMON = set(
    "的了吗呢是有没不能可以会要在我你他她这那什么多少怎几个人一上下到和就还也都给用去来得过里做搞办点些或者帮您他们"
)
"""Characters that no page needs to have."""
_YEAR = re.compile("[二2][零〇0][二三][零〇一二三四五六七八九](?=年)")
_DIGITS = str.maketrans("零〇一二三四五六七八九", "00123456789")


def speaks_of_it(told: str, question: str, language: str) -> bool:
    """False when the question, "zh" or "en", turns on a thing that `told`, all that a page says, never names."""
    if language == "zh":
        question, told = _plain(question), _plain(told)
        whether = _WHETHER["zh"].search(question)
        unsaid = _has_unsaid_thing(whether[1] if whether else "", told)
    else:
        question, told = question.lower().strip(), told.lower()
        whether = _WHETHER["en"].search(question)
        words = [word for word in synonyms.english_words(whether[1]) if len(word) > 3] if whether else []
        said = set(synonyms.english_words(told))
        unsaid = len(words) > 1 and sum(word not in said for word in words) * 2 >= len(words)
    return not unsaid and all(word in told for word in _NARROW_WORDS[language].findall(question))


def _plain(text: str) -> str:
    return synonyms.plain(_YEAR.sub(lambda year: year[0].translate(_DIGITS), text))


def _has_unsaid_thing(thing: str, told: str) -> bool:
    """Whether side by side characters of the thing are nowhere in what is told."""
    marked = "".join(" " if c in told or c in _COMMON else c for c in thing)
    return any(len(run) >= _UNSAID_LENGTH for run in re.findall("[\u4e00-\u9fff]+", marked))
