"""The forms that every topic uses: the record flow, and what becomes of a draft."""

from actions.core.questions import Question
from actions.core.topics import STOPPED, Form, Topic

TOPIC = Topic(
    forms={
        "find_record_form": Form(
            ("purpose", "number", "tail", "record", "wish"),
            questions={
                "number": Question(
                    ("utter_ask_find_record_form_number", "utter_ask_number_example", "utter_ask_number_narrower")
                ),
                "tail": Question(
                    ("utter_ask_find_record_form_tail", "utter_ask_tail_example", "utter_ask_tail_narrower")
                ),
            },
            given_up={"number": STOPPED, "tail": STOPPED},
        ),
        "switch_form": Form(
            ("keep_draft",),
            questions={
                "keep_draft": Question(
                    ("utter_ask_switch_form_keep_draft", "utter_ask_keep_example", "utter_ask_keep_narrower")
                )
            },
            given_up={"keep_draft": True},
        ),
        "resume_form": Form(
            ("resume_draft",),
            questions={
                "resume_draft": Question(
                    ("utter_ask_resume_form_resume_draft", "utter_ask_resume_example", "utter_ask_resume_narrower")
                )
            },
            given_up={"resume_draft": True},
        ),
    }
)
