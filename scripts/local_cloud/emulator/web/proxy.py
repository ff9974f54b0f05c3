"""Requests for web functions: borrows an instance and lets the exchange flow through, in both directions unbuffered."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from typing import TYPE_CHECKING

from werkzeug.wrappers import Request

from ..context import new_request_id
from ..instances.pool import Pool
from ..instances.sandbox import Host
from ..instances.web import WebInstance
from ..logs import RequestLog
from ..manifest import FunctionSpec, Manifest
from ..outcome import Failure, Outcome, Status
from ..switches import SYNC_LIMIT_BYTES
from .exchange import Exchange, client_is_gone
from .headers import header_block_bytes, platform_headers

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HEADER_LIMIT_BYTES = 4 * 1024
Headers = list[tuple[str, str]]


class WebProxy:
    """One pool of instances per web function."""

    def __init__(self, manifest: Manifest, host: Host) -> None:
        self._host = host
        specs = {key: spec for key, spec in manifest.functions.items() if spec.type == "web"}
        self.pools = {key: Pool(spec, host, WebInstance) for key, spec in specs.items()}

    def answering(self, spec: FunctionSpec, request: Request, added: Headers) -> WSGIApplication:
        """A WSGI app that answers this one request; `added` are headers of the platform's own (CORS)."""

        def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            call = _Call(self.pools[spec.key], spec, self._host, new_request_id())
            return call.answer(request, environ, start_response, added)

        return app


class _Call:
    """One request from borrowing the instance to giving it back."""

    def __init__(self, pool: Pool[WebInstance], spec: FunctionSpec, host: Host, request_id: str) -> None:
        self._pool = pool
        self._spec = spec
        self._host = host
        self._request_id = request_id
        self._log = RequestLog(host.logs, spec.key, request_id, spec.memory_mb)

    def answer(
        self, request: Request, environ: WSGIEnvironment, start_response: StartResponse, added: Headers
    ) -> Iterable[bytes]:
        self._log.start()
        try:
            if (request.content_length or 0) > SYNC_LIMIT_BYTES:
                raise Failure(Status.REQUEST_TOO_LARGE, f"request too large: a body may have {SYNC_LIMIT_BYTES} bytes")
            seat = self._pool.borrow()
        except Failure as failure:
            self._finish(failure, 0.0, 0)
            return self._refuse(failure, start_response, added)
        exchange: Exchange | None = None
        try:
            if seat.instance.is_cold:
                seat.instance.initialise(self._log)
            self._pool.share(seat)
            exchange = Exchange(seat.instance, self._host, lambda: client_is_gone(environ))
            headers = platform_headers(self._spec, self._host, self._request_id)
            status, answered = exchange.open(request, headers)
            _check_headers(answered)
        except Failure as failure:
            if exchange:
                exchange.close()
            self._pool.give_back(seat)
            self._finish(failure, exchange.duration_ms if exchange else 0.0, exchange.peak_bytes if exchange else 0)
            return self._refuse(failure, start_response, added)

        def end() -> None:
            exchange.close()
            if exchange.failure and exchange.failure.status == Status.CANCELLED:
                _later(lambda: self._pool.give_back(seat), self._host.switches.cancel_grace_s)
            else:
                self._pool.give_back(seat)
            self._finish(exchange.failure, exchange.duration_ms, exchange.peak_bytes)

        start_response(status, [*answered, ("x-scf-request-id", self._request_id), *added])
        return _Flow(exchange, end)

    def _refuse(self, failure: Failure, start_response: StartResponse, added: Headers) -> Iterable[bytes]:
        body = json.dumps(failure.document(self._request_id), ensure_ascii=False).encode()
        headers = [("content-type", "application/json"), ("content-length", str(len(body)))]
        headers.append(("x-scf-request-id", self._request_id))
        start_response(f"{int(failure.status)} {_reason(failure.status)}", [*headers, *added])
        return [body]

    def _finish(self, failure: Failure | None, duration_ms: float, peak_bytes: int) -> None:
        """Bodies of web functions are not logged, so only a failure shows before the END line."""
        if failure:
            self._log.returned(Outcome.failed(self._request_id, failure))
        self._log.end(duration_ms, peak_bytes)


class _Flow:
    """The body as it comes. The server calls `close` at the end, and when the client has gone."""

    def __init__(self, exchange: Exchange, end: Callable[[], None]) -> None:
        self._exchange = exchange
        self._end = end
        self._is_over = False

    def __iter__(self) -> Iterator[bytes]:
        """The instance is free before the client has the last byte: its next request must find it warm."""
        yield b""  # makes the server send the headers before the first byte of the body exists
        for piece in self._exchange.chunks():
            if self._exchange.is_complete:
                self.close()
            yield piece
        self.close()

    def close(self) -> None:
        if not self._is_over:
            self._is_over = True
            self._end()


def _later(act: Callable[[], None], after_s: float) -> None:
    timer = threading.Timer(after_s, act)
    timer.daemon = True
    timer.start()


def _check_headers(headers: Headers) -> None:
    size_bytes = header_block_bytes(headers)
    if size_bytes > HEADER_LIMIT_BYTES:
        raise Failure(
            Status.INTERNAL, f"the response headers have {size_bytes} bytes, {HEADER_LIMIT_BYTES} are allowed"
        )
    length = next((value for name, value in headers if name.lower() == "content-length"), "0")
    if int(length) > SYNC_LIMIT_BYTES:
        raise Failure(Status.RESPONSE_TOO_LARGE, "body size is too long")


def _reason(status: Status) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return status.name.replace("_", " ").title()
