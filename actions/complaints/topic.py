"""The topic of complaints: cases."""

from actions.complaints import draft, records
from actions.core.topics import Form, RecordGoal, Records, Topic
from bot.services.cases import cases

TOPIC = Topic(
    forms={
        "file_complaint_form": Form(
            ("category", "description", "place", "phone", "confirmation", "changing"),
            take=draft.take,
            worth_keeping=True,
        ),
        "reopen_case_form": Form(("record", "description", "confirmation", "changing")),
    },
    records=Records(
        of_conversation=cases.of_conversation,
        find=cases.find_case,
        title=records.title,
        goals={
            "check_case": RecordGoal(records.show, only_shows=True),
            "reopen_case": RecordGoal(
                records.start_reopening,
                cases.HAS_ITS_ANSWER,
                or_any=True,
                which="cases.which.reopen",
            ),
        },
    ),
)
