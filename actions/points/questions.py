"""How volunteers are asked: what they would do, when, name and phone; which reward; and the read-backs."""

from collections.abc import Mapping
from typing import Any

from actions.core.phone_parts import more_wanted
from actions.core.questions import Draft, Question
from actions.core.turn import Said
from actions.points.records import names_of, payable, reward_choice, volunteer_of
from bot import wiring
from bot.services.points import points
from bot.turns import Button


def _summary(_said: Said, draft: Draft) -> Mapping[str, Any]:
    return {name: draft.get(name) for name in ("description", "free_time", "name", "phone")}


def _rewards(said: Said, draft: Draft) -> list[Button]:
    volunteer = volunteer_of(draft)
    return [reward_choice(one, said.language) for one in payable(volunteer)] if volunteer else []


def _balance(_said: Said, draft: Draft) -> Mapping[str, Any]:
    volunteer = volunteer_of(draft)
    return {"balance": volunteer.balance if volunteer else 0}


def _redemption(said: Said, draft: Draft) -> Mapping[str, Any]:
    volunteer = volunteer_of(draft)
    reward = next((one for one in points.rewards(wiring.store()) if one.id == draft.get("item")), None)
    if volunteer is None or reward is None:
        return {"cost": "", "rest": "", "reward": "", "reward_place": ""}
    return {"cost": reward.cost, "rest": volunteer.balance - reward.cost, **names_of(reward, said.english)}


def _undoing(said: Said, draft: Draft) -> Mapping[str, Any]:
    volunteer = volunteer_of(draft)
    made = next((one for one in volunteer.redemptions if one.code == draft.get("item")), None) if volunteer else None
    return {"cost": made.reward.cost, **names_of(made.reward, said.english)} if made else {"cost": "", "reward": ""}


def _about_oneself(draft: Draft) -> Question | None:
    return CHANGE_VOLUNTEERING if draft.get("changing") else None


def _another_reward(draft: Draft) -> Question | None:
    return CHANGE_REWARD if draft.get("changing") else None


CHANGE_VOLUNTEERING = Question(
    (
        "utter_what_to_change_volunteering",
        "utter_what_to_change_volunteering_example",
        "utter_what_to_change_volunteering_narrower",
    )
)
CHANGE_REWARD = Question(
    ("utter_what_to_change_reward", "utter_what_to_change_reward_example", "utter_what_to_change_reward_narrower"),
    choices=_rewards,
    chosen_from=1,
)
JOIN = {
    "description": Question(
        (
            "utter_ask_join_volunteering_form_description",
            "utter_ask_volunteering_example",
            "utter_ask_volunteering_narrower",
        ),
        as_said=lambda said, _draft: {"description": said.text},
    ),
    "free_time": Question(
        ("utter_ask_join_volunteering_form_free_time", "utter_ask_free_time_example", "utter_ask_free_time_narrower"),
        as_said=lambda said, _draft: {"free_time": said.text},
    ),
    "name": Question(
        ("utter_ask_join_volunteering_form_name", "utter_ask_name_example", "utter_ask_name_narrower"),
        as_said=lambda said, _draft: {"name": said.text},
    ),
    "phone": Question(
        ("utter_ask_join_volunteering_form_phone", "utter_ask_phone_example", "utter_ask_phone_narrower"),
        instead=more_wanted,
    ),
    "confirmation": Question(
        ("utter_confirm_volunteering", "utter_confirm_volunteering_again", "utter_confirm_volunteering_once_more"),
        blanks=_summary,
        instead=_about_oneself,
    ),
}
"""Of signing up."""
REDEEM = {
    "item": Question(
        ("utter_which_reward", "utter_which_reward_example", "utter_which_reward_narrower"),
        choices=_rewards,
        blanks=_balance,
    ),
    "confirmation": Question(
        ("utter_confirm_redemption", "utter_confirm_redemption_again", "utter_confirm_redemption_once_more"),
        blanks=_redemption,
        instead=_another_reward,
    ),
}
UNDO = {
    "confirmation": Question(
        ("utter_confirm_undo", "utter_confirm_undo_again", "utter_confirm_undo_once_more"), blanks=_undoing
    )
}
