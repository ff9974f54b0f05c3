"""One HTTP exchange with a web function's server, watched for time, memory, kill orders and a client that has gone."""

from __future__ import annotations

import contextlib
import http.client
import select
import socket
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request

from ..instances.sandbox import Host
from ..instances.watch import LOOK_EVERY_S, Watch
from ..instances.web import WebInstance
from ..outcome import Failure, Status
from ..switches import SYNC_LIMIT_BYTES
from .headers import Headers, forwarded, returned

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

PIECE_BYTES = 64 * 1024
DEATH_WAIT_S = 0.3


class Exchange:
    """`open` sends the request and returns the answer's head; `chunks` yields its body as it arrives."""

    def __init__(self, instance: WebInstance, host: Host, client_is_gone: Callable[[], bool]) -> None:
        self._instance = instance
        self._client_is_gone = client_is_gone
        self._watch = Watch(instance.sandbox, host)
        self._connection = http.client.HTTPConnection("127.0.0.1", instance.port)
        self._response: http.client.HTTPResponse | None = None
        self._done = threading.Event()
        self._body_sent = False
        self.is_complete = False
        self.failure: Failure | None = None
        self.duration_ms = 0.0
        self._supervisor = threading.Thread(target=self._supervise, daemon=True)

    @property
    def peak_bytes(self) -> int:
        return self._watch.peak_bytes

    def open(self, request: Request, platform: Headers) -> tuple[str, Headers]:
        """Status line and headers of the answer. Raises Failure."""
        try:
            self._connection.connect()
            self._supervisor.start()
            self._send_head(request, platform)
            self._send_body(request)
            self._response = self._connection.getresponse()
        except (OSError, http.client.HTTPException) as error:
            raise self._reason(error) from error
        return f"{self._response.status} {self._response.reason}", returned(self._response.getheaders())

    def chunks(self) -> Iterator[bytes]:
        """Raises ConnectionResetError in the middle when the function fails: the client then sees a broken answer."""
        response = self._response
        remaining = response.length if response else None
        while response is not None:
            try:
                piece = response.read1(PIECE_BYTES)
            except (OSError, ValueError, http.client.HTTPException) as error:
                self.failure = self._reason(error)
                raise ConnectionResetError(self.failure.message) from error
            if not piece:
                break
            if remaining is not None:
                remaining -= len(piece)
                self._note_completion(remaining == 0)
            yield piece
        self._note_completion(not self.failure)
        if self.failure:
            raise ConnectionResetError(self.failure.message)

    def close(self) -> None:
        self.duration_ms = self._watch.running_s * 1000
        self._done.set()
        if self._response and not self.is_complete and not self.failure:
            self.failure = Failure(Status.CANCELLED, "the client closed the connection")
        if self._supervisor.is_alive():
            self._supervisor.join()
        self._connection.close()

    def _send_head(self, request: Request, platform: Headers) -> None:
        target = request.environ.get("RAW_URI") or request.full_path
        self._connection.putrequest(request.method, target, skip_host=True, skip_accept_encoding=True)
        for name, value in [*forwarded(list(request.headers.items())), *platform]:
            self._connection.putheader(name, value.encode("latin-1", "replace"))
        if is_chunked(request.environ):
            self._connection.putheader("Transfer-Encoding", "chunked")
        self._connection.endheaders()

    def _send_body(self, request: Request) -> None:
        """A server may answer, and close, before it has read everything: then its answer counts."""
        pieces = body_pieces(request.environ)
        with contextlib.suppress(BrokenPipeError):
            for piece in pieces:
                self._connection.send(piece)
        self._body_sent = True

    def _note_completion(self, is_complete: bool) -> None:
        """A client that goes from now on has got everything."""
        self.is_complete = is_complete
        if is_complete:
            self._done.set()

    def _supervise(self) -> None:
        """Cuts the connection when something is wrong; whoever waits on it finds the reason in `failure`."""
        while not self._done.wait(LOOK_EVERY_S):
            try:
                self._watch.look()
                if self._body_sent and self._client_is_gone():
                    raise Failure(Status.CANCELLED, "the client closed the connection")
            except Failure as failure:
                self.failure = failure
                self._instance.spent = self._instance.spent or failure.status != Status.CANCELLED
                self._cut()
                return

    def _cut(self) -> None:
        upstream: socket.socket | None = self._connection.sock or getattr(self._response, "_sock", None)
        if upstream:
            with contextlib.suppress(OSError):
                upstream.shutdown(socket.SHUT_RDWR)

    def _reason(self, error: Exception) -> Failure:
        """Why the exchange broke: what the supervisor saw, or a server that went away."""
        if self.failure:
            return self.failure
        if isinstance(error, BodyTooLarge):
            return Failure(Status.REQUEST_TOO_LARGE, str(error))
        if self._instance.sandbox.dies_within(DEATH_WAIT_S):
            return Failure(Status.PROCESS_EXITED, "the function's process exited before it answered")
        return Failure(Status.INTERNAL, f"the function's server broke the connection: {error}")


class BodyTooLarge(OSError):
    """A chunked request body went over the limit."""


def client_is_gone(environ: WSGIEnvironment) -> bool:
    """True when the client has closed its side. Needs the server's socket; without it nobody ever seems to go."""
    connection = environ.get("werkzeug.socket")
    if connection is None:
        return False
    try:
        readable, _, _ = select.select([connection], [], [], 0)
        return bool(readable) and connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except (OSError, ValueError):
        return True


def is_chunked(environ: WSGIEnvironment) -> bool:
    return "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower()


def body_pieces(environ: WSGIEnvironment) -> Iterator[bytes]:
    """The request body as it arrives, framed as it came: plain for a content length, chunks for chunked."""
    if is_chunked(environ):
        total = 0
        for piece in _dechunked(environ["wsgi.input"]):
            total += len(piece)
            if total > SYNC_LIMIT_BYTES:
                raise BodyTooLarge(f"request too large: a body may have {SYNC_LIMIT_BYTES} bytes")
            yield b"%x\r\n%s\r\n" % (len(piece), piece)
        yield b"0\r\n\r\n"
        return
    remaining = int(environ.get("CONTENT_LENGTH") or 0)
    read = getattr(environ["wsgi.input"], "read1", environ["wsgi.input"].read)
    while remaining and (piece := read(min(remaining, PIECE_BYTES))):
        remaining -= len(piece)
        yield piece


def _dechunked(stream: Any) -> Iterator[bytes]:
    """Chunk by chunk. The server's own reader waits until a whole buffer is full, so its source is read instead."""
    source = getattr(stream, "_rfile", None)
    if source is None:
        while piece := stream.read(PIECE_BYTES):
            yield piece
        return
    while size := int(source.readline().split(b";")[0], 16):
        while size:
            piece = source.read1(min(size, PIECE_BYTES))
            if not piece:
                raise ConnectionResetError("the client closed the connection")
            size -= len(piece)
            yield piece
        source.readline()
    while source.readline().strip():
        pass
