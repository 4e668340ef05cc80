"""The knowledge pages: one Markdown file per answer, in data/knowledge/."""

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

import frontmatter
import yaml

from bot.services.pages import page_fit
from bot.services.pages.nearness import left_out, nearness
from bot.services.pages.page_fit import PageFit, beyond_the_plan
from bot.services.pages.search import Entry, Evidence, Hit, Index, Meaning
from bot.services.pages.vectors import Array, Encoder, vectors_of


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
    local: bool = False
    """Staff answer here what the plan does not say. Without it, a page without sections says that the plan leaves it out."""

    @property
    def answers_it(self) -> bool:
        """The plan, or staff, stand behind it."""
        return bool(self.sections) or self.local


def read_page(path: Path) -> Page:
    """Raises ValueError with the file's name when a part is missing."""
    return parse_page(path.read_text("utf-8"), path.name)


def parse_page(text: str, name: str) -> Page:
    """Raises ValueError with `name` when a part is missing."""
    try:
        post = frontmatter.loads(text)
        parts: dict[str, str] = {}
        for block in f"\n{post.content}".split("\n## ")[1:]:
            heading, _, body = block.partition("\n")
            parts[heading.strip()] = body.strip()
        return Page(
            id=str(post["id"]),
            topic=str(post["topic"]),
            title={"zh": str(post["title"]), "en": str(post["title_en"])},
            text={"zh": parts["中文"], "en": parts["English"]},
            spoken={"zh": parts["中文·听"], "en": parts["English, spoken"]},
            sections=_strings(post["sections"]),
            answers=_strings(post["answers"]),
            questions={"zh": _items(parts["问法"]), "en": _items(parts["Questions"])},
            local=bool(post.get("local", False)),
        )
    except KeyError as missing:
        raise ValueError(f"{name} lacks {missing}") from missing
    except yaml.YAMLError as error:
        raise ValueError(f"{name} does not begin with readable facts") from error


def page_file(page: Page, *, owner: str, reviewed: date) -> str:
    """The page as a file of data/knowledge holds it; parse_page reads it back."""
    facts = {"id": page.id, "topic": page.topic, "title": page.title["zh"], "title_en": page.title["en"]}
    head = "".join(yaml.safe_dump({name: value}, allow_unicode=True, width=10_000) for name, value in facts.items())
    head += f"sections: {json.dumps(page.sections)}\nanswers: [{', '.join(page.answers)}]\n"
    if not page.sections:
        head += f"local: {str(page.local).lower()}\n"
    head += yaml.safe_dump({"owner": owner, "reviewed": reviewed}, allow_unicode=True, width=10_000)
    bodies = {
        "中文": page.text["zh"],
        "中文·听": page.spoken["zh"],
        "English": page.text["en"],
        "English, spoken": page.spoken["en"],
        "问法": "\n".join(f"- {question}" for question in page.questions["zh"]),
        "Questions": "\n".join(f"- {question}" for question in page.questions["en"]),
    }
    return f"---\n{head}---\n" + "\n\n".join(f"## {heading}\n{body}" for heading, body in bodies.items()) + "\n"


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


def _items(markdown: str) -> tuple[str, ...]:
    return tuple(line[2:].strip() for line in markdown.splitlines() if line.startswith("- "))


