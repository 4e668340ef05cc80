"""The topic of residents' data as a whole."""

from bot.services.kernel.topics import Due, Topic
from bot.services.residents import cleaning, privacy

TOPIC = Topic(
    due={
        cleaning.KIND: Due(cleaning.run, long=True),
        privacy.COUNT: Due(lambda store, task, now, rules: privacy.count_values(store, task, now), long=True),
    }
)
