"""Which page answers a resident's question about the plan, and when to say that the plan does not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.language.zh import synonyms
from bot.language.zh.question_kind import Kind, kinds_of
from bot.services.knowledge.follow_ups import (
    all_of,
    asks_more,
    only_years,
    pages_of,
    pointed_at,
    that_speaks_of,
    topic_of,
)
from bot.services.knowledge.narrow_questions import speaks_of_it
from bot.services.pages.knowledge import Knowledge, Page
from bot.services.pages.search import Hit

Found = tuple[Page, Hit]

OWN_WORDS_NEEDED: frozenset[Kind] = frozenset({"price", "place", "hours", "phone", "documents", "eligibility", "apply"})
"""Who asks for one of these is not helped by anything else."""
VAGUE: frozenset[Kind] = frozenset({"what", "how", "who"})
"""Nearly any question has the words of these; having one of them makes no page an answer."""
KIND_BONUS = 0.04
"""Added to pages that declare the kind of answer asked for; taken from pages that lack a needed one, and from
pages on what the plan leaves out when they are about other kinds of things."""
UNKNOWN_BELOW = {"vectors": 0.32, "words": 0.20}
"""Score, 0 to 1, of a search with vectors and without. Below it no page is about the question."""
SURE_ABOVE = {"vectors": 0.36, "words": 0.24}
"""Score, 0 to 1. Below it two near pages are offered, not told."""
NEAR = 0.03
"""Pages whose scores differ by less are equally near."""
SHORT = {"zh": 8, "en": 4}
"""Characters (Chinese) or words (English). A question up to this long may lean on the one before."""
OFFERED = 2
"""So many near pages are offered where none is an answer."""
QUALITIES = frozenset({"电话", "比例", "人口", "缩短", "目标", "现状"})
"""Subjects that anything may have: asked for alone, they are those of what was talked about."""
NOT_ABOUT_THE_PLAN = "linyu"
"""The topic of pages about this assistant; they need no section of the plan."""

_YEAR = re.compile(r"\d{4}年|[二2][零〇0][二三][零〇一二三四五六七八九]年")
"""Tells when, not of what."""
_LEANS = re.compile(
    r"^(?:那|它|他们?|这|还有|然后)|呢[?？]?$|^(?:and|what about|how about)\b|\b(?:it|they|them|that one)\b", re.I
)


@dataclass(frozen=True)
class PolicyAnswer:
    """What to tell."""

    kind: Literal["answer", "unknown", "choose"]
    page: Page | None
    """answer: the page to tell. unknown: the page that says what the plan leaves out; None when there is none."""
    also: Page | None
    """answer: a page that is as near, to be told as well."""
    choices: tuple[Page, ...]
    """choose: the two nearest pages. unknown: what may be offered instead, where the nearest is only a neighbour."""
    topic: str | None
    """To be kept with the conversation and passed in with the next question."""

    @property
    def sections(self) -> tuple[str, ...]:
        """Sections of the plan behind what is told; empty when the plan does not answer."""
        if self.kind != "answer" or self.page is None:
            return ()
        more = self.also.sections if self.also else ()
        return (*self.page.sections, *(section for section in more if section not in self.page.sections))


def answer(knowledge: Knowledge, question: str, language: str, *, topic: str | None) -> PolicyAnswer:
    """The answer to `question` ("zh" or "en"). `topic`: what the last answer gave as its topic; None at first."""
    told = pages_of(topic, knowledge.pages)
    if pointed := pointed_at(question, told):
        told, question = [pointed[0]], pointed[1]
    topic = told[0].id if told else topic
    kinds = kinds_of(synonyms.plain(question) if language == "zh" else question, language)
    if pointed and not kinds and not asks_more(question, told[0], language):
        return _of_page(told[0])
    leans = pointed is not None or _leans(knowledge, topic, question, language)
    found = _find(knowledge, question, language, topic if leans else None, kinds)
    page, best = found[0]
    by = knowledge.searches_by(language)
    if best.score < UNKNOWN_BELOW[by]:
        return PolicyAnswer("unknown", None, None, (), topic)
    if page.topic == NOT_ABOUT_THE_PLAN:
        return PolicyAnswer("answer", page, None, (), topic)
    if not page.answers_it:
        gap = _gap_page(page.topic, kinds, found)
        return PolicyAnswer("unknown", gap, None, (), page.id if gap else topic)
    if _lacks(page, kinds):
        return PolicyAnswer("unknown", _gap_page(page.topic, kinds, found), None, (), page.id)
    second = _as_near(found)
    if not any(speaks_of_it(all_of(near, language), question, language) for near in (page, second) if near):
        return PolicyAnswer("unknown", _gap_page(page.topic, kinds, found), None, (), page.id)
    if not leans and not knowledge.fits(page, question, language):
        return PolicyAnswer("unknown", None, None, _nearest(found), topic)
    if second and best.score < SURE_ABOVE[by]:
        return PolicyAnswer("choose", None, None, (page, second), topic)
    return PolicyAnswer("answer", page, second, (), topic_of(page, second))


def _of_page(page: Page) -> PolicyAnswer:
    """The page itself, whatever else is near."""
    kind: Literal["answer", "unknown"] = "answer" if page.answers_it else "unknown"
    return PolicyAnswer(kind, page, None, (), page.id)


def _find(knowledge: Knowledge, question: str, language: str, topic: str | None, kinds: Sequence[Kind]) -> list[Found]:
    if topic:
        last = knowledge.pages[topic]
        wanted = asks_more(question, last, language)
        found = knowledge.search(f"{last.title[language]} {question}", language, topic=topic)
        if wanted and found[0][0].id == last.id:
            found = _otherwise(knowledge, question, language, last, wanted, found)
    else:
        found = knowledge.search(question, language)
    weighed = [(page, replace(hit, score=hit.score + _kind_bonus(page, kinds))) for page, hit in found]
    return sorted(weighed, key=lambda item: -item[1].score)


def _otherwise(
    knowledge: Knowledge, question: str, language: str, last: Page, wanted: set[str], found: list[Found]
) -> list[Found]:
    """Who asks for more is not told the same page again: one on its topic that speaks of it, or the question alone."""
    better = that_speaks_of(wanted, last, found, language)
    if better is None:
        return found if language == "en" or only_years(wanted) else knowledge.search(question, language)
    best = found[0][1].score + KIND_BONUS * 2
    return [(better, Hit(better.id, best)), *(one for one in found if one[0].id != better.id)]


def _leans(knowledge: Knowledge, topic: str | None, question: str, language: str) -> bool:
    """Is it about what was just talked about?"""
    return topic in knowledge.pages and _leans_on_the_last(question, language)


def _leans_on_the_last(question: str, language: str) -> bool:
    if language == "zh":
        text = _YEAR.sub("", synonyms.plain(question))
        return len(text) <= SHORT["zh"] and (
            bool(_LEANS.search(question)) or not set(synonyms.subjects(text)) - QUALITIES
        )
    words = synonyms.english_words(question)
    return len(words) <= SHORT["en"] and (bool(_LEANS.search(question)) or len(words) <= 1)


def _kind_bonus(page: Page, kinds: Sequence[Kind]) -> float:
    if not kinds:
        return 0.0
    if _lacks(page, kinds) and page.topic != NOT_ABOUT_THE_PLAN:
        return -KIND_BONUS
    if set(kinds) & set(page.answers) - (set() if page.answers_it else VAGUE):
        return KIND_BONUS
    return 0.0 if page.answers_it or page.topic == NOT_ABOUT_THE_PLAN else -KIND_BONUS


def _lacks(page: Page, kinds: Sequence[Kind]) -> bool:
    """Whether a needed kind is asked for and the page has neither it nor another surely asked for."""
    needed = OWN_WORDS_NEEDED & set(kinds)
    return bool(needed) and not (set(kinds) - VAGUE) & set(page.answers)


def _gap_page(topic: str, kinds: Sequence[Kind], found: Sequence[Found]) -> Page | None:
    """The nearest page of the topic that says that the plan leaves this kind of thing out."""
    pages = (page for page, _ in found if page.topic == topic and not page.answers_it and not _lacks(page, kinds))
    return next(pages, None)


def _nearest(found: Sequence[Found]) -> tuple[Page, ...]:
    """Answers to choose from where the nearest page is none itself."""
    return tuple(page for page, _ in found if page.answers_it and page.topic != NOT_ABOUT_THE_PLAN)[:OFFERED]


def _as_near(found: Sequence[Found]) -> Page | None:
    """The second page, when it is as near as the first and an answer too."""
    (_, best), (page, hit) = found[0], found[1]
    return page if best.score - hit.score < NEAR and page.answers_it else None
