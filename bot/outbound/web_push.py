"""News to a browser's push service: encrypted for that browser alone (RFC 8291) and signed by us (RFC 8292)."""

import base64
from datetime import datetime
from urllib.parse import urlsplit

import httpx
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid
from pywebpush import WebPusher

SECONDS = 10
GOOD_FOR_SECONDS = 12 * 3600
"""How long a push service keeps a message for a device that is off."""
SIGNED_FOR_SECONDS = 12 * 3600


def public_key(private: str) -> str:
    """What a page gives the browser as `applicationServerKey`."""
    point = Vapid.from_string(private).public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


def is_usable(p256dh: str, auth: str) -> bool:
    """Can something be encrypted for a browser with these keys?"""
    try:
        WebPusher({"endpoint": "", "keys": {"p256dh": p256dh, "auth": auth}}).encode(b"?")
    except Exception:  # whatever the library finds wrong with what a stranger sends
        return False
    return len(base64.urlsafe_b64decode(auth + "==")) == 16


def is_service(endpoint: str, allowed: str) -> bool:
    """Is the address that a browser names at one of the push services in `allowed`? So nobody makes us ask other hosts.

    A plain host stands for itself and those below it, over https; an origin (http://127.0.0.1:9000) for itself alone.
    """
    try:
        at = urlsplit(endpoint)
        port = at.port
    except ValueError:
        return False
    if at.username or at.password or not at.hostname:
        return False
    for one in (named for part in allowed.split(",") if (named := part.strip())):
        if "://" in one:
            if f"{at.scheme}://{at.netloc}" == one:
                return True
        elif at.scheme == "https" and port in (None, 443) and (at.hostname == one or at.hostname.endswith(f".{one}")):
            return True
    return False


class PushSender:
    """One connection pool for all push services."""

    def __init__(self, private: str, contact: str) -> None:
        self._vapid, self._contact = Vapid.from_string(private), contact
        self._client = httpx.Client(timeout=SECONDS, follow_redirects=False, headers={"User-Agent": "Linyu"})

    def send(self, endpoint: str, p256dh: str, auth: str, body: str, now: datetime) -> int | str:
        """The HTTP status that came back, or the kind of error where none came."""
        at = urlsplit(endpoint)
        origin, until = f"{at.scheme}://{at.netloc}", int(now.timestamp()) + SIGNED_FOR_SECONDS
        claims = {"aud": origin, "sub": self._contact, "exp": until}
        encrypted = WebPusher({"endpoint": endpoint, "keys": {"p256dh": p256dh, "auth": auth}}).encode(body.encode())
        headers = {
            **self._vapid.sign(claims),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(GOOD_FOR_SECONDS),
            "Urgency": "normal",
        }
        try:
            with self._client.stream("POST", endpoint, content=encrypted["body"], headers=headers) as answer:
                return answer.status_code
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return type(error).__name__

    def close(self) -> None:
        self._client.close()
