"""Serve any WSGI app on a loopback port: threaded HTTP/1.1, every chunk sent as soon as it is produced."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

HOST = "127.0.0.1"
BACKLOG = 128


class QuietConnection(WSGIRequestHandler):
    """One connection. Fakes keep their own request log, so nothing goes to stderr but tracebacks."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Stay silent."""

    def connection_dropped(self, error: BaseException, environ: WSGIEnvironment | None = None) -> None:  # noqa: ARG002
        """An app that raised ConnectionError wants the socket closed; werkzeug would wait for the next request."""
        self.close_connection = True


@dataclass
class Serving:
    """A running server. `close()` stops it and frees the port; it also runs on leaving a `with` block."""

    port: int
    _server: BaseWSGIServer
    _thread: threading.Thread
    _on_close: list[Callable[[], None]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    def close(self) -> None:
        """Stop serving; requests that hang are let go first. Safe to call twice."""
        for action in self._on_close:
            action()
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()

    def __enter__(self) -> Serving:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()


def serve(app: WSGIApplication | Callable[..., Iterable[bytes]], port: int = 0) -> Serving:
    """Serve `app` on 127.0.0.1 in a background thread; port 0 takes a free one. Raises OSError if the port is taken."""
    with _listen(port) as listener:
        server = make_server(HOST, port, app, threaded=True, request_handler=QuietConnection, fd=listener.fileno())
    thread = threading.Thread(target=_run, args=(server,), name=f"serve-{server.port}", daemon=True)
    thread.start()
    release: Any = getattr(app, "release", None)
    return Serving(server.port, server, thread, [release] if callable(release) else [])


def _listen(port: int) -> socket.socket:
    """Bound here because werkzeug would end the whole process when the port is taken."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def _run(server: BaseWSGIServer) -> None:
    server.serve_forever(poll_interval=0.05)
