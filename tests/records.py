"""What tests do to records, and look up in them, without a person of the staff or a page between."""

from datetime import datetime

from bot.services.cases import cases
from bot.services.cases.cases import Case
from bot.services.cases.photos import clean_photo
from bot.store.cases import queries as case_queries
from bot.store.cases.tables import Photo
from bot.store.conversations import queries as conversation_queries
from bot.store.store import Store


def advance_case(
    store: Store, number: str, state: str, *, actor: str, note: str | None, now: datetime, answer: str | None = None
) -> Case:
    """The next step; raises as `cases.advance_in` does."""
    with store.unit() as unit:
        cases.advance_in(unit, cases.locked(unit, number), state, actor, note, now, answer=answer)
        unit.commit()
    with store.reading() as unit:
        return cases._case_of(cases.locked(unit, number))


def add_photo(store: Store, number: str, content: bytes, now: datetime) -> None:
    """A picture that hangs on the case already."""
    with store.unit() as unit:
        row = cases.locked(unit, number)
        unit.add(Photo(case_id=row.id, conversation_id=None, content=clean_photo(content), at=now))
        unit.commit()


def photos_of(store: Store, number: str) -> list[bytes]:
    """JPEG pictures."""
    with store.reading() as unit:
        return [photo.content for photo in case_queries.photos(unit, cases.locked(unit, number).id)]


def sound_of(store: Store, turn_id: str) -> bytes | None:
    """FLAC; None where none was kept."""
    with store.reading() as unit:
        kept = conversation_queries.recording(unit, turn_id)
        return kept.content if kept is not None else None
