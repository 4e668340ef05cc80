"""Words of danger, looked for before anything else, so that no form and no fault can swallow them.

Only words that mean danger now: a fire drill, a blocked fire lane or 「热死了」 are none. What these words miss,
the classifier's goal `emergency` catches.
"""

import re
from typing import Literal

from bot.language.text import normalise

Danger = Literal["medical", "fire", "police", "crisis", "any"]

CRISIS = re.compile(
    r"(?:我|真的?|就|都)?(?:不想活|活不下去|想(?:去)?死(?!你|他|她|那|这)|自杀|轻生|寻短见|跳楼|割腕)|"
    r"\b(?:kill myself|suicide|want to die|end my life)\b",
    re.IGNORECASE,
)
FIRE = re.compile(
    r"(?:着|起|失)火(?:了|啦|哒)|火(?:很大|烧起来)|(?:煤气|燃气|天然气|液化气|瓦斯).{0,6}(?:泄漏|漏气?了|味(?:道)?(?:很|好|蛮)?[大重浓])|"
    r"\b(?:on fire|house is burning|gas leak|smell(?:s)? of gas|smell gas|leaking gas)\b",
    re.IGNORECASE,
)
POLICE = re.compile(
    r"(?:在|正|要)?(?:拿着?刀|持刀|砍人|杀人|抢劫|入室|绑架)|(?:老公|老婆|男人|丈夫|儿子|有人|他).{0,4}(?:打我|要打死|掐我|追我|撬门|闯进)|"
    r"(?:孩子|小孩|伢|孙子|孙女).{0,6}(?:不见了|走丢了?|丢了|找不到了)|"
    r"\b(?:with a knife|breaking in(?:to)?|is beating|is hitting me|robbing|robbed me|child is missing|being attacked)\b",
    re.IGNORECASE,
)
MEDICAL = re.compile(
    r"救命|胸(?:口)?(?:很|好|蛮|特别)?[痛疼闷](?!的药)|心口(?:痛|疼)|喘不(?:过|上)(?:来)?气|(?:没|冇得?)(?:有)?(?:呼吸|气)了|"
    r"晕(?:倒|过去)|昏(?:倒|迷|过去|死)|不省人事|叫不醒|没反应了|大出血|血止不住|流了(?:好多|很多|蛮多)血|"
    r"(?:摔|跌)(?:倒|伤|跤|了).{0,10}(?:起不来|爬不起来|动不了|不能动)|抽搐|口吐白沫|中毒了?|喝了农药|溺水|掉(?:到|进)(?:河|水|湖|塘)里|触电了|噎(?:住|到)了|"
    r"\b(?:chest pain|can(?:no|')?t breathe|not breathing|unconscious|passed out|heart attack|stroke|bleeding (?:a lot|badly)|"
    r"fell and can(?:no|')?t|overdose|poisoned|drowning|choking|call an ambulance|help me please)\b",
    re.IGNORECASE,
)
NOT_NOW = re.compile(
    r"演练|演习|讲座|知识|宣传|培训|怎么办理|证明|通道|栓|器|保险|以前|去年|前年|上个?月|上次|电视|电影|新闻|故事|小说|游戏|"
    r"\b(?:drill|insurance|last (?:year|month|week)|movie|on tv|in a film|story)\b",
    re.IGNORECASE,
)


def danger_in(text: str) -> Danger | None:
    """The kind of danger that the words tell of now, or None."""
    plain = normalise(text)
    if CRISIS.search(plain):
        return "crisis"
    if NOT_NOW.search(plain):
        return None
    kinds: tuple[tuple[Danger, re.Pattern[str]], ...] = (("fire", FIRE), ("medical", MEDICAL), ("police", POLICE))
    return next((kind for kind, words in kinds if words.search(plain)), None)
