"""Counting wishes that could not be met, and reading the counts."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from bot.store.conversations.tables import Conversation
from bot.store.insert import insert_or_ignore
from bot.store.statements import delete_some
from bot.store.store import UnitOfWork
from bot.store.unmet.tables import UnmetWish


def count(unit: UnitOfWork, values: dict[str, Any]) -> bool:
    """False when it is counted already."""
    return insert_or_ignore(unit, UnmetWish, values)


def in_elder_mode(unit: UnitOfWork, conversation_id: str) -> bool:
    return bool(unit.session.scalar(select(Conversation.elder).where(Conversation.id == conversation_id)))


def between(unit: UnitOfWork, first: str, last: str) -> Sequence[UnmetWish]:
    """Of these months, the last one included."""
    return unit.session.scalars(select(UnmetWish).where(UnmetWish.month >= first, UnmetWish.month <= last)).all()


def delete_before(unit: UnitOfWork, month: str, most: int) -> int:
    return delete_some(unit, UnmetWish, most, UnmetWish.month < month)
