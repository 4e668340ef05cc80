"""From Rasa's messages to the replies that channels show and speak."""

from typing import Any

from bot.language.ear import for_ear
from bot.turns import Button, Reply, Source


def to_reply(message: dict[str, Any], language: str) -> Reply:
    """`custom` may hold `spoken`, `sources` and `card`; what is missing is made from the text."""
    text = message.get("text") or ""
    extra = message.get("custom") or {}
    return Reply(
        text=text,
        spoken=extra.get("spoken") or for_ear(text, language),
        buttons=tuple(Button(b["title"], b["payload"]) for b in message.get("buttons") or ()),
        sources=tuple(Source(s["title"], s["section"]) for s in extra.get("sources") or ()),
        card=extra.get("card"),
    )
