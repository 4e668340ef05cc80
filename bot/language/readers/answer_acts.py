"""What we ask of a resident, and what a short sentence said after it can be. The names are used by all channels."""

SUMMARIES = ("read_back", "change", "reopen")
"""Something is read back, to be written after a yes."""
QUESTIONS = (
    *SUMMARIES, "cancel", "keep_draft", "resume_draft", "draft", "what_to_change",
    "phone", "name", "place", "date", "time", "service", "offering", "full", "party", "description", "number", "tail",
    "reminder", "solved", "score", "this_number", "number_right", "call_back", "remember_pace", "offer_person",
    "seat_offer", "anything_else", "unasked",
)  # fmt: skip
"""`data/answers/README.md` tells each with its words."""
CONTENT = "content"
"""The value that was asked for, or something else altogether: no act of its own."""
UNASKED = "unasked"
"""In place of a question where none was asked."""
MORE, HURRY = "more", "hurry"
"""More is told of a trouble; whoever sees to it is to be urged on."""
STARS = {f"stars_{score}": score for score in range(1, 6)}
ACTS = (
    "yes", "no", "stop", "change", "keep", "drop", "wait", "other_time", "anonymous", "any", "unsure", "solved",
    "not_solved", "cancel", "no_calls", MORE, HURRY, *STARS, "goodbye", "not_for_us", CONTENT,
)  # fmt: skip
ONLY_AFTER = {
    "keep": ("keep_draft", "resume_draft", "draft"),
    "drop": ("keep_draft", "resume_draft", "draft"),
    "solved": ("solved",),
    "not_solved": ("solved",),
    "cancel": ("reminder",),
    "wait": ("full", "offering", "date", "time"),
    "other_time": ("full", "offering", "date", "time"),
    "no_calls": ("reminder", "solved", "call_back", "remember_pace", "draft"),
    "anonymous": ("phone", "name", "call_back", "this_number", "read_back"),
    "change": (*SUMMARIES, "cancel", "number_right", "what_to_change"),
    MORE: ("read_back", "reopen", "phone", "place", UNASKED),
    HURRY: (UNASKED,),
    **dict.fromkeys(STARS, ("score",)),
}
"""Acts that only some questions call for; all others may follow any question."""


def may_follow(act: str, asked: str | None) -> bool:
    """Can this act answer that question? Unasked, words add to what is filed or urge it on, if they do anything at all."""
    if asked is None:
        return act in ("goodbye", "not_for_us", CONTENT)
    if asked == UNASKED and act not in (MORE, HURRY):
        return act == CONTENT
    return act not in ONLY_AFTER or asked in ONLY_AFTER[act]
