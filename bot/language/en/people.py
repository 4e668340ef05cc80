"""Names of people in English words, in any script of Latin letters: said, spelled, explained, in either order."""

import re
from collections.abc import Sequence

from bot.language.names.carriers import WANTED
from bot.language.names.marked import MORE, WORD, is_led_to
from bot.language.names.tagger import names_in

_FAMILY = re.compile(rf"\b(?:last|family|sur) ?name(?: is|'s|:)? (?P<name>{WORD})", re.I)
_GIVEN = re.compile(rf"\b(?:first|given|fore) ?name(?: is|'s|:)? (?P<name>{WORD}{MORE})", re.I)
_SPELLED = re.compile(r"(?<![A-Za-z])[A-Za-z](?:(?: ?[-.,] ?| )(?:double )?[A-Za-z](?![A-Za-z])){2,}\.?")
_TITLE = re.compile(r"\b(mr|mrs|ms|miss|dr|prof)\.? $", re.I)


def find_english_name(text: str, *, awaiting: str | None) -> str | None:
    """The name to write, in answer to the question for `awaiting`; None where there is none.

    Of “Becker. Thomas Becker” the fuller one counts, of a spelled one the word; family and given name are told apart.
    """
    family, given = _FAMILY.search(text), _GIVEN.search(text)
    spelled = [_joined(found[0]) for found in _SPELLED.finditer(text)] if awaiting == "name" else []
    if (given or family) and awaiting in ("name", "confirmation"):
        words = [found["name"].strip(" .") for found in (given, family) if found]
        rest = _pieces(_SPELLED.sub(",", _FAMILY.sub(",", _GIVEN.sub(",", text))), awaiting)
        if len(words) == 1 and (other := next((one for one in rest if one.lower() != words[0].lower()), None)):
            words = [words[0], other] if given else [other, words[0]]
        return " ".join(words)
    return _fullest(_pieces(_SPELLED.sub(",", text) if spelled else text, awaiting), spelled)


def _pieces(text: str, awaiting: str | None) -> list[str]:
    """The names to write, in order, each with the title before it."""
    found = []
    for one in names_in(text, awaiting):
        if one.kind == WANTED and (awaiting == "name" or is_led_to(text, one.start, one.end)):
            title = _TITLE.search(text[: one.start])
            found.append((f"{title[1]} " if title else "") + text[one.start : one.end].strip(" ."))
    return found


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
