"""A name of which only the surname is told at first: 伍 … 伍月英."""

from collections.abc import Mapping
from typing import Any

from actions.core.questions import Draft, Question
from actions.core.turn import Said

SLOT = "surname"
"""What was told of the name so far."""


def whole(name: str, said: Said, draft: Mapping[str, Any]) -> dict[str, Any]:
    """The slots that this name fills; a surname alone is kept, and the rest is asked once."""
    begun = str(draft.get(SLOT) or "")
    if said.english or len(name) > 1:
        joined = (
            begun + name
            if begun and len(name) <= GIVEN and not name.startswith(begun) and not said.entities.phone
            else name
        )
        return {"name": joined if said.awaiting == "name" else name, SLOT: None}
    if begun == name and said.awaiting == "name":
        return {"name": name, SLOT: None}
    return {"name": None, SLOT: name} if said.awaiting == "name" else {SLOT: name}


GIVEN = 2
"""So many signs are a given name at most."""


def only_surname(said: Said, draft: Mapping[str, Any]) -> dict[str, Any]:
    """Asked for the rest of the name, the resident leaves it at the surname."""
    begun = draft.get(SLOT)
    leaves_it = said.awaiting == "name" and said.act in ("yes", "no", "any", "unsure", "keep")
    return {"name": begun, SLOT: None} if begun and leaves_it else {}


def _so_far(_said: Said, draft: Draft) -> Mapping[str, str]:
    return {"surname": draft[SLOT]}


GIVEN_NAME = Question(
    ("utter_ask_given_name", "utter_ask_given_name_example", "utter_ask_given_name_narrower"),
    blanks=_so_far,
    as_said=lambda _said, draft: {"name": draft[SLOT], SLOT: None},
)


def rest_wanted(draft: Draft) -> Question | None:
    """The question for the given name, when there is a surname."""
    return GIVEN_NAME if draft.get(SLOT) else None
