"""The topic of bookings."""

from actions.bookings import change, questions, records, stops
from actions.bookings.manners import offering
from actions.bookings.package import draft as package
from actions.core.topics import LEFT, Form, RecordGoal, Records, Topic
from bot.services.bookings import bookings

TOPIC = Topic(
    forms={
        "book_service_form": Form(
            (
                "service", "offering", "place", "date", "time", "party", "party_between", "others", "beneficiary", "weekly", "repeat", "description", "waiting", "among", "package", "name", "surname", "phone", "digits",
                "wanted", "there", "twice", "confirmation", "changing",
            ),
            take=package.take,
            questions=questions.BOOK,
            given_up={"confirmation": LEFT, "requested_slot": None},
        ),
        "change_booking_form": Form(
            (
                "record", "service", "offering", "place", "date", "time", "party", "name", "surname", "phone", "digits", "wanted", "confirmation",
                "changing", "scope",
            ),
            questions=questions.CHANGE,
        ),
        "cancel_booking_form": Form(("record", "scope", "confirmation"), questions=questions.CANCEL),
    },
    offers=offering.of_booking,
    supplements={"mobile_bus_timetable_gap": stops.tell, "mobile_bus_what": stops.tell},
    records=Records(
        of_conversation=bookings.of_conversation,
        of_mandate=bookings.of_mandate,
        find=bookings.find_booking,
        title=records.title,
        goals={
            "check_booking": RecordGoal(records.show, only_shows=True),
            "change_booking": RecordGoal(
                change.start_change,
                ("confirmed",),
                which="bookings.which.change",
                together=lambda booking: booking.series or booking.number,
            ),
            "cancel_booking": RecordGoal(
                records.start_cancellation,
                bookings.LIVE,
                which="bookings.which.cancel",
                also_stops=True,
                together=lambda booking: booking.series or booking.number,
            ),
            "accept_offer": RecordGoal(records.accept, ("offered",)),
        },
    ),
)  # fmt: skip
