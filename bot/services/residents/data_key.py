"""The database knows the name of the key that it is encrypted with: with another, nothing is read and nothing is mixed."""

from bot.store.base import Base as _Learning  # noqa: F401  its columns are looked at too
from bot.store.base import Base as _Staff  # noqa: F401
from bot.store.kernel import state_queries
from bot.store.store import Store, UnitOfWork

NOTE = "data_key"


class WrongDataKey(Exception):
    """The text tells an operator what to do."""

    def __init__(self) -> None:
        super().__init__(
            "the database is encrypted with another data key than secrets/data_key or LINYU_DATA_KEY; put the right one"
            " there, and after a rotation name both, newest first"
        )


def check(store: Store) -> None:
    """Note the key's name at the first start. Raises WrongDataKey when none of ours is the one that was noted."""
    with store.unit() as unit:
        noted = state_queries.note(unit, NOTE)
        if noted is not None:
            if noted not in store.keys.names:
                raise WrongDataKey
            return
        if any(store.keys.opened_by(value.encode()) is None for value in state_queries.encrypted_samples(unit)):
            raise WrongDataKey
        note_newest(unit)
        unit.commit()


def note_newest(unit: UnitOfWork) -> None:
    """Once everything is encrypted with it. Part of the caller's unit of work."""
    state_queries.set_note(unit, NOTE, unit.keys.names[0])
