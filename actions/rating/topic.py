"""The topic of ratings."""

from actions.core.questions import Question
from actions.core.topics import STOPPED, Form, Topic

TOPIC = Topic(
    forms={
        "rate_service_form": Form(
            ("score",),
            questions={
                "score": Question(
                    ("utter_ask_rate_service_form_score", "utter_ask_score_example", "utter_ask_score_narrower")
                )
            },
            given_up={"score": STOPPED},
        )
    }
)
