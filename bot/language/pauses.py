"""The wish for a moment's time in the middle of a question: 等一下,我找一下; hold on, let me look."""

import re

from bot.language.text import normalise

LONGEST = 60
"""Characters; whoever says more says something else too."""
_CHINESE = re.compile(
    r"(?:那|嗯|哦|呃|好的?|诶|哎|你|您|麻烦|请|先|再|就|,)*(?:等(?:一?下下?|一?会儿?|哈|等|着|我一?下|我一会儿?)|稍等(?:一?下|片刻)?|慢着|莫急|别急)"
    r"(?:子|哈|儿|啊|哦|嘛|吧|呀)*"
    r"(?:,?(?:让|容)?我(?:去|来)?(?:先)?(?:找|看|拿|查|想|戴|翻|问|算|去)[^,。?]{0,9})?(?:,?(?:谢谢|好吧|好吗))?"
    r"|(?:,|嗯|那)*等?(?:让|容)?我(?:先)?(?:想|看|找|查|问)(?:一?下|一想|一看|一找|想|看|找)[^,。?]{0,6}"
)
_ENGLISH = re.compile(
    r"(?:(?:ok|okay|oh|um|uh|sorry|please|just|can you|could you),? )*"
    r"(?:(?:wait|hold on|hang on)(?: (?:for )?(?:a|one|just a))?(?: (?:moment|minute|min|second|sec|bit))?"
    r"|(?:one|just a|just one|a|give me a|give me one) (?:moment|minute|min|second|sec)|bear with me"
    r"|let me (?:look|see|check|think|find (?:it|out|my \w+)|get my \w+))"
    r"(?:,? (?:please|thanks?|thank you|i(?:'ll| will| need to| have to| am|'m) (?:look|find|check|get|fetch|see|looking|getting)[^?,]{0,24}"
    r"|let me (?:look|see|check|think|find|get)[^?,]{0,24})){0,2}",
    re.IGNORECASE,
)


def asks_for_time(text: str) -> bool:
    """Nothing but the wish to wait a moment."""
    if len(text) > LONGEST:
        return False
    plain = re.sub(r"[.!。！]+$", "", normalise(text).strip())
    return bool(_CHINESE.fullmatch(plain.replace(" ", "")) or _ENGLISH.fullmatch(plain))
