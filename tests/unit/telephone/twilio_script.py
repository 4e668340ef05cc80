"""Messages of Twilio's stream, as its documentation shows them."""

import base64
import json
from typing import Any

STREAM, CALL, ACCOUNT = "MZ18ad3ab5a668481ce02b83e7395059f0", "CA8c6ae3ff2f1d4a2e9c6b7f3f5c2d1e0a", "AC123"
CONNECTED = '{"event":"connected","protocol":"Call","version":"1.0.0"}'
STOP = f'{{"event":"stop","sequenceNumber":"5","stop":{{"accountSid":"{ACCOUNT}","callSid":"{CALL}"}},"streamSid":"{STREAM}"}}'
SILENCE = json.dumps(
    {
        "event": "media",
        "sequenceNumber": "3",
        "media": {
            "track": "inbound",
            "chunk": "1",
            "timestamp": "5",
            "payload": base64.b64encode(b"\xff" * 160).decode(),
        },
        "streamSid": STREAM,
    }
)


def start(ticket: str = "one", call: str = CALL, **changes: Any) -> str:
    format_ = {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1}
    about = {
        "accountSid": ACCOUNT,
        "streamSid": STREAM,
        "callSid": call,
        "tracks": ["inbound"],
        "mediaFormat": format_,
        "customParameters": {"ticket": ticket},
    }
    return json.dumps({"event": "start", "sequenceNumber": "1", "start": about | changes, "streamSid": STREAM})


def key(digit: str) -> str:
    about = {"track": "inbound_track", "digit": digit}
    return json.dumps({"event": "dtmf", "streamSid": STREAM, "sequenceNumber": "5", "dtmf": about})


def mark(name: str) -> str:
    return json.dumps({"event": "mark", "sequenceNumber": "4", "streamSid": STREAM, "mark": {"name": name}})
