"""Serving on a real port: nothing is buffered, a vanished client is noticed, a taken port is an error."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import httpx
import pytest

from scripts.local_cloud.fakes.kit import Request, Response, serve

PATIENCE_S = 5


def test_serving_sends_each_chunk_at_once_when_the_app_streams() -> None:
    seen_first = threading.Event()

    @Request.application
    def app(_request: Request) -> Response:
        def chunks() -> Iterator[bytes]:
            yield b"first"
            yield b"second" if seen_first.wait(PATIENCE_S) else b"too late"

        return Response(chunks())

    with serve(app) as serving, httpx.stream("GET", serving.url, trust_env=False, timeout=PATIENCE_S) as reply:
        received = []
        for chunk in reply.iter_raw():
            received.append(chunk)
            seen_first.set()

    assert received == [b"first", b"second"]


def test_serving_closes_the_stream_when_the_client_goes_away() -> None:
    closed = threading.Event()

    @Request.application
    def app(_request: Request) -> Response:
        def chunks() -> Iterator[bytes]:
            try:
                while not closed.wait(0.01):
                    yield b"x" * 10_000
            finally:
                closed.set()

        return Response(chunks())

    with serve(app) as serving:
        with httpx.stream("GET", serving.url, trust_env=False, timeout=PATIENCE_S) as reply:
            next(reply.iter_raw())

        assert closed.wait(PATIENCE_S)


def test_serving_speaks_http_1_1_when_asked() -> None:
    app = Response(b"hello")

    with serve(app) as serving:
        reply = httpx.get(serving.url, trust_env=False)

    assert reply.http_version == "HTTP/1.1"
    assert reply.text == "hello"


def test_serve_raises_an_os_error_when_the_port_is_taken() -> None:
    app = Response(b"hello")

    with serve(app) as serving, pytest.raises(OSError, match="in use"):
        serve(app, serving.port)


def test_serving_frees_the_port_when_closed_twice() -> None:
    app = Response(b"hello")
    serving = serve(app)

    serving.close()
    serving.close()

    with serve(app, serving.port) as again:
        assert httpx.get(again.url, trust_env=False).text == "hello"
