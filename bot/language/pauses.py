"""Words that only keep the line: the wish for a moment's time (等一下,我找一下; hold on), and whether we hear (喂? 听得到吗)."""

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


_WHO = "(?:你|您|那边|对面|里面|还)*"
_DO_YOU_HEAR = re.compile(
    rf"(?:喂|唉|哎|诶|欸|嘿|哈喽|你好|您好)*{_WHO}(?:能不能|能|可以|听不)?(?:听得?到|听得?见|听清|听得清)(?:我(?:说话|讲话|的话|的声音)?|声音|话)?(?:不到|不见|没有|没|不|了)?(?:吗|嘛|吧|啊|呀|不|么)*(?:喂)*"
    rf"|(?:喂|唉|哎|诶|欸|嘿)+{_WHO}(?:有人(?:在)?|在|在线)?(?:吗|嘛|啊|不|没有)*"
    rf"|{_WHO}(?:有人(?:在)?|在不在|在线)(?:吗|嘛|啊|不|没有)+"
)
_DO_YOU_HEAR_ENGLISH = re.compile(
    r"(?:hello |hi |hey )*(?:can|do|could) you (?:still )?hear me(?: now| okay| all right)?(?: hello)*"
    r"|(?:hello )+(?:is )?(?:anybody|anyone|somebody|someone) (?:is )?there|(?:is )?(?:anybody|anyone) there|hello (?:hello ?)+|are you there(?: hello)*",
    re.IGNORECASE,
)


def asks_whether_heard(text: str) -> bool:
    """Nothing but the question whether somebody hears."""
    if len(text) > LONGEST:
        return False
    plain = re.sub(r"[\s,。.!?、;:!?,~]+", " ", normalise(text)).strip()
    return bool(_DO_YOU_HEAR.fullmatch(plain.replace(" ", "")) or _DO_YOU_HEAR_ENGLISH.fullmatch(plain))


def asks_for_time(text: str) -> bool:
    """Nothing but the wish to wait a moment."""
    if len(text) > LONGEST:
        return False
    plain = re.sub(r"[.!。！]+$", "", normalise(text).strip())
    return bool(_CHINESE.fullmatch(plain.replace(" ", "")) or _ENGLISH.fullmatch(plain))
