"""What has to be known of a conversation before a turn of it is answered: one read for all of it."""

from datetime import datetime

from bot.services.conversations import conversations
from bot.services.conversations.conversations import ConversationView
from bot.services.handover import takeover
from bot.services.handover.takeover import Answerer
from bot.store.store import Store
from bot.turns import Turn


def circumstances(store: Store, conversation_id: str, now: datetime) -> tuple[ConversationView, Turn | None, Answerer]:
    """The conversation as it is now, its newest answered turn, and who answers the next. Raises NotFound.

    Read under the conversation's lock: an earlier turn may have moved it on while this one waited.
    """
    with store.reading() as unit:
        conversation = conversations.view_in(unit, conversation_id)
        last = conversations.last_turn_in(unit, conversation_id)
        answerer = takeover.answerer_in(unit, conversation_id, now)
    return conversation, last, answerer or takeover.let_go(store, conversation_id, now)
