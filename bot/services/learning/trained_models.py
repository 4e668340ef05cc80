"""Models trained from the approved examples: asked for, trained by the worker, compared, activated by a click, rolled back."""

import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from bot.errors import NotFound, WrongState
from bot.services.audit import audit
from bot.services.kernel import tasks
from bot.services.kernel.permissions import SYSTEM, Actor
from bot.services.learning import learning
from bot.services.pages.knowledge import page_file
from bot.services.pages.live_pages import live_pages
from bot.store.learning import queries as learning_queries
from bot.store.learning.tables import TrainedModel
from bot.store.store import Store, UnitOfWork

MOST_SHOWN = 200
"""Sentences told in a comparison, each way."""


class Trainer(Protocol):
    """What really trains and compares, in processes of its own."""

    def train(
        self, model_id: str, examples: Mapping[str, str], pages: Mapping[str, str], readers: Mapping[str, str]
    ) -> tuple[str, str]:
        """Rasa's model, and the readers of danger and answers beside it; `readers` are their files. The file's SHA-256, and the fingerprint of the program's own files. Raises when training fails."""

    def compare(self, model_id: str, active_id: str | None) -> dict[str, Any]:
        """Scores of both on the fixed cases, and which sentences got better and worse; None is the model of the files."""


@dataclass(frozen=True)
class Model:
    id: str
    state: str
    fits: bool
    """Made for the program as it is now; one from before an update may lack what the program expects."""
    examples: int
    asked_by: str
    asked: datetime
    trained: datetime | None
    comparison: dict[str, Any] | None
    activated_by: str | None
    activated: datetime | None


def models(store: Store, actor: Actor, made_for: str) -> list[Model]:
    """Newest first. `made_for` is the fingerprint of the program's files as they are."""
    actor.must("learning.read")
    with store.reading() as unit:
        return [_view(row, made_for) for row in learning_queries.models(unit)]


def model(store: Store, actor: Actor, model_id: str, made_for: str) -> Model:
    """Raises NotFound."""
    actor.must("learning.read")
    with store.reading() as unit:
        return _view(_found(unit, model_id), made_for)


def ask(store: Store, actor: Actor, now: datetime) -> str:
    """The worker trains a candidate; nothing changes for residents. Raises WrongState while one is being trained."""
    actor.must("learning.train")
    with store.unit() as unit:
        if learning_queries.models(unit, ("waiting", "training")):
            raise WrongState
        row = TrainedModel(
            id=f"{now:%Y%m%d}-{secrets.token_hex(4)}",
            state="waiting",
            examples=len(learning.approved(unit)),
            asked_by=actor.id,
            asked=now,
        )
        unit.add(row)
        tasks.schedule(unit, "retrain", now, {"model": row.id})
        audit.write(unit, actor, "learning.retrain", "model", row.id, now, details={"examples": row.examples})
        unit.commit()
        return row.id


def train(store: Store, task: tasks.Task, _now: datetime, *, trainer: Trainer, clock: Callable[[], datetime]) -> None:
    """Does the task of `ask`. A training that fails is noted on the model and not tried again by itself."""
    model_id = task.payload["model"]
    with store.unit() as unit:
        row = learning_queries.model(unit, model_id)
        if row is None or row.state not in ("waiting", "training"):
            return
        approved = learning.approved(unit)
        row.state, row.examples = "training", len(approved)
        examples = learning.in_rasa_format(approved, stand_ins=True)
        readers = learning.for_readers(approved)
        pages = {page.id: page_file(page, owner="linyu", reviewed=clock().date()) for page in live_pages(unit)}
        active = _active(unit)
        active_id = active.id if active else None
        unit.commit()
    try:
        checksum, made_for = trainer.train(model_id, examples, pages, readers)
        comparison = trainer.compare(model_id, active_id)
    except Exception as error:
        _note(store, model_id, clock(), state="failed", code=type(error).__name__)
        return
    _note(store, model_id, clock(), state="candidate", checksum=checksum, made_for=made_for, comparison=comparison)


