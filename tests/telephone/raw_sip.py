"""SIP messages written by hand, from any loopback address: what a telephone that we did not choose may send."""

import hashlib
import re
import socket
import uuid
from types import TracebackType
from typing import Self

SECONDS = 3.0
TRIES = 3


class RawSip:
    """One UDP socket. Answers are read as text; requests of the other end are answered with 200 and kept."""

    def __init__(self, exchange_port: int, address: str = "127.0.0.1") -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((address, 0))
        self._socket.settimeout(SECONDS)
        self._exchange = ("127.0.0.1", exchange_port)
        self.host, self.port = self._socket.getsockname()
        self._call, self._tag, self._number = uuid.uuid4().hex, uuid.uuid4().hex[:8], 0
        self._to_tag = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._socket.close()

    def register(self, name: str, password: str | None = None) -> int:
        """The last status; with a password the challenge is answered."""
        status, headers = self.ask("REGISTER", name, to=name)
        if status == 401 and password is not None:
            extra = {"Authorization": _digest(headers["www-authenticate"], name, password, "REGISTER", self._uri(""))}
            status, _ = self.ask("REGISTER", name, to=name, extra=extra)
        return status

    def invite(self, name: str, to: str = "linyu", *, sdp: str = "", extra: dict[str, str] | None = None) -> int:
        """The final status; a call that is answered is acknowledged and stays up."""
        status, _ = self.ask("INVITE", name, to=to, body=sdp or self.sdp(), extra=extra)
        self._send("ACK", name, to, {}, "")
        return status

    def hang_up(self, name: str) -> int:
        return self.ask("BYE", name)[0]

    def ask(
        self, method: str, name: str, *, to: str = "linyu", body: str = "", extra: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str]]:
        """Final status and headers of the answer."""
        self._number += 1
        self._send(method, name, to, extra or {}, body)
        tries = 1
        while True:
            try:
                text = self._socket.recv(65535).decode("utf-8", "replace")
            except TimeoutError:  # the exchange has just started: say it again
                if tries == TRIES:
                    raise
                tries += 1
                self._send(method, name, to, extra or {}, body)
                continue
            headers = _headers(text)
            first = text.split("\r\n", 1)[0]
            if not first.startswith("SIP/2.0"):
                self._answer(headers)
                continue
            status = int(first.split()[1])
            if status < 200 or not headers["cseq"].endswith(method):
                continue
            if tag := re.search(r";tag=([^;>\s]+)", headers["to"]):
                self._to_tag = tag[1] if method == "INVITE" and status == 200 else self._to_tag
            return status, headers

    def next_request(self, seconds: float = SECONDS) -> str | None:
        """Method of the next request of the other end, answered with 200; None when none comes."""
        self._socket.settimeout(seconds)
        try:
            while True:
                text = self._socket.recv(65535).decode("utf-8", "replace")
                if not text.startswith("SIP/2.0"):
                    self._answer(_headers(text))
                    return text.split(" ", 1)[0]
        except TimeoutError:
            return None
        finally:
            self._socket.settimeout(SECONDS)

    def sdp(self, direction: str = "sendrecv", rtp_port: int = 40000, codec: tuple[int, str] = (8, "PCMA/8000")) -> str:
        return (
            f"v=0\r\no=- 1 {self._number + 1} IN IP4 {self.host}\r\ns=-\r\nc=IN IP4 {self.host}\r\nt=0 0\r\n"
            f"m=audio {rtp_port} RTP/AVP {codec[0]}\r\na=rtpmap:{codec[0]} {codec[1]}\r\na={direction}\r\n"
        )

    def _uri(self, user: str) -> str:
        return f"sip:{user}@127.0.0.1:{self._exchange[1]}" if user else f"sip:127.0.0.1:{self._exchange[1]}"

    def _send(self, method: str, name: str, to: str, extra: dict[str, str], body: str) -> None:
        uri = self._uri("" if method == "REGISTER" else to)
        lines = [
            f"{method} {uri} SIP/2.0",
            f"Via: SIP/2.0/UDP {self.host}:{self.port};branch=z9hG4bK{uuid.uuid4().hex};rport",
            "Max-Forwards: 20",
            f"From: <sip:{name}@{self.host}>;tag={self._tag}",
            f"To: <{self._uri(to)}>" + (f";tag={self._to_tag}" if self._to_tag else ""),
            f"Call-ID: {self._call}",
            f"CSeq: {self._number} {method}",
            f"Contact: <sip:{name}@{self.host}:{self.port}>",
            *(["Content-Type: application/sdp"] if body else []),
            *(["Expires: 60"] if method == "REGISTER" else []),
            *(f"{key}: {value}" for key, value in extra.items()),
            f"Content-Length: {len(body)}",
        ]
        self._socket.sendto(("\r\n".join(lines) + "\r\n\r\n" + body).encode(), self._exchange)

    def _answer(self, headers: dict[str, str]) -> None:
        kept = "".join(f"{key}: {headers[key]}\r\n" for key in ("via", "from", "to", "call-id", "cseq"))
        self._socket.sendto(f"SIP/2.0 200 OK\r\n{kept}Content-Length: 0\r\n\r\n".encode(), self._exchange)


def _headers(text: str) -> dict[str, str]:
    pairs = (line.split(":", 1) for line in text.split("\r\n\r\n", 1)[0].split("\r\n")[1:] if ":" in line)
    return {key.strip().lower(): value.strip() for key, value in pairs}


def _digest(challenge: str, name: str, password: str, method: str, uri: str) -> str:
    """RFC 2617 with qop=auth."""
    given = dict(re.findall(r'(\w+)="?([^",]+)"?', challenge))
    nonce, realm, ours = given["nonce"], given["realm"], uuid.uuid4().hex
    first, second = _md5(f"{name}:{realm}:{password}"), _md5(f"{method}:{uri}")
    response = _md5(f"{first}:{nonce}:00000001:{ours}:auth:{second}")
    opaque = f', opaque="{given["opaque"]}"' if "opaque" in given else ""
    return (
        f'Digest username="{name}", realm="{realm}", nonce="{nonce}", uri="{uri}", response="{response}", '
        f'algorithm=MD5, qop=auth, nc=00000001, cnonce="{ours}"{opaque}'
    )


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
