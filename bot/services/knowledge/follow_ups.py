"""What a question means that leans on the one before: 它, 那个, 前面那个, 2025年呢."""

import re
from collections.abc import Sequence

from bot.language.zh import synonyms
from bot.services.pages.knowledge import Page
from bot.services.pages.search import Hit

Found = tuple[Page, Hit]

BETWEEN = "|"
"""Between two pages that were told together, as the topic of a conversation."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_POINTS = (
    re.compile(r"(?:前面|前头|头)(?:那|的|一)?个?|前一个|第一个|\bthe (?:former|first)(?: one)?\b|\bformer\b", re.I),
    re.compile(r"(?:后面|后头)(?:那|的|一)?个?|后一个|第二个|\bthe (?:latter|second)(?: one)?\b|\blatter\b", re.I),
)
"""To the first and to the second of two."""
_NO_SUBJECT = frozenset(
    [
        "what",
        "about",
        "it",
        "they",
        "them",
        "that",
        "one",
        "ones",
        "when",
        "how",
        "much",
        "many",
        "more",
        "and",
        "come",
        "next",
        "now",
        "then",
        "there",
        "really",
    ]
)


def topic_of(page: Page, also: Page | None) -> str:
    """To be kept with the conversation."""
    return page.id + (BETWEEN + also.id if also else "")


def pages_of(topic: str | None, pages: dict[str, Page]) -> list[Page]:
    """What was last told, in its order."""
    return [pages[one] for one in (topic or "").split(BETWEEN) if one in pages]


def pointed_at(question: str, told: Sequence[Page]) -> tuple[Page, str] | None:
    """Which of two pages that were told is pointed at, and the rest of the question."""
    if len(told) < 2:
        return None
    for page, points in zip(told, _POINTS, strict=False):
        if points.search(question):
            return page, points.sub("", question)
    return None


def asks_more(question: str, last: Page, language: str) -> set[str]:
    """Subjects and years in the question that the page last told does not speak of."""
    return _names(question, language) - _of(last, language)


def that_speaks_of(wanted: set[str], last: Page, found: Sequence[Found], language: str) -> Page | None:
    """The nearest page on the same topic that does."""
    near = (page for page, _ in found if page.topic == last.topic and page.id != last.id)
    return next((page for page in near if wanted <= _of(page, language)), None)


def only_years(wanted: set[str]) -> bool:
    return all(_YEAR.fullmatch(one) for one in wanted)


def _of(page: Page, language: str) -> set[str]:
    """Subjects that it is asked by or speaks of; years that it speaks of."""
    asked = {one for one in _names(all_of(page, language), language) if not _YEAR.fullmatch(one)}
    return asked | set(_YEAR.findall(f"{page.title[language]} {page.text[language]}"))


def _names(text: str, language: str) -> set[str]:
    years = set(_YEAR.findall(text))
    if language == "zh":
        return years | set(synonyms.subjects(synonyms.plain(text)))
    return years | {word for word in synonyms.english_words(text) if word not in _NO_SUBJECT and not word.isdigit()}


def all_of(page: Page, language: str) -> str:
    """Everything that the page says or is asked by."""
    return " ".join([page.title[language], page.text[language], *page.questions[language]])
