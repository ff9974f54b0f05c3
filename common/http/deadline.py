"""An overall deadline for one HTTP exchange, enforced where bytes are read and written.

httpx's read timeout is per chunk: an answer that dribbles (DeepSeek sends blank lines while a request queues) resets it
for ever. Here every socket operation may last no longer than the time the whole exchange has left.
"""

import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import httpcore
import httpx

from common.http.certificate import ClientCertificate

_ends_at: ContextVar[float | None] = ContextVar("exchange_ends_at", default=None)

KEEPALIVE_S = 30.0


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Every exchange in this block, made over a DeadlineTransport, ends or fails within `seconds`."""
    token = _ends_at.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _ends_at.reset(token)


class DeadlineTransport(httpx.HTTPTransport):
    """httpx's own transport over sockets that know the deadline."""

    def __init__(self, certificate: ClientCertificate | None = None) -> None:
        context = httpx.create_ssl_context(trust_env=False)
        if certificate is not None:
            certificate.load_into(context)
        super().__init__(verify=context, trust_env=False)
        # httpx offers no way to choose the network backend; httpcore, its engine, does.
        self._pool = httpcore.ConnectionPool(
            ssl_context=context,
            max_connections=20,
            max_keepalive_connections=10,
            keepalive_expiry=KEEPALIVE_S,
            network_backend=_DeadlineBackend(),
        )


class _DeadlineBackend(httpcore.NetworkBackend):
    def __init__(self) -> None:
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        bounded = _bounded(timeout, httpcore.ConnectTimeout)
        return _DeadlineStream(self._backend.connect_tcp(host, port, bounded, local_address, socket_options))


class _DeadlineStream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _bounded(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _bounded(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        bounded = _bounded(timeout, httpcore.ConnectTimeout)
        return _DeadlineStream(self._stream.start_tls(ssl_context, server_hostname, bounded))

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def _bounded(timeout: float | None, expired: type[Exception]) -> float | None:
    ends_at = _ends_at.get()
    if ends_at is None:
        return timeout
    left_s = ends_at - time.monotonic()
    if left_s <= 0:
        raise expired("the deadline of the exchange has passed")
    return left_s if timeout is None else min(timeout, left_s)
