"""The knowledge editor: pages for eye and ear, drafts, review by another person, live, history, test questions."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Path, Query, Request
from fastapi.responses import Response

from api.console.frame import words
from api.console.frame.failures import said_of
from api.console.frame.render import done, page
from api.console.frame.session import needs
from api.console.frame.tables import Column, Table
from api.parts import Parts, WithParts
from bot import wiring
from bot.errors import BadInput, NotFound, NotUnique
from bot.services.audit import audit
from bot.services.knowledge import page_versions
from bot.services.knowledge.answers import answer
from bot.services.learning import learning, question_groups
from bot.services.pages.knowledge import Knowledge, Page
from bot.services.pages.live_pages import live_pages
from bot.services.staff import staff_accounts
from bot.services.staff.staff_sessions import Signed

router = APIRouter(prefix="/staff/knowledge", include_in_schema=False)

Reads = Annotated[Signed, Depends(needs("knowledge.read"))]
Writes = Annotated[Signed, Depends(needs("knowledge.write"))]
Publishes = Annotated[Signed, Depends(needs("knowledge.publish"))]
Word = Annotated[str, Form()]
Number = Annotated[int, Path(ge=0, le=2**31 - 1)]
DEEDS = {"review": page_versions.review, "publish": page_versions.publish}
TONES = {"draft": "warn", "reviewed": "warn", "live": "good", "replaced": "plain", "discarded": "plain"}
WAITING = {"none": "plain", "draft": "warn", "reviewed": "warn"}
EMPTY = {"zh": "", "en": ""}
MOST_QUESTIONS = 30
COLUMNS = (
    Column("id", "knowledge.id", lambda r: r.id, link=lambda r: f"/staff/knowledge/{r.id}"),
    Column("title", "knowledge.title_of", lambda r: r.title),
    Column("topic", "knowledge.topic", lambda r: r.topic),
    Column("sections", "knowledge.sections", lambda r: r.sections),
    Column("source", "knowledge.source", lambda r: r.source, texts="knowledge.source."),
    Column("waiting", "knowledge.waiting", lambda r: r.waiting, texts="knowledge.waiting.", badge=lambda r: WAITING[r.waiting]),
    Column("changed", "knowledge.changed", lambda r: r.changed),
)  # fmt: skip


@router.get("")
def pages(request: Request, parts: WithParts, signed: Reads) -> Response:
    say = _say(request)
    table = Table(request, COLUMNS, caption=say("knowledge.title"), empty=say("knowledge.empty"), sort="id")
    table.fill(page_versions.list_pages(parts.store, words.language_of(request)))
    if table.export:
        with parts.store.unit() as unit:
            audit.write(unit, signed.actor, "knowledge.export", "table", "knowledge", parts.clock())
            unit.commit()
        return table.download("knowledge")
    return page(request, "knowledge/list.html", signed, table=table)


@router.get("/new")
def new(request: Request, parts: WithParts, signed: Writes, group: int = 0) -> Response:
    questions = question_groups.group(parts.store, signed.actor, group).sentences if group else ()
    blank = Page("", "", EMPTY, EMPTY, EMPTY, (), (), {"zh": questions, "en": ()})
    return _form(request, signed, replace(blank, local=True), "", is_new=True, group=group)


@router.get("/{page_id}")
def one(request: Request, parts: WithParts, signed: Reads, page_id: str) -> Response:
    live, history = page_versions.live_page(parts.store, page_id), page_versions.history(parts.store, page_id)
    if live is None and not history:
        raise NotFound
    return page(
        request, "knowledge/page.html", signed, page_id=page_id, live=live, history=history, tones=TONES,
        logins=_logins(parts), suggested=learning.questions_for(parts.store, page_id),
    )  # fmt: skip


@router.get("/{page_id}/edit")
def edit(
    request: Request,
    parts: WithParts,
    signed: Writes,
    page_id: str,
    version: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
) -> Response:
    """From the version named, or from what is live, with the questions that staff said it should answer."""
    before = (
        page_versions.version(parts.store, page_id, version).page
        if version
        else page_versions.live_page(parts.store, page_id)
    )
    if before is None:
        raise NotFound
    return _form(request, signed, before, "", is_new=False)


@router.post("/save")
def save(
    request: Request, parts: WithParts, signed: Writes, page_id: Word = "", topic: Word = "", title_zh: Word = "",
    title_en: Word = "", text_zh: Word = "", text_en: Word = "", spoken_zh: Word = "", spoken_en: Word = "",
    sections: Word = "", answers: Word = "", questions_zh: Word = "", questions_en: Word = "", note: Word = "",
    is_new: Word = "", withdrawn: Word = "", gap: Word = "", group: Annotated[int, Form()] = 0,
) -> Response:  # fmt: skip
    written = Page(
        id=page_id.strip(),
        topic=topic.strip(),
        title={"zh": title_zh.strip(), "en": title_en.strip()},
        text={"zh": _plain(text_zh), "en": _plain(text_en)},
        spoken={"zh": _plain(spoken_zh), "en": _plain(spoken_en)},
        sections=_listed(sections),
        answers=_listed(answers),
        questions={"zh": _lines(questions_zh), "en": _lines(questions_en)},
        local=not _listed(sections) and not gap,
    )
    try:
        made = page_versions.write(
            parts.store, signed.actor, written, parts.clock(), note=note, withdrawn=bool(withdrawn), is_new=bool(is_new)
        )
    except (BadInput, NotUnique) as error:
        return _form(request, signed, written, said_of(error, _say(request)), is_new=bool(is_new), group=group)
    return done(f"/staff/knowledge/{made.page_id}/versions/{made.number}", "knowledge.said.draft")


@router.get("/{page_id}/versions/{number}")
def version(request: Request, parts: WithParts, signed: Reads, page_id: str, number: Number) -> Response:
    return _version(request, parts, signed, page_id, number, "")


@router.post("/{page_id}/versions/{number}/try")
def try_questions(
    request: Request, parts: WithParts, signed: Reads, page_id: str, number: Number, questions: Word = ""
) -> Response:
    """Which page would be answered, were this version live?"""
    return _version(request, parts, signed, page_id, number, questions)


@router.post("/{page_id}/versions/{number}/discard")
def discard(parts: WithParts, signed: Reads, page_id: str, number: Number) -> Response:
    page_versions.discard(parts.store, signed.actor, page_id, number, parts.clock())
    return done(f"/staff/knowledge/{page_id}", "knowledge.said.discard")


@router.post("/{page_id}/versions/{number}/{deed}")
def do(parts: WithParts, signed: Publishes, page_id: str, number: Number, deed: str) -> Response:
    if deed not in DEEDS:
        raise HTTPException(404)
    DEEDS[deed](parts.store, signed.actor, page_id, number, parts.clock())
    return done(f"/staff/knowledge/{page_id}/versions/{number}", f"knowledge.said.{deed}")


def with_page(parts: Parts, changed: Page | None, *, without: str = "") -> Knowledge:
    """What residents would be answered from, were this page live, or gone."""
    with parts.store.reading() as unit:
        found = {one.id: one for one in live_pages(unit)}
    found.pop(without, None)
    if changed is not None:
        found[changed.id] = changed
    encoder = wiring.encoder() if parts.settings.encoder_name else None
    return Knowledge(list(found.values()), encoder, parts.settings.state_dir / "cache")


def tried(knowledge: Knowledge, questions: tuple[str, ...], language: str) -> list[tuple[str, str, list[str]]]:
    """Question, kind of answer, and the pages that would be told or offered."""
    found: list[tuple[str, str, list[str]]] = []
    for question in questions[:MOST_QUESTIONS]:
        told = answer(knowledge, question, language, topic=None)
        shown = told.choices if told.kind == "choose" else (told.page, told.also)
        found.append((question, told.kind, [one.id for one in shown if one]))
    return found


def _version(request: Request, parts: Parts, signed: Signed, page_id: str, number: Number, questions: str) -> Response:
    view, asked = page_versions.version(parts.store, page_id, number), _lines(questions)
    results: list[tuple[str, str, list[str]]] = []
    if asked:
        knowledge = with_page(parts, None if view.withdrawn else view.page, without=page_id)
        for language in ("zh", "en"):
            results += tried(knowledge, tuple(q for q in asked if q.isascii() == (language == "en")), language)
    return page(
        request, "knowledge/version.html", signed, version=view, tones=TONES, logins=_logins(parts),
        results=results, asked=questions, live=page_versions.live_page(parts.store, page_id),
    )  # fmt: skip


def _form(request: Request, signed: Signed, shown: Page, wrong: str, *, is_new: bool, group: int = 0) -> Response:
    status = 422 if wrong else 200
    return page(
        request, "knowledge/edit.html", signed, status=status, page=shown, wrong=wrong, is_new=is_new, group=group,
        kinds=", ".join(page_versions.KINDS),
    )  # fmt: skip


def _logins(parts: Parts) -> dict[str, str]:
    return {one.id: one.login for one in staff_accounts.list_accounts(parts.store, parts.clock())}


def _say(request: Request) -> words.Say:
    return words.say_in(words.language_of(request))


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _lines(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def _listed(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.replace("，", ",").split(",") if one.strip())
