"""The topic of complaints: cases."""

from actions.complaints import draft, questions, records
from actions.core.topics import LEFT, Form, RecordGoal, Records, Topic
from bot.services.cases import cases

TOPIC = Topic(
    forms={
        "file_complaint_form": Form(
            ("category", "gist", "description", "place", "phone", "digits", "confirmation", "changing"),
            take=draft.take,
            questions=questions.FILE,
            given_up={"confirmation": LEFT, "requested_slot": None},
        ),
        "reopen_case_form": Form(("record", "description", "confirmation", "changing"), questions=questions.REOPEN),
    },
    records=Records(
        of_conversation=cases.of_conversation,
        of_mandate=cases.of_mandate,
        find=cases.find_case,
        title=records.title,
        goals={
            "check_case": RecordGoal(records.show, only_shows=True),
            "reopen_case": RecordGoal(
                records.start_reopening,
                cases.HAS_ITS_ANSWER,
                or_any=True,
                which="cases.which.reopen",
                without="file_complaint_form",
            ),
        },
    ),
)
