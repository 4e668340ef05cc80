"""The topic of volunteers and their points."""

from actions.core.topics import Form, RecordGoal, Records, Topic
from actions.points import records, volunteering
from bot.services.points import points

TOPIC = Topic(
    forms={
        "join_volunteering_form": Form(
            ("description", "free_time", "name", "phone", "confirmation", "changing"),
            take=volunteering.take,
            worth_keeping=True,
        ),
        "redeem_points_form": Form(("record", "item", "confirmation", "changing")),
        "undo_redemption_form": Form(("record", "confirmation")),
    },
    records=Records(
        of_conversation=points.of_conversation,
        find=points.find_volunteer,
        title=records.title,
        goals={
            "check_points": RecordGoal(records.show, only_shows=True),
            "redeem_points": RecordGoal(
                records.start_redeeming, which=("用志愿者{number}的积分兑换", "redeem the points of volunteer {number}")
            ),
            "undo_redemption": RecordGoal(
                records.start_undoing, which=("撤销志愿者{number}的兑换", "undo the reward of volunteer {number}")
            ),
        },
    ),
)
