"""The topic of proposals."""

from actions.core.topics import LEFT, Form, RecordGoal, Records, Topic
from actions.proposals import draft, questions, records, support
from bot.services.proposals import proposals

TOPIC = Topic(
    forms={
        "submit_proposal_form": Form(
            ("description", "similar", "phone", "digits", "confirmation", "changing"),
            take=draft.take,
            questions=questions.SUBMIT,
            given_up={"confirmation": LEFT, "requested_slot": None},
        ),
        "support_proposal_form": Form(
            ("record", "phone", "digits", "confirmation", "changing"),
            take=support.take,
            questions=questions.BACK,
            given_up={"confirmation": LEFT, "requested_slot": None},
        ),
    },
    records=Records(
        of_conversation=proposals.of_conversation,
        find=proposals.find_proposal,
        title=records.title,
        public=proposals.public_one,
        goals={"check_proposal": RecordGoal(records.show, only_shows=True, unnamed=records.tell_public)},
    ),
)
