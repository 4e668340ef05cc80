"""The topic of learning: sentences that staff labelled."""

from bot.services.kernel.topics import Topic
from bot.services.learning import inbox
from bot.store.learning import queries

TOPIC = Topic(erase_conversation=(queries.delete_examples_of,), inbox={"review": inbox.SOURCE})
