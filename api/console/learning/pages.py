"""Learning: approve labelled sentences, train, compare, activate, roll back; questions nobody answered, in groups."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from api.console.frame import words
from api.console.frame.failures import said_of
from api.console.frame.render import done, page
from api.console.frame.session import needs
from api.parts import Parts, WithParts
from bot import wiring
from bot.errors import AlreadyMeasured, BadInput, DialogueUnavailable, SamePerson
from bot.services.learning import learning, question_groups, trained_models
from bot.services.staff.staff_sessions import Signed
from bot.turns import GOALS

router = APIRouter(prefix="/staff/learning", include_in_schema=False)

Reads = Annotated[Signed, Depends(needs("learning.read"))]
Trains = Annotated[Signed, Depends(needs("learning.train"))]
Activates = Annotated[Signed, Depends(needs("learning.activate"))]
Word = Annotated[str, Form()]
MOST_SHOWN = 50
"""Sentences to review on one page; the next come when these are done."""


@router.get("")
def overview(request: Request, parts: WithParts, signed: Reads) -> Response:
    return _overview(request, parts, signed, "")


@router.post("/examples/{example_id}")
def decide(
    request: Request,
    parts: WithParts,
    signed: Trains,
    example_id: int,
    state: Word = "",
    text: Word = "",
    goal: Word = "",
) -> Response:
    try:
        learning.decide(parts.store, signed.actor, example_id, state, parts.clock(), text=text or None, goal=goal)
    except (BadInput, AlreadyMeasured, SamePerson) as error:
        return _overview(request, parts, signed, said_of(error, _say(request)))
    return done("/staff/learning", f"learning.said.{state}")


@router.post("/export")
def export(parts: WithParts, signed: Trains) -> Response:
    files = learning.export(parts.store, signed.actor, parts.clock())
    headers = {"Content-Disposition": 'attachment; filename="learnt.yml"', "Cache-Control": "no-store"}
    body = "---\n".join(files.values())
    return Response(body, media_type="application/yaml; charset=utf-8", headers=headers)


@router.post("/retrain")
def retrain(parts: WithParts, signed: Trains) -> Response:
    trained_models.ask(parts.store, signed.actor, parts.clock())
    return done("/staff/learning", "learning.said.retrain")


@router.post("/groups")
def group_again(parts: WithParts, signed: Trains) -> Response:
    question_groups.ask(parts.store, signed.actor, parts.clock())
    return done("/staff/learning", "learning.said.groups")


@router.post("/roll-back")
async def roll_back(parts: WithParts, signed: Activates) -> Response:
    folder, made_for = parts.settings.trained_models, wiring.model_fingerprint()
    await parts.in_store(trained_models.roll_back, signed.actor, parts.clock(), folder=folder, made_for=made_for)
    reloaded = await restart(parts)
    return done("/staff/learning", "learning.said.rolled_back" if reloaded else "learning.said.later")


@router.get("/models/{model_id}")
def model(request: Request, parts: WithParts, signed: Reads, model_id: str) -> Response:
    view = trained_models.model(parts.store, signed.actor, model_id, wiring.model_fingerprint())
    return page(request, "learning/model.html", signed, model=view)


@router.post("/models/{model_id}/activate")
async def activate(parts: WithParts, signed: Activates, model_id: str) -> Response:
    folder, made_for = parts.settings.trained_models, wiring.model_fingerprint()
    await parts.in_store(
        trained_models.activate, signed.actor, model_id, parts.clock(), folder=folder, made_for=made_for
    )
    reloaded = await restart(parts)
    return done("/staff/learning", "learning.said.activated" if reloaded else "learning.said.later")


async def restart(parts: Parts) -> bool:
    """Read with the readers in force, and let Rasa start with its model; False when it is away: it does so later.

    Where there are several, each is started anew by its own watch, one after the other.
    """
    parts.dialogue.read_with(*await parts.in_store(wiring.readers_in_force, parts.settings))
    if parts.settings.hosts == "many":
        return True
    try:
        await parts.rasa.restart()
    except DialogueUnavailable:
        return False
    return True


def _overview(request: Request, parts: Parts, signed: Signed, wrong: str) -> Response:
    say = _say(request)
    return page(
        request,
        "learning/overview.html",
        signed,
        status=422 if wrong else 200,
        wrong=wrong,
        counts=learning.counts(parts.store),
        examples=learning.examples(parts.store, signed.actor, "proposed")[:MOST_SHOWN],
        goals=[(one, say(f"goal.{one}")) for one in GOALS],
        models=trained_models.models(parts.store, signed.actor, wiring.model_fingerprint()),
        groups=question_groups.groups(parts.store, signed.actor),
    )


def _say(request: Request) -> words.Say:
    return words.say_in(words.language_of(request))
