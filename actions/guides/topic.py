"""The topic of guides: steps that lead through a matter."""

from actions.core.topics import STOPPED, Form, Topic
from actions.guides import draft, questions

TOPIC = Topic(
    forms={
        "guide_form": Form(
            draft.SLOTS,
            take=draft.take,
            questions=questions.GUIDE,
            given_up={"guide": STOPPED, "question": draft.DONE, "step": STOPPED, "requested_slot": None},
        )
    }
)
