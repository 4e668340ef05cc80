"""The staff API: training sentences, models, groups of questions, knowledge pages."""

from dataclasses import asdict
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path

from api.console.frame.failures import PROBLEMS
from api.console.frame.messages import DoneOut
from api.console.frame.session import needs
from api.console.learning import pages as learning_pages
from api.console.learning.messages import (
    DecisionIn,
    ExamplesOut,
    GroupsOut,
    InForceOut,
    KnowledgePageOut,
    ModelsOut,
    PageIn,
    PagesOut,
    RetrainOut,
    TrainingOut,
    VersionOut,
)
from api.parts import WithParts
from bot import wiring
from bot.errors import NotFound
from bot.services.knowledge import page_versions
from bot.services.learning import learning, question_groups, trained_models
from bot.services.learning.learning import Example
from bot.services.pages.knowledge import Page
from bot.services.staff.staff_sessions import Signed

router = APIRouter(prefix="/api/v1/staff", responses=PROBLEMS, tags=["staff"])

Reads = Annotated[Signed, Depends(needs("learning.read"))]
Trains = Annotated[Signed, Depends(needs("learning.train"))]
Activates = Annotated[Signed, Depends(needs("learning.activate"))]
ReadsPages = Annotated[Signed, Depends(needs("knowledge.read"))]
WritesPages = Annotated[Signed, Depends(needs("knowledge.write"))]
Publishes = Annotated[Signed, Depends(needs("knowledge.publish"))]
Number = Annotated[int, Path(ge=0, le=2_000_000_000)]


@router.get("/learning/examples")
def examples(
    parts: WithParts, signed: Reads, state: Literal["", "proposed", "approved", "rejected"] = ""
) -> ExamplesOut:
    found = learning.examples(parts.store, signed.actor, state)
    return ExamplesOut(examples=found)


@router.post("/learning/examples/{example_id}")
def decide(body: DecisionIn, parts: WithParts, signed: Trains, example_id: Number) -> Example:
    """Approve or reject. A fixed case of the evaluation is refused."""
    return learning.decide(
        parts.store, signed.actor, example_id, body.state, parts.clock(), text=body.text, goal=body.goal
    )


@router.post("/learning/export")
def export(parts: WithParts, signed: Trains) -> TrainingOut:
    return TrainingOut(files=learning.export(parts.store, signed.actor, parts.clock()))


@router.post("/learning/retrain", status_code=202)
def retrain(parts: WithParts, signed: Trains) -> RetrainOut:
    """The worker trains a candidate; nothing changes for residents."""
    return RetrainOut(id=trained_models.ask(parts.store, signed.actor, parts.clock()))


@router.get("/learning/models")
def models(parts: WithParts, signed: Reads) -> ModelsOut:
    found = trained_models.models(parts.store, signed.actor, wiring.model_fingerprint())
    return ModelsOut(models=found)


@router.post("/learning/models/{model_id}/activate")
async def activate(parts: WithParts, signed: Activates, model_id: str) -> InForceOut:
    folder, made_for = parts.settings.trained_models, wiring.model_fingerprint()
    await parts.in_store(
        trained_models.activate, signed.actor, model_id, parts.clock(), folder=folder, made_for=made_for
    )
    return InForceOut(active=model_id, reloaded=await learning_pages.restart(parts))


@router.post("/learning/roll-back")
async def roll_back(parts: WithParts, signed: Activates) -> InForceOut:
    folder, made_for = parts.settings.trained_models, wiring.model_fingerprint()
    now = parts.clock()
    active = await parts.in_store(trained_models.roll_back, signed.actor, now, folder=folder, made_for=made_for)
    return InForceOut(active=active, reloaded=await learning_pages.restart(parts))


@router.get("/learning/groups")
def groups(parts: WithParts, signed: Reads) -> GroupsOut:
    found = question_groups.groups(parts.store, signed.actor)
    return GroupsOut(groups=found)


@router.post("/learning/groups", status_code=202)
def group_again(parts: WithParts, signed: Trains) -> DoneOut:
    question_groups.ask(parts.store, signed.actor, parts.clock())
    return DoneOut()


@router.get("/knowledge")
def pages(parts: WithParts, signed: ReadsPages, language: Literal["zh", "en"] = "zh") -> PagesOut:
    found = page_versions.list_pages(parts.store, language)
    return PagesOut(pages=found)


@router.get("/knowledge/{page_id}")
def page(parts: WithParts, signed: ReadsPages, page_id: str) -> KnowledgePageOut:
    live, history = page_versions.live_page(parts.store, page_id), page_versions.history(parts.store, page_id)
    if live is None and not history:
        raise NotFound
    shown = {"live": asdict(live) if live else None, "versions": [asdict(one) for one in history]}
    return KnowledgePageOut.model_validate(shown)


@router.post("/knowledge", status_code=201)
def write(body: PageIn, parts: WithParts, signed: WritesPages) -> VersionOut:
    """A new draft of a page."""
    written = Page(
        id=body.id,
        topic=body.topic,
        title={code: body.title.get(code, "") for code in ("zh", "en")},
        text={code: body.text.get(code, "") for code in ("zh", "en")},
        spoken={code: body.spoken.get(code, "") for code in ("zh", "en")},
        sections=tuple(body.sections),
        answers=tuple(body.answers),
        questions={code: tuple(body.questions.get(code, ())) for code in ("zh", "en")},
        local=not body.sections and not body.gap,
    )
    made = page_versions.write(
        parts.store, signed.actor, written, parts.clock(), note=body.note, withdrawn=body.withdrawn
    )
    return VersionOut.model_validate(asdict(made))


@router.post("/knowledge/{page_id}/versions/{number}/review")
def review(parts: WithParts, signed: Publishes, page_id: str, number: Number) -> DoneOut:
    """By another person than the author."""
    page_versions.review(parts.store, signed.actor, page_id, number, parts.clock())
    return DoneOut()


@router.post("/knowledge/{page_id}/versions/{number}/publish")
def publish(parts: WithParts, signed: Publishes, page_id: str, number: Number) -> DoneOut:
    page_versions.publish(parts.store, signed.actor, page_id, number, parts.clock())
    return DoneOut()
