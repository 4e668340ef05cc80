"""The topic of news on a device: who agreed to be told, and how long that is kept."""

from bot.services.kernel.topics import Due, Expiry, Topic, some
from bot.services.push import push
from bot.store.push import queries

TOPIC = Topic(
    erase_conversation=(queries.delete_of_conversation,),
    expiries=(
        Expiry(
            "push", lambda keep: keep.transcript_days, some(queries.subscriptions_before), shown=False, counted=False
        ),
    ),
    due={"push_news": Due(lambda store, task, now, rules: push.tell_devices(store, task, now))},
)
