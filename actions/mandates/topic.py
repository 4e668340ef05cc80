"""The topic of mandates: children who act for their parents."""

from actions.core.topics import LEFT, Form, RecordGoal, Records, Topic
from actions.mandates import act, give, questions, records
from bot.services.mandates import mandates

TOPIC = Topic(
    forms={
        "mandate_form": Form(
            ("helper", "powers", "date", "phone", "digits", "tell", "confirmation", "changing"),
            take=give.take,
            questions=questions.GIVE,
            given_up={"confirmation": LEFT, "requested_slot": None},
        ),
        "act_for_other_form": Form(
            ("phone", "digits", "code", "name", "contact", "powers", "beneficiary", "confirmation", "changing"),
            take=act.take,
            questions=questions.ACT,
            given_up={"confirmation": LEFT, "requested_slot": None},
        ),
    },
    records=Records(
        of_conversation=records.of_conversation,
        find=mandates.find,
        title=records.title,
        goals={
            "check_mandate": RecordGoal(records.show, only_shows=True),
            "end_mandate": RecordGoal(records.end, mandates.LIVE, or_any=True),
        },
    ),
)
