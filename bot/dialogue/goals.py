"""Which goal of bot/turns.py an intent of Rasa belongs to."""

from bot.turns import GOALS

FINER_INTENTS = {
    "stop": "deny",
    "erase_my_data": "human_agent",
    "accept_offer": "affirm",
    "guide_progress": "guided_steps",
    "undo_redemption": "redeem_points",
    **dict.fromkeys(("give_mandate", "check_mandate", "end_mandate"), "act_for_other"),
    **dict.fromkeys(("remember_me", "show_profile", "forget_profile"), "inform"),
}
"""Intents inside a goal."""


def goal_of(intent: str) -> str:
    """The goal itself; what is none of ours is out of scope."""
    goal = FINER_INTENTS.get(intent, intent)
    return goal if goal in GOALS else "out_of_scope"
