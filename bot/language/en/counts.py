"""How many people or portions English words tell of, beyond a plain number."""

import re

from bot.language.zh.numbers import read_english_number

_N = r"(?:\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten)"
_HEADS = re.compile(
    rf"\b(?P<n>{_N}) (?:more |other |old |small |young |elderly )?(?:adults?|children|child|kids?|friends?|boys?|girls?|seniors?|women|woman|men|man|persons?|people|guests?|others?|parents|neighbou?rs|colleagues?)\b",
    re.I,
)
_AND_ME = re.compile(r"\b(?:me|i|myself),? (?:and|plus|with|\+|(?<=, )my) |\b(?:and|plus|with) (?:me|i|myself)\b", re.I)
_INCLUDING = re.compile(
    rf"\b(?P<n>{_N})(?: people| persons| in (?:all|total))?,? (?:including|with|counting) (?:me|myself)\b", re.I
)
_DOZEN = re.compile(r"\b(?P<half>half )?a dozen\b", re.I)
_TWO = re.compile(r"\b(?:a couple(?! of (?:days|weeks|hours))|a pair|both|the two of (?:us|them)|couple)\b", re.I)
_ALONE = re.compile(
    r"\b(?:(?:just|only) (?:me|myself|one|1|i)|by myself|on my own|alone|myself|single|nobody else|no one else|just the one)\b|^(?:it's |its )?me[.! ]*$",
    re.I,
)
_KIN = re.compile(
    r"\b(?:my|our|his|her) (?:mother|father|mum|mom|dad|grand\w+|wife|husband|son|daughter|child|friend|sister|brother|aunt|uncle|partner|baby|neighbou?r|roommate|colleague)\b(?!'s)",
    re.I,
)


def english_count(text: str) -> int | None:
    """The number of people in the answer to “how many”; None where none is told."""
    if match := _INCLUDING.search(text):
        return read_english_number(match["n"])
    if match := _DOZEN.search(text):
        return 6 if match["half"] else 12
    heads = [read_english_number(match["n"]) or 0 for match in _HEADS.finditer(text)]
    with_me = bool(_AND_ME.search(text))
    if heads and (with_me or len(heads) > 1):
        return sum(heads) + with_me + len(_KIN.findall(text))
    kin = len(_KIN.findall(text))
    if kin and with_me:
        return kin + 1
    if _TWO.search(text):
        return 2
    return 1 if _ALONE.search(text) else None
