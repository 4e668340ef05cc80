"""Turn and Reply to JSON exactly as the public contract shows them, and back."""

from typing import Any

from bot.turns import Button, Heard, Reply, Source, State, Turn


def turn_to_dict(turn: Turn) -> dict[str, Any]:
    return {
        "turn_id": turn.turn_id,
        "goal": turn.goal,
        "confidence": turn.confidence,
        "heard": heard_to_dict(turn.heard),
        "replies": [reply_to_dict(reply) for reply in turn.replies],
        "state": {"form": turn.state.form, "awaiting": turn.state.awaiting},
    }


def turn_from_dict(data: dict[str, Any]) -> Turn:
    return Turn(
        turn_id=data["turn_id"],
        goal=data["goal"],
        confidence=data["confidence"],
        replies=tuple(reply_from_dict(reply) for reply in data["replies"]),
        state=State(**data["state"]),
        heard=heard_from_dict(data["heard"]),
    )


def reply_to_dict(reply: Reply) -> dict[str, Any]:
    return {
        "text": reply.text,
        "spoken": reply.spoken,
        "buttons": [{"title": button.title, "payload": button.payload} for button in reply.buttons],
        "sources": [{"title": source.title, "section": source.section} for source in reply.sources],
        "card": reply.card,
    }


def reply_to_row(reply: Reply) -> dict[str, Any]:
    """As it is kept: with the choices, so that the next turn knows what 第二个 means."""
    choices = [{"title": choice.title, "payload": choice.payload} for choice in reply.choices]
    return {**reply_to_dict(reply), **({"choices": choices, "told": reply.told} if choices else {})}


def reply_from_dict(data: dict[str, Any]) -> Reply:
    return Reply(
        text=data["text"],
        spoken=data["spoken"],
        buttons=tuple(Button(**button) for button in data["buttons"]),
        sources=tuple(Source(**source) for source in data["sources"]),
        card=data["card"],
        choices=tuple(Button(**choice) for choice in data.get("choices", ())),
        told=data.get("told", 0),
    )


def heard_to_dict(heard: Heard | None) -> dict[str, Any] | None:
    return None if heard is None else {"text": heard.text, "confidence": heard.confidence}


def heard_from_dict(data: dict[str, Any] | None) -> Heard | None:
    return None if data is None else Heard(**data)
