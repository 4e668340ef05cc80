"""How far a conversation has come in its guide."""

from datetime import datetime

from sqlalchemy import delete, select

from bot.store.guides.tables import GuideConfirmation, GuideProgress
from bot.store.statements import changed, delete_some
from bot.store.store import UnitOfWork


def of_conversation(unit: UnitOfWork, conversation_id: str) -> GuideProgress | None:
    query = select(GuideProgress).where(GuideProgress.conversation_id == conversation_id)
    return unit.session.scalars(query.order_by(GuideProgress.id.desc()).limit(1)).first()


def confirmation(unit: UnitOfWork, guide: str) -> GuideConfirmation | None:
    return unit.session.get(GuideConfirmation, guide)


def delete_of_conversation(unit: UnitOfWork, conversation_id: str) -> None:
    changed(unit, delete(GuideProgress).where(GuideProgress.conversation_id == conversation_id))


def progress_before(unit: UnitOfWork, moment: datetime, most: int) -> int:
    return delete_some(unit, GuideProgress, most, GuideProgress.at < moment)
