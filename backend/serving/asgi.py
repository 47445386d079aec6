"""The application as an event loop serves it: bodies are read within their time, Flask answers in threads.

The plain prediction, which nearly all requests are, is answered on the loop itself (`backend.api.plain`):
handing it to a thread and through Flask would cost more than the answer.
"""

import asyncio
import io
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from a2wsgi.wsgi import build_environ
from flask import Flask

from backend.api.bodies import LATE
from backend.api.plain import PLAIN, PlainAnswer, PlainPredictions

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

SMALL = 64 * 1024  # bytes of a body that is read whoever else is sending
MOMENT = 0.01  # s, until an answer on the loop is counted and logged
LARGE_AT_ONCE = 8  # larger bodies that are read at a time: together they fit into memory


class AsgiApplication:
    """Answers HTTP requests as `application` does."""

    def __init__(self, application: Flask, threads: int, most: int):
        """Answer with `application` in so many `threads`.

        A body of over `most` bytes isn't waited for: it is refused.
        """
        self._application = application
        self._plain: PlainPredictions | None = application.extensions.get(PLAIN)
        self._threads = ThreadPoolExecutor(threads, "request")
        self._most = most
        self._large = asyncio.Semaphore(LARGE_AT_ONCE)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request, see the ASGI specification."""
        length = _length(scope["headers"])
        if length <= SMALL:
            body = await _read(receive) if length else b""
        elif length <= self._most:
            async with self._large:
                body = await _read(receive)
        else:
            body = b""
        answer = self._plainly(scope, body) if length else None
        if answer is None:
            loop = asyncio.get_running_loop()
            answer = await loop.run_in_executor(self._threads, self._ask, scope, body)
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        await send({"type": "http.response.body", "body": answer.body})

    def _plainly(self, scope: Message, body: bytes) -> PlainAnswer | None:
        """Return the answer to a plain prediction, of which log and metrics hear in a moment."""
        if self._plain is None:
            return None
        nothing_awaits = self._plain.is_settled
        answer = self._plain.answer(scope, body)
        if answer and nothing_awaits:
            asyncio.get_running_loop().call_later(MOMENT, self._plain.settle)
        return answer

    def _ask(self, scope: Message, body: bytes) -> PlainAnswer:
        """Return Flask's answer; runs in a thread."""
        environ: dict[str, Any] = {**build_environ(scope, io.BytesIO(body)), LATE: LATE in scope}  # type: ignore[arg-type]
        started: list[Any] = []

        def start(
            status: str, headers: list[tuple[str, str]], _failure: Any = None
        ) -> Callable[[bytes], object]:
            started.extend((status, headers))
            return lambda _: None

        content = self._application(environ, start)
        try:
            whole = b"".join(content)
        finally:
            if hasattr(content, "close"):
                content.close()
        status, headers = started
        encoded = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        return PlainAnswer(int(status[:3]), encoded, whole)


async def _read(receive: Receive) -> bytes:
    """Return the body; less of it where that is all that came."""
    message = await receive()
    if not message.get("more_body"):
        return message.get("body", b"")
    pieces = [message["body"]]
    while message.get("more_body"):
        message = await receive()
        pieces.append(message.get("body", b""))
    return b"".join(pieces)


def _length(headers: list[tuple[bytes, bytes]]) -> int:
    """The Content-Length of a request, which the parser of its head has checked; 0 where there is none."""
    return next((int(value) for name, value in headers if name == b"content-length"), 0)
