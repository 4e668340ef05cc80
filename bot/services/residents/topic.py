"""The topic of residents' data as a whole."""

from bot.services.kernel.topics import Due, Topic
from bot.services.residents import cleaning

TOPIC = Topic(due={cleaning.KIND: Due(cleaning.run, long=True)})
