"""The topic of volunteers and their points."""

from actions.core.topics import LEFT, Form, RecordGoal, Records, Topic
from actions.points import honours, questions, records, volunteering
from bot.services.points import points

TOPIC = Topic(
    supplements={"volunteer_honorary": honours.tell},
    forms={
        "join_volunteering_form": Form(
            ("description", "free_time", "name", "phone", "digits", "confirmation", "changing"),
            take=volunteering.take,
            questions=questions.JOIN,
            given_up={"confirmation": LEFT, "requested_slot": None},
        ),
        "redeem_points_form": Form(("record", "item", "confirmation", "changing"), questions=questions.REDEEM),
        "undo_redemption_form": Form(("record", "item", "confirmation"), questions=questions.UNDO),
    },
    records=Records(
        of_conversation=points.of_conversation,
        find=points.find_volunteer,
        title=records.title,
        goals={
            "check_points": RecordGoal(records.show, only_shows=True),
            "redeem_points": RecordGoal(records.start_redeeming, which="points.which.redeem"),
            "undo_redemption": RecordGoal(records.start_undoing, which="points.which.undo"),
        },
    ),
)
