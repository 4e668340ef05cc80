"""From Rasa's messages to the replies that channels show and speak."""

from typing import Any

from bot.language import choices as row
from bot.language.ear import for_ear
from bot.turns import Button, Reply, Source, Tile


def to_reply(message: dict[str, Any], language: str) -> Reply:
    """`custom` may hold `spoken`, `sources`, `card`, `tiles` and `choices`; what is missing is made from the text."""
    text = (message.get("text") or "").strip()
    extra = message.get("custom") or {}
    choices = tuple(Button(c["title"], c["payload"]) for c in extra.get("choices") or ())
    told = [choice.title for choice in choices[: row.AT_ONCE]]
    heard = text
    for either in (False, True):
        heard = (
            heard.replace(row.for_eye(told, language, either=either), row.for_ear(told, language)) if told else heard
        )
    return Reply(
        text=text,
        spoken=extra.get("spoken") or for_ear(heard, language),
        buttons=tuple(Button(b["title"], b["payload"]) for b in message.get("buttons") or ()),
        sources=tuple(Source(s["title"], s["section"]) for s in extra.get("sources") or ()),
        card=extra.get("card"),
        tiles=tuple(Tile(t["title"], t["note"], t["payload"]) for t in extra.get("tiles") or ()),
        choices=choices,
        told=len(told),
    )
