"""Short words that answer a question of the call itself: yes, no, cancel it, do not call again."""

import re

from bot.language.text import normalise

NO = re.compile(
    r"不(?:用|要|是|行|对|好|了|办|想|必|需要|可以|记)?|没有?|算了|别|不.{0,4}|还没.{0,6}|没.{0,6}|no|nope|not? .{0,16}|do not|don't.{0,12}",
    re.IGNORECASE,
)
YES = re.compile(
    r"(?:嗯|哦|啊|唉|哎|诶|那|就)*(?:好|是|对|要|行|可以|没问题|接着.{0,3}|继续.{0,3}|就(?:用|打)?这个.{0,3}|记住.{0,2}|解决|同意|愿意|需要|方便|能|会)"
    r"(?:的|好|对|是|吧|啊|呀|了|嘛|呢|要|办|去|来|号码)*(?:谢谢(?:你|您)?)?"
    r"|(?:yes|yeah|yep|sure|ok|okay|right|of course|please do|go on|it is)(?: please| thanks| thank you)?",
    re.IGNORECASE,
)
CANCEL = re.compile(
    r"取消|不去了|去不了|来不了|不来了|不吃了|退掉|退了|不要了|\bcancel|can't come|cannot come|not coming",
    re.IGNORECASE,
)
NOT_CANCELLED = re.compile(r"(?:不|别|莫)(?:要|想|用)?取消|don't cancel|do not cancel", re.IGNORECASE)
NO_CALLS = re.compile(
    r"(?:别|不要|不用|莫)(?:再)?(?:给我)?(?:打|拨|来)(?:电话|过来|了)?|(?:don't|do not|stop) call", re.IGNORECASE
)
GOODBYE = re.compile(r"再见|拜拜|挂了|就这样|没(?:有)?(?:别的)?(?:事|什么)|\bbye|goodbye|that's all", re.IGNORECASE)


def is_goodbye(text: str) -> bool:
    """Does the caller take leave?"""
    return bool(GOODBYE.search(normalise(text)))


def yes_or_no(text: str) -> bool | None:
    """Words that are nothing else but yes or no; None for all others."""
    plain = re.sub(
        r"[\s,。.!?、;:!?,~]+", "" if not re.search("[a-z]", text, re.IGNORECASE) else " ", normalise(text)
    ).strip()
    if YES.fullmatch(plain):
        return True
    return False if NO.fullmatch(plain) else None


def wants_to_cancel(text: str) -> bool:
    """Said when we remind somebody of a booking."""
    plain = normalise(text)
    return bool(CANCEL.search(plain)) and not NOT_CANCELLED.search(plain)


def wants_no_calls(text: str) -> bool:
    """Said when we call somebody."""
    return bool(NO_CALLS.search(normalise(text)))
