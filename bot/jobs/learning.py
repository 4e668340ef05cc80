"""What the worker does for learning: long work, in a thread of its own so that nothing else that is due waits for it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from bot.services.kernel import tasks
from bot.services.learning import question_groups, trained_models

LEASE = timedelta(hours=2)
"""A training takes minutes, on a slow and busy machine more."""


def learning_handlers(
    trainer: trained_models.Trainer, grouper: question_groups.Grouper, clock: Callable[[], datetime]
) -> tasks.Handlers:
    return {
        "retrain": partial(trained_models.train, trainer=trainer, clock=clock),
        "group_questions": partial(question_groups.find, grouper=grouper),
    }
