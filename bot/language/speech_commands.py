"""Wishes about our own speaking that are said in a few fixed ways: faster, at the usual speed, more quietly.

“Slower” and “louder” are said in many more ways; Rasa knows those.
"""

import re
from typing import Literal

from bot.language.text import normalise

FinerCommand = Literal["faster", "normal_pace", "quieter"]

_PLEASE = r"(?:请|麻烦[你您]?|那|嗯|唉|哎|好的?|可以|可不可以|能不能|能|帮我|把)*+(?:你|您)?"
_END = r"(?:点|一点|一点点|些|一些|一下|一哈|点儿|一点儿)?(?:吧|吗|嘛|好吗|好不好|行吗|可以吗|可以|啊|咯|撒|哈|就好|就行|谢谢)*"
_SAY = r"(?:说话|说|讲话|讲|读|念|报)"
_AGAIN = r"(?:再|稍微|稍)?"
FASTER = re.compile(
    rf"{_PLEASE}(?:{_AGAIN}{_SAY}(?:得)?{_AGAIN}快|{_AGAIN}快(?:点|一点|些|一些)(?:儿)?{_SAY}"
    rf"|(?:说话|讲话)?(?:的)?(?:语速|速度){_AGAIN}(?:放|调|加|可以)*快|加快(?:语速|速度)|(?:语速|速度)太慢了?|{_SAY}得?太慢了?){_END}"
)
NORMAL = re.compile(
    rf"{_PLEASE}(?:(?:用|按|恢复|恢复到|回到|换回|改回|调回|调到|变回)*(?:正常|原来|平常|平时|一般|普通|默认)的?(?:语速|速度)(?:{_SAY})?"
    rf"|(?:语速|速度)(?:恢复|调回|变回|改回|恢复到)*(?:正常|原来|原样|默认)(?:的)?|正常{_SAY}|不用(?:{_SAY})?(?:那么|这么)慢了?){_END}"
)
QUIETER = re.compile(
    rf"{_PLEASE}(?:{_AGAIN}(?:{_SAY})?(?:得)?{_AGAIN}(?:小声|轻声|小点声|小一点声)|(?:声音|音量|嗓门){_AGAIN}(?:放|调|开|可以)*(?:小|低|轻)"
    rf"|{_AGAIN}(?:调|放|开)(?:小|低)(?:点|一点)?(?:声音|音量)|(?:声音|音量)太(?:大|响|吵)了?|太大声了?"
    rf"|(?:不用|别|不要)(?:{_SAY})?(?:那么|这么)大声){_END}"
)
BARE_FASTER = re.compile(rf"{_PLEASE}{_AGAIN}快(?:点|一点|些|一些)(?:吧|吗|嘛|啊|咯|撒|哈|就好|就行)*")
"""Also “hurry up”, or nearly one o'clock; it counts only where nothing of that kind was asked."""
AMBIGUOUS_AFTER = ("time", "date", "description")
ABOUT_SPEAKING = re.compile(r"说|讲|读|念|语速|speak|talk", re.IGNORECASE)
"""“声音太大了” answers the question what the trouble is."""

_ENGLISH_PLEASE = r"(?:please |can you |could you |would you |ok |okay )*"
_ENGLISH_END = r"(?: please| again| now)*"
ENGLISH: dict[FinerCommand, re.Pattern[str]] = {
    "faster": re.compile(
        rf"{_ENGLISH_PLEASE}(?:(?:speak|talk|go|say it|read) )?(?:a (?:bit|little) )?(?:faster|quicker|more quickly){_ENGLISH_END}"
        rf"|{_ENGLISH_PLEASE}speed up{_ENGLISH_END}|(?:that is |that's |you speak )?too slow(?:ly)?"
    ),
    "normal_pace": re.compile(
        rf"{_ENGLISH_PLEASE}(?:speak |talk |go back to |back to )?(?:at |in )?(?:the |a |your )?(?:normal|usual) (?:speed|pace|rate){_ENGLISH_END}"
        rf"|{_ENGLISH_PLEASE}(?:speak|talk) normally{_ENGLISH_END}"
    ),
    "quieter": re.compile(
        rf"{_ENGLISH_PLEASE}(?:(?:speak|talk|be) )?(?:a (?:bit|little) )?(?:quieter|softer|more quietly|more softly|less loud(?:ly)?|not so loud){_ENGLISH_END}"
        rf"|{_ENGLISH_PLEASE}(?:lower your voice|turn (?:it|the volume) down){_ENGLISH_END}|(?:that is |that's |you are |you're )?too loud"
    ),
}


def finer_command_in(text: str, awaiting: str | None = None) -> FinerCommand | None:
    """The wish, when the whole sentence is nothing else; `awaiting` is what was asked last."""
    plain = re.sub(r"[\s,。.!?、;:!?,~]+", "", normalise(text))
    if not plain or (awaiting == "description" and not ABOUT_SPEAKING.search(normalise(text))):
        return None
    if NORMAL.fullmatch(plain):
        return "normal_pace"
    if FASTER.fullmatch(plain):
        return "faster"
    if QUIETER.fullmatch(plain):
        return "quieter"
    if BARE_FASTER.fullmatch(plain) and awaiting not in AMBIGUOUS_AFTER:
        return "faster"
    english = re.sub(r"[^a-z' ]+", " ", normalise(text).lower())
    english = " ".join(english.split())
    return next((wish for wish, pattern in ENGLISH.items() if pattern.fullmatch(english)), None)
