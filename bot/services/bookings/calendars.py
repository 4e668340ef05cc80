"""The secret address of a conversation's bookings as a calendar: signed with the data key, so that nobody guesses another's."""

from bot.store.store import Store

MEANS = "calendar"
FOLDER = "/calendars/mine/"


def path_of(store: Store, conversation_id: str) -> str:
    """Whoever has it reads what, when and where of the bookings made in this conversation, and nothing of a person."""
    return f"{FOLDER}{conversation_id}.{store.keys.sign(f'{MEANS} {conversation_id}')}.ics"


def conversation_of(store: Store, token: str) -> str | None:
    """The conversation that this part of an address stands for; None where we have not signed it."""
    conversation_id, _, signature = token.rpartition(".")
    return conversation_id if store.keys.is_signed(f"{MEANS} {conversation_id}", signature) else None
