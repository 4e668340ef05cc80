"""Who has taken a call of ours: a person, or a machine that keeps what is said? Words and seconds in, an answer out.

Networks and answering machines announce themselves in a few set phrases, so these are matched as forms. What is not among
them is told by its length: a person who picks up says a word or two and waits.
"""

import re

LONG_SECONDS = 6.0
LONG_CHARACTERS, LONG_WORDS = 18, 14
"""Spoken without a pause by whoever picks up. Sound alone, such as a fan, is no speech."""
_ANNOUNCED = re.compile(
    r"您?(?:所)?(?:拨打|拨叫|呼叫)的(?:用户|电话|号码|手机)|(?:用户|电话|号码|手机)(?:已|正|暂|现在|目前)*(?:关机|停机|无法接通|无人接听|不在服务区|是空号)"
    r"|(?:嘀|滴|哔|提示|蜂鸣)[一的]?[声音](?:响)?[之以]?后|(?:请|可以?)(?:您)?留言|(?:语音|留言)(?:信箱|邮箱)|来电(?:秘书|助理|提醒)|机主"
    r"|\b(?:person|number|subscriber|party|customer) (?:that )?you(?: have|'ve)? (?:called|dialed|dialled|are calling|reached)\b"
    r"|\bleave (?:a|your|me a) (?:\w+ )?message\b|\b(?:after|at) the (?:tone|beep)\b|\bvoice ?mail\b|\bmailbox\b"
    r"|\b(?:can(?:not|'t)|unable to) (?:take|come to|answer) (?:your|the) (?:call|phone)\b",
    re.IGNORECASE,
)


def is_machine(text: str, speech_seconds: float) -> bool:
    """`text` is what was said since the call was taken, so far, and how long it was spoken without a pause."""
    if _ANNOUNCED.search(re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", text)):
        return True
    is_long = len(re.findall("[\u4e00-\u9fff]", text)) >= LONG_CHARACTERS or len(text.split()) >= LONG_WORDS
    return is_long and speech_seconds >= LONG_SECONDS
