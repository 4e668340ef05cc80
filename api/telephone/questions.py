"""What the call itself may have asked; the next words may answer it."""

from typing import Literal

Question = Literal[
    "draft",
    "draft_digits",
    "this_number",
    "remember_pace",
    "call_back",
    "which_number",
    "number_right",
    "reminder",
    "solved",
    "keep_before_goodbye",
    "score",
]