class Knowledge:
    """All pages, and the search over them. Built once at start.

    Pages are searched by vectors in Chinese only. Whether a page fits an English question is seen by them too, where the
    encoder knows English; in Chinese they gain nothing there (ADR 0046). `cache` is a folder that keeps them.
    """

    def __init__(self, pages: list[Page], encoder: Encoder | None = None, cache: Path | None = None) -> None:
        self.pages = {page.id: page for page in pages}
        self._entries = {
            language: [Entry(p.id, p.title[language], p.text[language], p.questions[language]) for p in pages]
            for language in ("zh", "en")
        }
        self._indexes = {language: Index(entries, language) for language, entries in self._entries.items()}
        self._beyond = {language: beyond_the_plan(language) for language in ("zh", "en")}
        self._fits: dict[str, PageFit] = {}
        self._learning = threading.Lock()
        self._encoder, self._cache = encoder, cache
        if encoder:
            told = {language: _sentences(self._entries[language]) for language in self._entries}
            told["en"] = [] if encoder.chinese_only else [*told["en"], *self._beyond["en"]]
            vectors = vectors_of([*told["zh"], *told["en"]], encoder, cache)
            self._vectors = {"zh": vectors[: len(told["zh"])], "en": vectors[len(told["zh"]) :]}
            self._rows = {language: {one: row for row, one in enumerate(told[language])} for language in told}

    def search(self, question: str, language: str, *, topic: str | None = None) -> list[tuple[Page, Hit]]:
        """Every page, best first. Pages on `topic` come a little easier, a page that `topic` names easier still."""
        by_vectors = self.searches_by(language) == "vectors"
        meaning = self._meaning(question, language, self._entries[language]) if by_vectors else None
        hits = self._indexes[language].search(question, meaning)
        found = [(self.pages[hit.page], hit) for hit in hits]
        if topic:
            last = self.pages.get(topic)
            about = last.topic if last else topic
            found = [(page, Hit(hit.page, hit.score + _bonus(page, last, about))) for page, hit in found]
            found.sort(key=lambda item: -item[1].score)
        return found

    def fits(self, page: Page, question: str, language: str, *, surely: bool = False) -> bool:
        """Is the page an answer to the question, or is it only nearer than all others?

        `surely`: likelier an answer than none; otherwise few questions that have a page are refused.
        """
        evidence = self._evidence(self._indexes[language], self._entries[language], question)
        return self._fit(language).fits(evidence, list(self.pages).index(page.id), surely=surely)

    def learn_fits(self) -> None:
        """Now, and not with the first question that needs it: seconds, unless it is kept from before."""
        for language in self._entries:
            self._fit(language)

    @property
    def has_learnt_fits(self) -> bool:
        return bool(self._fits)

    def _fit(self, language: str) -> PageFit:
        with self._learning:
            if language not in self._fits:
                entries, beyond = self._entries[language], self._beyond[language]
                by_vectors = self._encoder and not (self._encoder.chinese_only and language == "en")
                self._fits[language] = page_fit.kept(
                    self._cache, entries, language, self._encoder.fingerprint if self._encoder and by_vectors else "words",
                    lambda: PageFit.learn(entries, beyond, language, self._look),
                )  # fmt: skip
            return self._fits[language]

    def _look(self, index: Index, entries: Sequence[Entry], question: str) -> Evidence:
        """As `fits` does, by an index of some of our questions, and as if this one were not among those beyond the plan."""
        return self._evidence(index, entries, question, unknown=True)

    def _evidence(self, index: Index, entries: Sequence[Entry], question: str, *, unknown: bool = False) -> Evidence:
        language = index.language
        if self.searches_by(language) == "vectors":
            return index.evidence(question, self._meaning(question, language, entries))
        found = index.evidence(question)
        if self._encoder is None or self._encoder.chinese_only or language == "zh":
            return found
        beyond = self._beyond[language]
        meaning = self._meaning(question, language, entries)
        others = self._vectors[language][-len(beyond) :] @ self._vector(question, language)
        others = left_out(others, beyond, question) if unknown else others
        return replace(
            found, nearness=nearness(index.best_questions(meaning.questions), meaning.titles, meaning.questions, others)
        )

    def _meaning(self, question: str, language: str, entries: Sequence[Entry]) -> Meaning:
        """`entries` hold all of our questions, or some."""
        vectors, vector, rows = self._vectors[language], self._vector(question, language), self._rows[language]
        if entries is self._entries[language]:
            count = sum(len(entry.questions) for entry in entries)
            return Meaning(vectors[:count] @ vector, vectors[count : count + len(entries)] @ vector)
        asked = [rows[one] for entry in entries for one in entry.questions]
        return Meaning(vectors[asked] @ vector, vectors[[rows[entry.title] for entry in entries]] @ vector)

    def _vector(self, question: str, language: str) -> Array:
        assert self._encoder
        row = self._rows[language].get(question)
        found: Array = self._encoder.encode([question.lower()])[0] if row is None else self._vectors[language][row]
        return found

    def searches_by(self, language: str) -> Literal["vectors", "words"]:
        """Scores of the two kinds of search are not alike."""
        return "vectors" if self._encoder and language == "zh" else "words"


def _sentences(entries: Sequence[Entry]) -> list[str]:
    """All questions, then all titles."""
    return [*(question for entry in entries for question in entry.questions), *(entry.title for entry in entries)]


TOPIC_BONUS = 0.05
"""A follow-up such as 「那要钱吗」 leans on what was just talked about."""


def _bonus(page: Page, last: Page | None, about: str) -> float:
    return TOPIC_BONUS * ((page.topic == about) + (last is not None and page.id == last.id) / 2)


def load(folder: Path, encoder: Encoder | None = None, cache: Path | None = None) -> Knowledge:
    """Every page below `folder`."""
    return Knowledge([read_page(path) for path in sorted(folder.glob("*.md"))], encoder, cache)
