"""Turn and Reply to JSON exactly as the public contract shows them, and back."""

from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter

from bot.turns import Heard, Reply, Turn

_TURN, _REPLY, _HEARD = TypeAdapter(Turn), TypeAdapter(Reply), TypeAdapter(Heard)


def turn_to_dict(turn: Turn) -> dict[str, Any]:
    shown: dict[str, Any] = _TURN.dump_python(turn, mode="json")
    return shown


def turn_from_dict(data: dict[str, Any]) -> Turn:
    return _TURN.validate_python(data)


def reply_to_dict(reply: Reply) -> dict[str, Any]:
    shown: dict[str, Any] = _REPLY.dump_python(reply, mode="json")
    return shown


def reply_to_row(reply: Reply) -> dict[str, Any]:
    """As it is kept: with the choices, so that the next turn knows what 第二个 means."""
    return {
        **reply_to_dict(reply),
        **({"choices": asdict(reply)["choices"], "told": reply.told} if reply.choices else {}),
    }


def reply_from_dict(data: dict[str, Any]) -> Reply:
    return _REPLY.validate_python(data)


def heard_to_dict(heard: Heard | None) -> dict[str, Any] | None:
    return None if heard is None else asdict(heard)


def heard_from_dict(data: dict[str, Any] | None) -> Heard | None:
    return None if data is None else _HEARD.validate_python(data)
