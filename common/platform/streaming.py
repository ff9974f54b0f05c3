"""Server-Sent Events of web functions: framing, signs of life, errors in the middle, and clients that have gone.

Source of the framing: WHATWG HTML, section 9.2.
"""

import json
import re
import select
import socket
import time
from collections.abc import Callable, Generator, Iterator
from typing import Any, Protocol

from common import logs
from common.platform.errors_outside import error_content, log_facts
from common.platform.events.http import HttpRequest
from common.platform.responses import Response
from common.wiring import App

#: Proxies and phones give up connections on which nothing moves.
HEARTBEAT_S = 3.0

#: All three end a line of the stream, so a carriage return inside a text would cut its event short.
_LINE_END = re.compile(r"\r\n|\r|\n")
_COMMENT = b":\n\n"


class ServerSent(Protocol):
    """An event without a name is no event: it says that its source is alive, and gives a chance to look for the client."""

    @property
    def name(self) -> str: ...

    @property
    def text(self) -> str: ...

    @property
    def id(self) -> str | None: ...


def wants_events(request: HttpRequest, *, default: bool) -> bool:
    """What the client says it reads; `default` when it names neither a stream nor JSON."""
    accepted = request.headers.get("accept", "").lower()
    return "text/event-stream" in accepted or (default and "application/json" not in accepted)


def event_stream(events: Iterator[ServerSent], app: App) -> Response:
    """The events as they come. What breaks them off becomes the event `error`: the status line is long gone."""
    return Response.stream(_framed(events, app.request_id))


def _framed(events: Iterator[ServerSent], request_id: str) -> Iterator[bytes]:
    silent_since = time.monotonic()
    try:
        for event in events:
            is_due = time.monotonic() - silent_since >= HEARTBEAT_S
            if event.name or is_due:
                silent_since = time.monotonic()
            yield _frame(event.name, event.text, event.id) if event.name else _COMMENT if is_due else b""
    except Exception as error:
        logs.write("stream", {"request_id": request_id, **log_facts(error)})
        yield _frame("error", json.dumps(error_content(error, request_id), ensure_ascii=False), None)
    finally:
        if isinstance(events, Generator):
            events.close()


def _frame(name: str, text: str, event_id: str | None) -> bytes:
    """Line breaks in a text are kept."""
    number = "" if event_id is None else f"id: {event_id}\n"
    lines = "".join(f"data: {line}\n" for line in _LINE_END.split(text))
    return f"{number}event: {name}\n{lines}\n".encode()


def while_connected(chunks: Iterator[bytes], is_gone: Callable[[], bool], done: Callable[[], None]) -> Iterator[bytes]:
    """`chunks` until the client has gone, which closes them; `done` is called at the end, whatever it was."""
    try:
        for chunk in chunks:
            if is_gone():
                return
            if chunk:
                yield chunk
    finally:
        if isinstance(chunks, Generator):
            chunks.close()
        done()


def has_gone(connection: Any) -> bool:
    """The other side has closed its end. A write would tell too, but only the second one."""
    if connection is None:
        return False
    try:
        readable, _, _ = select.select([connection], [], [], 0)
        return bool(readable) and connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except (OSError, ValueError):
        return True
