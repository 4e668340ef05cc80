"""Asterisk's chan_websocket with JSON control messages: message in, event out, and back.

Asterisk cuts sound into frames itself between START_MEDIA_BUFFERING and STOP_MEDIA_BUFFERING; we keep that on.
"""

import json
import re
from typing import Any

from api.telephone.line import (
    BadMessage,
    CallAudio,
    CallCommand,
    CallEnded,
    CallEvent,
    CallStarted,
    KeyPressed,
    Leave,
    MarkPlayed,
    News,
    PlayAudio,
    PlayMark,
    Xoff,
    Xon,
)

CODEC = "slin"
KEYS = frozenset("0123456789*#")
LONGEST_MESSAGE = 64 * 1024
"""Asterisk sends 320 bytes of sound at a time, and control messages of less than 2 kB."""
NAME = re.compile(r"\w[\w .:-]{0,99}", re.ASCII)
"""Of a call, by Asterisk, and of a task, by us: they become part of addresses and are kept."""
NEWS: dict[str, News] = {"new": "new", "nobody": "nobody", "outbound": "outbound"}


def read(message: str | bytes) -> CallEvent | None:
    """None for what does not matter to us. Raises BadMessage."""
    if len(message) > LONGEST_MESSAGE:
        raise BadMessage("too long")
    if isinstance(message, bytes):
        return CallAudio(message[: len(message) // 2 * 2])
    try:
        data = json.loads(message)
    except (ValueError, RecursionError):
        raise BadMessage("no JSON") from None
    if not isinstance(data, dict):
        raise BadMessage("no object")
    match data.get("event"):
        case "MEDIA_START":
            return _started(data)
        case "DTMF_END":
            key = data.get("digit")
            return KeyPressed(key) if isinstance(key, str) and key in KEYS else None
        case "MEDIA_MARK_PROCESSED":
            return MarkPlayed(str(data.get("correlation_id", "")))
        case "MEDIA_XOFF":
            return Xoff()
        case "MEDIA_XON":
            return Xon()
        case "MEDIA_END" | "HANGUP":
            return CallEnded()
    return None


def write(command: CallCommand) -> str | bytes:
    match command:
        case PlayAudio(pcm):
            return pcm
        case PlayMark(name):
            return json.dumps({"command": "MARK_MEDIA", "correlation_id": name})
        case Leave():
            return json.dumps({"command": "HANGUP"})
        case _:
            return json.dumps({"command": "FLUSH_MEDIA"})


def buffering(*, on: bool) -> str:
    return json.dumps({"command": "START_MEDIA_BUFFERING" if on else "STOP_MEDIA_BUFFERING"})


def _started(data: dict[str, Any]) -> CallStarted:
    if data.get("format") != CODEC:
        raise BadMessage("wrong rate or codec")
    given = data.get("channel_variables")
    # Variables that travel on to the next channel carry two underscores in front of their name.
    variables = {str(k).lstrip("_"): str(v) for k, v in given.items()} if isinstance(given, dict) else {}
    call = variables.get("LINYU_CALL") or str(data.get("channel_id") or "")
    if not NAME.fullmatch(call):
        raise BadMessage("no call")
    task = variables.get("LINYU_TASK", "")
    return CallStarted(
        provider_call=call,
        caller=number_of(variables.get("LINYU_CALLER", "")),
        news=NEWS.get(variables.get("LINYU_NEWS", ""), "new"),
        task=task if NAME.fullmatch(task) else "",
    )


def number_of(shown: str) -> str | None:
    """A caller's number as digits; None when it is withheld or no telephone number."""
    digits = shown.removeprefix("+")
    return digits if digits.isascii() and digits.isdigit() and 3 <= len(digits) <= 20 else None
