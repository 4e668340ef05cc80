"""The topic of people: a call back."""

from actions.core.topics import STOPPED, Form, Topic
from actions.handover import handover, questions

TOPIC = Topic(
    forms={
        "callback_form": Form(
            ("purpose", "phone", "digits", "confirmation"),
            questions=questions.CALL_BACK,
            given_up={"phone": questions.NO_PHONE, "confirmation": STOPPED},
        )
    },
    request_person=handover.request_person,
)
