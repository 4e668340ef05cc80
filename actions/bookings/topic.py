"""The topic of bookings."""

from actions.bookings import draft, records
from actions.core.topics import Form, RecordGoal, Records, Topic
from bot.services.bookings import bookings

TOPIC = Topic(
    forms={
        "book_service_form": Form(
            (
                "service", "offering", "place", "date", "time", "party", "beneficiary", "waiting", "name", "phone",
                "confirmation", "changing",
            ),
            take=draft.take,
            worth_keeping=True,
        ),
        "change_booking_form": Form(
            ("record", "service", "offering", "date", "time", "party", "confirmation", "changing")
        ),
        "cancel_booking_form": Form(("record", "confirmation")),
    },
    records=Records(
        of_conversation=bookings.of_conversation,
        find=bookings.find_booking,
        title=records.title,
        goals={
            "check_booking": RecordGoal(records.show, only_shows=True),
            "change_booking": RecordGoal(
                records.start_change, ("confirmed",), which=("改预约{number}", "change booking {number}")
            ),
            "cancel_booking": RecordGoal(
                records.start_cancellation,
                bookings.LIVE,
                which=("取消预约{number}", "cancel booking {number}"),
                also_stops=True,
            ),
            "accept_offer": RecordGoal(records.accept, ("offered",)),
        },
    ),
)  # fmt: skip
