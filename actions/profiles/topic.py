"""The topic of what residents want to be known by."""

from actions.core.topics import LEFT, Form, RecordGoal, Records, Topic
from actions.profiles import profiles as flow
from actions.profiles import questions
from bot.services.profiles import profiles

TOPIC = Topic(
    forms={
        "profile_form": Form(
            ("description", "agreed", "name", "place", "phone", "digits", "confirmation", "changing"),
            take=flow.take,
            questions=questions.PROFILE,
            given_up={"confirmation": LEFT, "requested_slot": None},
        ),
    },
    records=Records(
        of_conversation=profiles.of_conversation,
        find=profiles.find,
        title=flow.title,
        goals={
            "show_profile": RecordGoal(flow.show, only_shows=True),
            "forget_profile": RecordGoal(flow.forget, which="profiles.which.forget"),
        },
    ),
)
