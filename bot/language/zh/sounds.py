"""How Chinese words sound, roughly: what recognisers and people of Hubei mix up counts as the same sound."""

import re
from functools import cache

from pypinyin import lazy_pinyin


def syllables(text: str) -> list[str]:
    """Syllables of the Chinese characters: 那里 and 拉里 → ["la", "li"]; n and l, zh and z, in and ing are one."""
    return [_rough(character) for character in re.findall("[\u4e00-\u9fff]", text)]


@cache
def _rough(character: str) -> str:
    """Of one character's readings the commonest; one reading for a character is enough to compare by."""
    syllable = lazy_pinyin(character)[0]
    syllable = re.sub("^([zcs])h", r"\1", syllable)
    syllable = re.sub("^[nr](?=.)", "l", syllable)
    return re.sub("(?<=[aei])ng$", "n", syllable)
