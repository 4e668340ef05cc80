"""The topic of jobs."""

from actions.core.topics import LEFT, STOPPED, Form, Topic
from actions.jobs import draft, questions, search

TOPIC = Topic(
    forms={
        "find_job_form": Form(
            ("trade", "job_search"),
            take=search.take,
            questions=questions.FIND,
            given_up={"trade": STOPPED, "requested_slot": None},
        ),
        "apply_job_form": Form(
            ("job_posting", "job_search", "wants", "name", "phone", "confirmation", "changing"),
            take=draft.take,
            questions=questions.APPLY,
            given_up={"confirmation": LEFT, "requested_slot": None},
        ),
    }
)
