"""A push service and a browser on this machine: takes what is sent over HTTP and opens it as RFC 8291 and RFC 8188 say."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bot.services.push.push import Device

Json = dict[str, Any]


def base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def plain(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Browser:
    """Its keys, and what its push service was sent."""

    origin: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = b"0123456789abcdef"
    answers: list[int] = field(default_factory=list)
    """Statuses of the next requests; 201 after them."""
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    @property
    def point(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def device(self) -> Device:
        return Device(f"{self.origin}/push/secret-address", base64url(self.point), base64url(self.secret))

    def read(self, body: bytes) -> Json:
        """The one record of a message (RFC 8188, 2.1) with the keys of RFC 8291, 3.4."""
        salt, length = body[:16], body[20]
        theirs = body[21 : 21 + length]
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
        secret = derived(shared, self.secret, b"WebPush: info\0" + self.point + theirs, 32)
        key = derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = derived(secret, salt, b"Content-Encoding: nonce\0", 12)
        content = AESGCM(key).decrypt(nonce, body[21 + length :], None)
        told: Json = json.loads(content.rstrip(b"\0").removesuffix(b"\2"))
        return told

    def messages(self) -> list[Json]:
        return [self.read(body) for _, _, body in self.requests]


def derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(secret)


def claims_of(authorization: str, public_key: str) -> Json:
    """What the signature covers, once it is found to be of this key (RFC 8292, 3)."""
    kind, _, rest = authorization.partition(" ")
    told = dict(part.split("=", 1) for part in rest.split(","))
    assert (kind, told["k"].rstrip("=")) == ("vapid", public_key)
    signed, _, signature = told["t"].rpartition(".")
    raw = plain(signature)
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), plain(told["k"].rstrip("=")))
    numbers = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    point.verify(numbers, signed.encode(), ec.ECDSA(SHA256()))
    claims: Json = json.loads(plain(signed.split(".")[1]))
    return claims


@contextmanager
def push_service() -> Iterator[Browser]:
    """Until the end of the block."""
    browser = Browser("")

    class Takes(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            browser.requests.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(browser.answers.pop(0) if browser.answers else 201)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """The suite's output is for its own news."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Takes)
    browser.origin = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield browser
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
