"""Editing the knowledge pages: a draft, reviewed by another person, then live. Files are the seed, versions lie over them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import get_args

from bot.errors import BadInput, NotFound, NotUnique, SamePerson, WrongState
from bot.language.zh.question_kind import Kind
from bot.services.audit import audit
from bot.services.kernel.permissions import OPERATOR, Actor
from bot.services.pages.fixed_cases import is_fixed_case
from bot.services.pages.knowledge import Page, page_file, parse_page, read_page
from bot.services.pages.live_pages import SEED, live_pages, seed_pages
from bot.store.knowledge import queries as page_queries
from bot.store.knowledge.tables import KnowledgeVersion
from bot.store.learning import queries as learning_queries
from bot.store.store import Store, UnitOfWork

KINDS: tuple[str, ...] = get_args(Kind)
"""Kinds of question that the search knows; pages may name others, which only people read."""
OPEN = ("draft", "reviewed")
LONGEST = {"title": 80, "text": 1500, "note": 300}
MOST_QUESTIONS = 120
_ID = re.compile(r"[a-z][a-z0-9_]{2,59}")
_SECTION = re.compile(r"\d{1,2}(\.\d{1,2}){0,2}")


@dataclass(frozen=True)
class Version:
    page_id: str
    number: int
    state: str
    withdrawn: bool
    page: Page
    note: str
    author: str
    written: datetime
    reviewer: str | None
    reviewed: datetime | None
    publisher: str | None
    published: datetime | None


@dataclass(frozen=True)
class Listed:
    id: str
    topic: str
    title: str
    sections: str
    source: str
    """file, version or withdrawn: where the words come from that residents are told."""
    waiting: str
    """draft, reviewed or none: what is waiting beside it."""
    changed: datetime | None


def list_pages(store: Store, language: str, seed: Path = SEED) -> list[Listed]:
    """Every page, also those that were taken away and those that are only a draft."""
    with store.reading() as unit:
        live = {row.page_id: _view(row) for row in page_queries.in_states(unit, "live")}
        waiting = {row.page_id: _view(row) for row in page_queries.in_states(unit, *OPEN)}
    pages = {page.id: page for page in seed_pages(seed)}
    listed = []
    for page_id in sorted({*pages, *live, *waiting}):
        version, open_one = live.get(page_id), waiting.get(page_id)
        page = version.page if version else pages.get(page_id) or waiting[page_id].page
        source = ("withdrawn" if version.withdrawn else "version") if version else "file" if page_id in pages else "new"
        newest = open_one or version
        listed.append(
            Listed(
                id=page_id,
                topic=page.topic,
                title=page.title[language],
                sections=", ".join(page.sections),
                source=source,
                waiting=open_one.state if open_one else "none",
                changed=newest.written if newest else None,
            )
        )
    return listed


def live_page(store: Store, page_id: str, seed: Path = SEED) -> Page | None:
    with store.reading() as unit:
        return next((page for page in live_pages(unit, seed) if page.id == page_id), None)


def history(store: Store, page_id: str) -> list[Version]:
    """Newest first; empty for a page that was never edited."""
    with store.reading() as unit:
        return [_view(row) for row in page_queries.versions(unit, page_id)]


def version(store: Store, page_id: str, number: int) -> Version:
    """Raises NotFound."""
    with store.reading() as unit:
        return _view(_found(unit, page_id, number))


def write(
    store: Store,
    actor: Actor,
    page: Page,
    now: datetime,
    *,
    note: str = "",
    withdrawn: bool = False,
    is_new: bool = False,
    seed: Path = SEED,
) -> Version:
    """A new draft; one that was open before is discarded and stays in the history. Raises BadInput, NotUnique."""
    actor.must("knowledge.write")
    check(page)
    if len(note) > LONGEST["note"]:
        raise BadInput("note")
    files = seed_pages(seed)
    with store.unit() as unit:
        before = next((one for one in live_pages(unit, read=files) if one.id == page.id), None)
        if any(is_fixed_case(question) for question in _new_questions(page, before)):
            raise BadInput("fixed_case")
        exists = (seed / f"{page.id}.md").exists() or bool(page_queries.versions(unit, page.id))
        if is_new and exists:
            raise NotUnique
        row = _add(unit, actor, page, now, note=note.strip(), withdrawn=withdrawn)
        audit.write(unit, actor, "knowledge.draft", "page", page.id, now, details={"version": row.number})
        unit.commit()
        return _view(row)


def review(store: Store, actor: Actor, page_id: str, number: int, now: datetime) -> None:
    """Another person than the author has read it. Raises NotFound, WrongState, SamePerson."""
    actor.must("knowledge.publish")
    with store.unit() as unit:
        row = _found(unit, page_id, number)
        if row.state != "draft":
            raise WrongState
        if row.author == actor.id:
            raise SamePerson
        row.state, row.reviewer, row.reviewed = "reviewed", actor.id, now
        audit.write(unit, actor, "knowledge.review", "page", page_id, now, details={"version": number})
        unit.commit()


def publish(store: Store, actor: Actor, page_id: str, number: int, now: datetime) -> None:
    """From now on residents are told this. Raises NotFound, WrongState."""
    actor.must("knowledge.publish")
    with store.unit() as unit:
        row = _found(unit, page_id, number)
        if row.state != "reviewed":
            raise WrongState
        _make_live(unit, actor, row, now)
        unit.commit()


def discard(store: Store, actor: Actor, page_id: str, number: int, now: datetime) -> None:
    """Raises NotFound, WrongState."""
    actor.must("knowledge.write" if actor.may("knowledge.write") else "knowledge.publish")
    with store.unit() as unit:
        row = _found(unit, page_id, number)
        if row.state not in OPEN:
            raise WrongState
        row.state = "discarded"
        audit.write(unit, actor, "knowledge.discard", "page", page_id, now, details={"version": number})
        unit.commit()


def export_to(store: Store, folder: Path, now: datetime, seed: Path = SEED) -> int:
    """Every live page as a file; files of pages that were taken away go. Returns how many were written."""
    files = seed_pages(seed)
    with store.unit() as unit:
        pages = live_pages(unit, read=files)
        edited = {row.page_id: row for row in page_queries.in_states(unit, "live")}
        audit.write(unit, OPERATOR, "knowledge.export", "table", "knowledge", now, details={"pages": len(pages)})
        unit.commit()
    folder.mkdir(parents=True, exist_ok=True)
    for page in pages:
        original = seed / f"{page.id}.md"
        text = edited[page.id].content if page.id in edited else original.read_text("utf-8")
        (folder / f"{page.id}.md").write_text(text, "utf-8")
    for page_id, row in edited.items():
        if row.withdrawn:
            (folder / f"{page_id}.md").unlink(missing_ok=True)
    return len(pages)


def import_from(store: Store, folder: Path, now: datetime, *, live: bool, seed: Path = SEED) -> list[str]:
    """Files that differ from what is live become drafts, or live at once: then git was where they were reviewed.

    Raises ValueError for a file that is no page, BadInput for one that may not be; then nothing is changed.
    """
    pages = [read_page(path) for path in sorted(folder.glob("*.md"))]
    for page in pages:
        check(page)
    files = seed_pages(seed)
    with store.unit() as unit:
        known = {page.id: page for page in live_pages(unit, read=files)}
        changed = [page for page in pages if known.get(page.id) != page]
        for page in changed:
            row = _add(unit, OPERATOR, page, now, note="linyu knowledge import", withdrawn=False)
            audit.write(unit, OPERATOR, "knowledge.import", "page", page.id, now, details={"version": row.number})
            if live:
                _make_live(unit, OPERATOR, row, now)
        unit.commit()
    return [page.id for page in changed]


def check(page: Page) -> None:
    """Raises BadInput with the field that cannot be."""
    if not _ID.fullmatch(page.id):
        raise BadInput("page_id")
    if not re.fullmatch(r"[a-z][a-z_]{1,29}", page.topic):
        raise BadInput("topic")
    for language in ("zh", "en"):
        for field, value in (("title", page.title), ("text", page.text), ("text", page.spoken)):
            if not 0 < len(value[language].strip()) <= LONGEST[field] or _breaks_the_file(value[language]):
                raise BadInput(field)
        questions = page.questions[language]
        if not 0 < len(questions) <= MOST_QUESTIONS or any(len(one) > 200 or "\n" in one for one in questions):
            raise BadInput("questions")
    if not all(_SECTION.fullmatch(section) for section in page.sections):
        raise BadInput("sections")
    if not all(re.fullmatch(r"[a-z_]{2,20}", kind) for kind in page.answers):
        raise BadInput("answers")


def _new_questions(page: Page, before: Page | None) -> list[str]:
    known = {one for questions in before.questions.values() for one in questions} if before else set()
    return [one for questions in page.questions.values() for one in questions if one not in known]


def _breaks_the_file(text: str) -> bool:
    """A heading or a rule of three hyphens would end the part of the file it stands in."""
    return any(line.startswith(("## ", "---")) for line in text.splitlines())


def _add(unit: UnitOfWork, actor: Actor, page: Page, now: datetime, *, note: str, withdrawn: bool) -> KnowledgeVersion:
    for row in page_queries.versions(unit, page.id):
        if row.state in OPEN:
            row.state = "discarded"
    row = KnowledgeVersion(
        page_id=page.id,
        number=page_queries.next_number(unit, page.id),
        state="draft",
        withdrawn=withdrawn,
        content=page_file(page, owner=actor.role, reviewed=now.date()),
        note=note,
        author=actor.id,
        written=now,
    )
    unit.add(row)
    unit.flush()
    return row


def _make_live(unit: UnitOfWork, actor: Actor, row: KnowledgeVersion, now: datetime) -> None:
    for other in page_queries.versions(unit, row.page_id):
        if other.state == "live":
            other.state = "replaced"
    row.state, row.publisher, row.published = "live", actor.id, now
    if not row.withdrawn:
        # Only what the page lists, and only now that residents are told it.
        questions = parse_page(row.content, row.page_id).questions
        listed = {one for language in questions.values() for one in language}
        learning_queries.label_answered(unit, listed, row.page_id, row.author, now)
    audit.write(unit, actor, "knowledge.publish", "page", row.page_id, now, details={"version": row.number})


def _found(unit: UnitOfWork, page_id: str, number: int) -> KnowledgeVersion:
    row = page_queries.version(unit, page_id, number)
    if row is None:
        raise NotFound
    return row


def _view(row: KnowledgeVersion) -> Version:
    return Version(
        page_id=row.page_id,
        number=row.number,
        state=row.state,
        withdrawn=row.withdrawn,
        page=parse_page(row.content, row.page_id),
        note=row.note,
        author=row.author,
        written=row.written,
        reviewer=row.reviewer,
        reviewed=row.reviewed,
        publisher=row.publisher,
        published=row.published,
    )


def titles(store: Store, language: str, seed: Path = SEED) -> Sequence[tuple[str, str]]:
    """Id and title of every live page."""
    with store.reading() as unit:
        return [(page.id, page.title[language]) for page in live_pages(unit, seed)]
