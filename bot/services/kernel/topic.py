"""What no topic owns and every one needs: finished tasks and wrong tries, which are soon of no use."""

from bot.services.kernel.topics import Expiry, Topic, every, some
from bot.store.kernel import failed_attempt_queries, task_queries

FINISHED_TASK_DAYS = 30
TRY_DAYS = 1

TOPIC = Topic(
    expiries=(
        Expiry(
            "tasks",
            lambda keep: FINISHED_TASK_DAYS,
            some(task_queries.tasks_before),
            counted=False,
        ),
        Expiry(
            "tries",
            lambda keep: TRY_DAYS,
            every(failed_attempt_queries.delete_before),
            shown=False,
            counted=False,
        ),
    ),
)