def activate(store: Store, actor: Actor, model_id: str, now: datetime, *, folder: Path, made_for: str) -> None:
    """This model answers from the next start of Rasa on. Raises NotFound; WrongState when it may not be loaded."""
    actor.must("learning.activate")
    sound = _sound_ones(store, folder, ("candidate", "retired"))
    with store.unit() as unit:
        row = _found(unit, model_id)
        if row.state not in ("candidate", "retired") or row.made_for != made_for or row.id not in sound:
            raise WrongState
        _retire_active(unit)
        row.state, row.activated_by, row.activated = "active", actor.id, now
        audit.write(unit, actor, "learning.activate", "model", model_id, now)
        unit.commit()


def roll_back(store: Store, actor: Actor, now: datetime, *, folder: Path, made_for: str) -> str | None:
    """Back to the model that was active before; None when that is the one of the files. Raises WrongState."""
    actor.must("learning.activate")
    sound = _sound_ones(store, folder, ("retired",))
    with store.unit() as unit:
        active = _active(unit)
        if active is None or active.activated is None:
            raise WrongState
        before = [
            row
            for row in learning_queries.models(unit, ("retired",))
            if row.activated and row.activated < active.activated and row.made_for == made_for and row.id in sound
        ]
        chosen = max(before, key=lambda row: row.activated or now, default=None)
        active.state = "retired"
        if chosen is not None:
            chosen.state = "active"
        back_to = chosen.id if chosen else "files"
        audit.write(unit, actor, "learning.roll_back", "model", active.id, now, details={"back_to": back_to})
        unit.commit()
        return chosen.id if chosen else None


def has_active(store: Store) -> bool:
    """Whether a model that was trained here was activated; a cheap question."""
    with store.reading() as unit:
        return _active(unit) is not None


def active_id(store: Store) -> str | None:
    """Of the model that was trained here and is in force; a cheap question."""
    with store.reading() as unit:
        row = _active(unit)
        return row.id if row is not None else None


def file_in_force(store: Store, folder: Path, made_for: str) -> Path | None:
    """The activated model's file, when it fits the program and is the very file that was trained; None otherwise."""
    with store.reading() as unit:
        row = _active(unit)
        if row is None or row.made_for != made_for or not _is_sound(row, folder):
            return None
        return file_of(folder, row.id)


def file_of(folder: Path, model_id: str) -> Path:
    return folder / f"{model_id}.tar.gz"


def _note(
    store: Store,
    model_id: str,
    now: datetime,
    *,
    state: str,
    checksum: str | None = None,
    made_for: str | None = None,
    comparison: dict[str, Any] | None = None,
    code: str = "",
) -> None:
    with store.unit() as unit:
        row = _found(unit, model_id)
        row.state, row.checksum, row.made_for, row.trained = state, checksum, made_for, now
        row.comparison = json.dumps(_short(comparison), ensure_ascii=False) if comparison else None
        details = {"failure": code} if code else {}
        audit.write(unit, SYSTEM, f"learning.{state}", "model", model_id, now, details=details)
        unit.commit()


def _short(comparison: dict[str, Any]) -> dict[str, Any]:
    return {key: value[:MOST_SHOWN] if isinstance(value, list) else value for key, value in comparison.items()}


def _active(unit: UnitOfWork) -> TrainedModel | None:
    return next(iter(learning_queries.models(unit, ("active",))), None)


def _retire_active(unit: UnitOfWork) -> None:
    for row in learning_queries.models(unit, ("active",)):
        row.state = "retired"


def _sound_ones(store: Store, folder: Path, states: tuple[str, ...]) -> set[str]:
    """Ids of those in these states; before a unit that writes, since reading whole files takes its time."""
    with store.reading() as unit:
        return {row.id for row in learning_queries.models(unit, states) if _is_sound(row, folder)}


def _is_sound(row: TrainedModel, folder: Path) -> bool:
    """A model file is code to Rasa: only the very file that our training made is loaded."""
    file = file_of(folder, row.id)
    return file.exists() and hashlib.sha256(file.read_bytes()).hexdigest() == row.checksum


def _found(unit: UnitOfWork, model_id: str) -> TrainedModel:
    row = learning_queries.model(unit, model_id)
    if row is None:
        raise NotFound
    return row


def _view(row: TrainedModel, made_for: str) -> Model:
    return Model(
        id=row.id,
        state=row.state,
        fits=row.made_for == made_for,
        examples=row.examples,
        asked_by=row.asked_by,
        asked=row.asked,
        trained=row.trained,
        comparison=json.loads(row.comparison) if row.comparison else None,
        activated_by=row.activated_by,
        activated=row.activated,
    )
