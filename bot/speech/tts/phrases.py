"""A reply cut into phrases, so that the first can be heard while the next is rendered.

A sentence is always cut in the same way, whatever stands around it: so the sentences of fixed replies are found again.
Only the first one of a reply is cut short; where it begins with clauses that lie ready (我念一遍:), behind these.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, takewhile

FIRST_LENGTH = 12
"""Characters of Chinese; English has three times as many for the same time."""
LONGEST = 40
_ENGLISH_FACTOR = 3
_NUMERAL = "零〇一二三四五六七八九十百千万亿点幺两半"
_EN_NUMERAL = r"(?:zero|one|two|three|four|five|six|seven|eight|nine)"
_SENTENCE_END = re.compile(r"[。！？!?；;…\n]+[”’\"')）]*\s*|\.+[”’\"')]*(?:\s+|$)")
_CLAUSE_END = re.compile(r"[，,、：:]+\s*")
_WORD_END = re.compile(r"\s+|[的了]")
_LATIN_WORD = re.compile("[A-Za-z0-9]{2}")
_ABBREVIATED = re.compile(r"(?:\b[A-Za-z]|\b(?:No|Mr|Mrs|Ms|Dr|St|Rd|etc|vs))\.\s*$")


def cut(text: str, lies_ready: Callable[[str], bool] = lambda phrase: False) -> list[str]:
    """Phrases that joined are the text. Every phrase has something to say, unless the whole text has nothing."""
    phrases: list[str] = []
    for sentence in _pieces(text, _SENTENCE_END):
        phrases += _within(sentence, LONGEST * _factor(sentence)) if phrases else _first_sentence(sentence, lies_ready)
    return _only_speakable(phrases)


def sentence_begin(phrases: Sequence[str], index: int) -> int:
    """Of the phrase at `index` or before it: the one with which its sentence begins."""
    while 0 < index < len(phrases) and not _SENTENCE_END.search(phrases[index - 1][-8:]):
        index -= 1
    return index


def speakable(text: str) -> bool:
    """False for nothing but signs and pictures."""
    return re.search(r"[^\W_]", text) is not None


def fixed_phrases(texts: Iterable[str], templates: Iterable[str] = ()) -> list[str]:
    """Every phrase of these texts, in their order, once.

    Of templates, texts with {slots}, what stands before the first of them, and those sentences that hold none.
    """
    templates = list(templates)
    phrases = [phrase for text in texts for phrase in cut(text)] + leads(templates)
    for template in templates:
        sentences = [sentence for sentence in _pieces(template, _SENTENCE_END) if not re.search("[{}]", sentence)]
        phrases += [phrase for sentence in sentences for phrase in _within(sentence, LONGEST * _factor(sentence))]
    return list(dict.fromkeys(phrase for phrase in phrases if speakable(phrase)))


def leads(templates: Iterable[str]) -> list[str]:
    """The clauses with which templates begin before their first slot, each once: with them a personal reply can begin at once."""
    begun = []
    for template in templates:
        first = next(iter(_pieces(template, _SENTENCE_END)), "")
        clauses = _pieces(first, _CLAUSE_END)
        begun.append("".join(takewhile(lambda clause: not re.search("[{}]", clause), clauses)) if "{" in first else "")
    return list(dict.fromkeys(lead for lead in begun if speakable(lead)))


def _factor(text: str) -> int:
    return 1 if re.search("[\u3400-\u9fff]", text) else _ENGLISH_FACTOR


def _pieces(text: str, end: re.Pattern[str]) -> list[str]:
    pieces, start = [], 0
    for match in end.finditer(text):
        if _may_cut(text, match.start(), match.end()):
            pieces.append(text[start : match.end()])
            start = match.end()
    return [piece for piece in (*pieces, text[start:]) if piece]


def _may_cut(text: str, start: int, end: int) -> bool:
    """Not between the groups of a number, and not after an abbreviation."""
    before, after = text[:start], text[end:]
    if before[-1:] and before[-1] in _NUMERAL and after[:1] and after[0] in _NUMERAL and text[start] in ",，、":
        return False
    if before[-1:].isdigit() and after[:1].isdigit():
        return False
    if text[start] in ",，" and re.search(_EN_NUMERAL + r"$", before) and re.match(_EN_NUMERAL + r"\b", after):
        return False
    return not _ABBREVIATED.search(text[:end].rstrip() + " ") if text[start] == "." else True


def _first_sentence(sentence: str, lies_ready: Callable[[str], bool]) -> list[str]:
    """Begun shortly; and behind the clauses that lie ready as one phrase, where the whole does not."""
    usual = _begun_shortly(sentence)
    if all(lies_ready(phrase) for phrase in usual):
        return usual
    starts = list(accumulate(_pieces(sentence, _CLAUSE_END)))[:-1]
    ready = next((start for start in reversed(starts) if lies_ready(start)), "")
    return [ready, *_begun_shortly(sentence[len(ready) :])] if ready else usual


def _begun_shortly(sentence: str) -> list[str]:
    start = _short_start(sentence)
    return ([start] if start else []) + _within(sentence[len(start) :], LONGEST * _factor(sentence))


def _short_start(sentence: str) -> str:
    """The first clauses of the first sentence: as many as are short enough, at least one. Empty when it is short."""
    longest = FIRST_LENGTH * _factor(sentence)
    if len(sentence) <= longest:
        return ""
    clauses = _pieces(sentence, _CLAUSE_END)
    start = clauses[0]
    for clause in clauses[1:]:
        if len(start) + len(clause) > longest:
            break
        start += clause
    return start if len(start) < len(sentence) and len(start) <= LONGEST * _factor(sentence) else ""


def _within(sentence: str, longest: int) -> list[str]:
    """The sentence in about equal pieces of clauses that are short enough."""
    if not sentence:
        return []
    if len(sentence) <= longest:
        return [sentence]
    pieces = [""]
    aim = len(sentence) / -(-len(sentence) // longest)
    for clause in _pieces(sentence, _CLAUSE_END):
        for part in _words(clause, longest):
            if pieces[-1] and (len(pieces[-1]) + len(part) > longest or len(pieces[-1]) >= aim):
                pieces.append("")
            pieces[-1] += part
    return pieces


def _words(clause: str, longest: int) -> list[str]:
    """A clause without a comma that is still too long, cut between words and never within a number."""
    parts = []
    while len(clause) > longest:
        ends = [match.end() for match in _WORD_END.finditer(clause, longest // 2, longest)] or [longest]
        end = next((end for end in reversed(ends) if not _in_number(clause, end)), longest)
        while end < len(clause) and (_in_number(clause, end) or _LATIN_WORD.fullmatch(clause, end - 1, end + 1)):
            end += 1
        parts.append(clause[:end])
        clause = clause[end:]
    return [*parts, clause] if clause else parts


def _in_number(text: str, position: int) -> bool:
    return text[position - 1] in _NUMERAL and position < len(text) and text[position] in _NUMERAL


def _only_speakable(phrases: list[str]) -> list[str]:
    """What has nothing to say joins its neighbour."""
    joined: list[str] = []
    for phrase in phrases:
        if joined and not (speakable(phrase) and speakable(joined[-1])):
            joined[-1] += phrase
        else:
            joined.append(phrase)
    return joined
