"""ASGI middleware: what no honest client sends is refused once, before anything reads it."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.problems import problem

MOST_HEADERS = 100
HEADER_BYTES = 32 * 1024
NUL = (b"\\u0000", b"%00")
"""As JSON and as forms and addresses write it. PostgreSQL stores no such character."""
TEXT = (b"application/json", b"application/x-www-form-urlencoded")


class PlainRequests:
    """400 for a NUL in path, query or words, 431 for headers without end."""

    def __init__(self, app: ASGIApp, sorry: str) -> None:
        """`sorry` is what the answer says."""
        self.app, self.sorry = app, sorry

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = scope["headers"]
        if len(headers) > MOST_HEADERS or sum(len(name) + len(value) for name, value in headers) > HEADER_BYTES:
            await self._refuse(431, "headers-too-large", scope, receive, send)
        elif "\0" in scope["path"] or NUL[1] in scope.get("query_string", b""):
            await self._refuse(400, "bad-request", scope, receive, send)
        elif scope["type"] == "websocket" or not dict(headers).get(b"content-type", b"").startswith(TEXT):
            await self.app(scope, receive, send)
        else:
            await self._watched(scope, receive, send)

    async def _watched(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The body passes through; one with a NUL ends, and the answer is ours."""
        end, found, answered = b"", False, False

        async def watch() -> Message:
            nonlocal end, found
            message = await receive()
            seen = end + message.get("body", b"")
            found = found or any(nul in seen for nul in NUL)
            end = seen[-5:]  # a NUL may be cut in two
            return (
                {**message, "body": b"", "more_body": False} if found and message["type"] == "http.request" else message
            )

        async def answer(message: Message) -> None:
            nonlocal answered
            if not found:
                await send(message)
            elif not answered:
                answered = True
                await self._refuse(400, "bad-request", scope, receive, send)

        await self.app(scope, watch, answer)

    async def _refuse(self, status: int, code: str, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        await problem(status, code, self.sorry)(scope, receive, send)
