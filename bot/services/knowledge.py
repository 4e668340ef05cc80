"""The knowledge pages: one Markdown file per answer, in data/knowledge/."""

from dataclasses import dataclass
from pathlib import Path

import frontmatter

from bot.language import encoder
from bot.services.knowledge_search import Hit, Index

PLAN_TITLE = {"zh": "大冶街道改革方案", "en": "Daye Subdistrict reform plan"}


@dataclass(frozen=True)
class Page:
    """One answer, for the eye and the ear, in both languages."""

    id: str
    topic: str
    title: dict[str, str]
    text: dict[str, str]
    spoken: dict[str, str]
    sections: tuple[str, ...]
    """Sections of the plan that say so; empty when the plan does not answer."""
    answers: tuple[str, ...]
    """Kinds of question it answers, such as "count" or "price"."""
    questions: dict[str, tuple[str, ...]]


def read_page(path: Path) -> Page:
    """Raises ValueError with the file's name when a part is missing."""
    post = frontmatter.load(str(path))
    parts: dict[str, str] = {}
    for block in f"\n{post.content}".split("\n## ")[1:]:
        heading, _, body = block.partition("\n")
        parts[heading.strip()] = body.strip()
    try:
        return Page(
            id=str(post["id"]),
            topic=str(post["topic"]),
            title={"zh": str(post["title"]), "en": str(post["title_en"])},
            text={"zh": parts["中文"], "en": parts["English"]},
            spoken={"zh": parts["中文·听"], "en": parts["English, spoken"]},
            sections=tuple(str(section) for section in post["sections"]),
            answers=tuple(post["answers"]),
            questions={"zh": _items(parts["问法"]), "en": _items(parts["Questions"])},
        )
    except KeyError as missing:
        raise ValueError(f"{path.name} lacks {missing}") from missing


def _items(markdown: str) -> tuple[str, ...]:
    return tuple(line[2:].strip() for line in markdown.splitlines() if line.startswith("- "))


class Knowledge:
    """All pages, and the search over them. Built once at start (about a second without vectors)."""

    def __init__(self, pages: list[Page], sentence_encoder: encoder.SentenceEncoder | None = None) -> None:
        self.pages = {page.id: page for page in pages}
        self._indexes = {
            language: Index(
                [(page.id, (page.title[language], *page.questions[language])) for page in pages],
                sentence_encoder,
            )
            for language in ("zh", "en")
        }

    def search(self, question: str, language: str, *, topic: str | None = None) -> list[tuple[Page, Hit]]:
        """Pages that may answer, best first; pages on `topic` come a little easier."""
        hits = self._indexes[language].search(question)
        if topic:
            hits = [
                Hit(hit.page, hit.score + TOPIC_BONUS) if self.pages[hit.page].topic == topic else hit
                for hit in hits
            ]
            hits.sort(key=lambda hit: -hit.score)
        return [(self.pages[hit.page], hit) for hit in hits[:5]]


TOPIC_BONUS = 0.12
"""A follow-up such as 「那要钱吗」 leans on what was just talked about."""


def load(folder: Path, sentence_encoder: encoder.SentenceEncoder | None = None) -> Knowledge:
    """Every page below `folder`."""
    return Knowledge([read_page(path) for path in sorted(folder.glob("*.md"))], sentence_encoder)
