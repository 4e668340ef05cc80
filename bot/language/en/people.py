"""Names of people in English words, in any script of Latin letters: said, spelled, explained, in either order."""

import re
from collections.abc import Sequence

_L = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_WORD = rf"[{_L}][{_L}'’-]*"
_MORE = rf"(?-i: (?:[A-Z\u00c0-\u00de]|(?:van|von|de|da|del|bin|al|el|la|le) )[{_L}'’.-]*){{0,4}}"
"""Further words of a name have a capital, or stand before one."""
SAID = re.compile(
    rf"\b(?:my (?:full |chinese |english |own )?name is|my name's|name:|i am called|call me|in the name of|under the name(?: of)?)\s+(?P<name>{_WORD}{_MORE})",
    re.I,
)
_PLACE = r"(?:\w+ ){0,3}(?:road|street|community|avenue|village|park|school|hospital|building|district|city|lane|hall|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
I_AM = re.compile(
    rf"\b(?:i'm|i am|this is)\s+(?P<name>(?!{_PLACE})(?-i:[A-Z])[{_L}'’-]+(?-i: [A-Z][{_L}'’.-]*){{1,3}})(?=$|[,.!?;]| (?:from|and|calling|here|speaking|again)\b)",
    re.I,
)
"""Two words with capitals at least: who says “I'm Brazilian” tells no name."""
_LOWER = re.compile(
    rf"^{_WORD}(?: (?!(?:and|i|from|calling|here|speaking|please|my|the|a|in|at|for|with|phone|number|it|is|on|want|would|to|not)\b)[{_L}'’-]+){{1,2}}",
    re.I,
)
"""Spoken names have no capitals."""
_FAMILY = re.compile(rf"\b(?:last|family|sur) ?name(?: is|'s|:)? (?P<name>{_WORD})", re.I)
_GIVEN = re.compile(rf"\b(?:first|given|fore) ?name(?: is|'s|:)? (?P<name>{_WORD}{_MORE})", re.I)
_SPELLED = re.compile(r"(?<![A-Za-z])[A-Za-z](?:(?: ?[-.,] ?| )(?:double )?[A-Za-z](?![A-Za-z])){2,}\.?")
_AROUND = re.compile(
    r"^(?:(?:hi|hello|hey|yes|yeah|yep|ok|okay|well|sure|so|um+|uh+|er+|oh|ah|right|please|of course|just|only|simply|also|and|but|it should be"
    r"|(?:that is|that's|it is|it's|it would be|that would be|i am called|i am|i'm|this is|here is|call me|i go by)"
    r"|(?:my |the |his |her |our |(?:my|the) (?:mother|father|son|daughter|wife|husband|mum|mom|dad|grandma|grandmother|grandfather|child|kid|boy|girl)'s )?(?:full |chinese |english |own |whole )?name(?: is|'s|:|\?)?"
    r"|(?:you can |you may |you could |can you |could you )?(?:put|use|write|note|sign|book|register|enter|say|type)(?: it| me| down| under| with| in| as)*(?: (?:my|his|her|the|our) (?:own )?name\b)?(?:,|:| is)?"
    r"|(?:put it |book it )?(?:under|for|in)(?: the name(?: of)?)?|user(?: ?name)?|registered as)\b|[,.:;!? ])+"
    r"|(?:(?:is (?:my|the|his|her) (?:full |chinese |english )?name|is fine|is ok(?:ay)?|will do|is enough|speaking|here|calling|please|thanks|thank you|in full|that's (?:my|the|his|her) (?:\w+ )?name|with an? [A-Za-z]|from \w+)\b|[,.:;!? ])+$",
    re.I,
)
_NO_NAME = re.compile(
    r"\b(?:no|not|yes|yeah|ok|okay|why|what|how|who|where|when|which|cancel|stop|help|human|agent|person|please|want|need|don't|thanks?|hello|hi|sorry|repeat|can|could|do|is|are|am|was|will|would|the|this|that|anonymous|skip|same|before|phone|number|name|spell|it|you|your|me|my|myself|tomorrow|today|tonight|morning|afternoon|evening|monday|tuesday|wednesday|thursday|friday|saturday)\b",
    re.I,
)
_TITLES = "mr|mrs|ms|miss|dr|prof|st|jr|sr"
LONGEST = 5
"""Words."""


def bare_english_name(text: str) -> str | None:
    """The name in an answer to the question for it; None where there is none.

    Of “Becker. Thomas Becker” the fuller one counts, of a spelled one the word; family and given name are told apart.
    """
    text = re.sub(r"\s*\([^)]*\)", lambda found: "," + found[0].strip(" ()"), text)
    family, given = _FAMILY.search(text), _GIVEN.search(text)
    spelled = [_joined(found[0]) for found in _SPELLED.finditer(text)]
    if given or family:
        words = [found["name"].strip(" .") for found in (given, family) if found]
        rest = _pieces(_SPELLED.sub(",", _FAMILY.sub(",", _GIVEN.sub(",", text))))
        if len(words) == 1 and (other := next((one for one in rest if one.lower() != words[0].lower()), None)):
            words = [words[0], other] if given else [other, words[0]]
        return " ".join(words)
    return _fullest(_pieces(_SPELLED.sub(",", text)), spelled)


def find_english_name(text: str, *, asked: bool) -> str | None:
    """A name that is said as one; `asked`: a bare answer counts."""
    if asked and (bare := bare_english_name(text)):
        return bare
    for pattern in (SAID, I_AM):
        if match := pattern.search(text):
            spoken = _LOWER.match(text[match.start("name") :]) if match["name"].islower() else None
            return (spoken[0] if spoken else match["name"]).strip(" .")
    return None


def _pieces(text: str) -> list[str]:
    """What may be names, in order: cut at commas, and at full stops behind a whole word."""
    cut = re.sub(rf"(?<=[{_L}]{{3}})\.(?= )", ",", re.sub(rf"\b({_TITLES})\.", r"\1", text, flags=re.I))
    found = []
    for piece in re.split(r"[,;!?/]| - ", cut):
        bare = _AROUND.sub("", piece.strip())
        bare = _AROUND.sub("", bare)
        if re.fullmatch(rf"[{_L}][{_L} .'’·-]{{1,50}}", bare) and _may_be_one(bare):
            found.append(bare)
    return found


def _may_be_one(words: str) -> bool:
    parts = words.split()
    if len(parts) > LONGEST:
        return False
    capitals = len(parts) > 1 and all(part[:1].isupper() for part in parts)
    return capitals or not _NO_NAME.search(words)


def _fullest(pieces: Sequence[str], spelled: Sequence[str]) -> str | None:
    """The first name, or a later one that holds it; two single words make one name; else what was spelled."""
    if not pieces:
        return " ".join(spelled) or None
    first = pieces[0]
    fuller = next((one for one in pieces[1:] if first.lower() in one.lower().split() and len(one) > len(first)), None)
    if fuller:
        return fuller
    if (
        len(pieces) > 1
        and " " not in first + pieces[1]
        and pieces[1][:1].isupper()
        and first.lower() != pieces[1].lower()
    ):
        return f"{first} {pieces[1]}"
    return first


def _joined(letters: str) -> str:
    """Okafor of O-K-A-F-O-R; S-M-double-T of Smtt."""
    signs: list[str] = []
    twice = False
    for word in re.findall(r"double|[A-Za-z]", letters, re.I):
        if word.lower() == "double":
            twice = True
        else:
            signs.extend([word] * (2 if twice else 1))
            twice = False
    return "".join(signs).capitalize()
