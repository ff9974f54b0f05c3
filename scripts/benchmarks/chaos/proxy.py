"""A relay on loopback in front of a server, which can be cut and can fall silent without anybody touching the server."""

from __future__ import annotations

import contextlib
import socket
import threading

HOST = "127.0.0.1"
BACKLOG = 128
CHUNK = 65_536


class Proxy:
    """Relays `port` to `target`; use in a `with` block. Thread-safe.

    `cut` breaks every connection and refuses new ones, as a server that is down; `mute` lets nothing through and says
    nothing, as a network that is down; `restore` ends either.
    """

    def __init__(self, target: tuple[str, int]) -> None:
        self._target = target
        self._lock = threading.Lock()
        self._flowing = threading.Event()
        self._flowing.set()
        self._pairs: set[tuple[socket.socket, socket.socket]] = set()
        self._listener = _listen(0)
        self.port = int(self._listener.getsockname()[1])
        self._start(self._listener)

    def cut(self) -> None:
        _close(self._listener)
        with self._lock:
            pairs = list(self._pairs)
        for pair in pairs:
            self._part(pair)

    def mute(self) -> None:
        self._flowing.clear()

    def restore(self) -> None:
        self._flowing.set()
        if self._listener.fileno() < 0:
            self._listener = _listen(self.port)
            self._start(self._listener)

    def close(self) -> None:
        self._flowing.set()
        self.cut()

    def __enter__(self) -> Proxy:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def _start(self, listener: socket.socket) -> None:
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:  # it was cut
                return
            threading.Thread(target=self._connect, args=(client,), daemon=True).start()

    def _connect(self, client: socket.socket) -> None:
        """A muted network does not let a connection reach the server either."""
        self._flowing.wait()
        try:
            server = socket.create_connection(self._target)
        except OSError:
            _close(client)
            return
        for end in (client, server):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        pair = (client, server)
        with self._lock:
            self._pairs.add(pair)
        for source, sink in (pair, pair[::-1]):
            threading.Thread(target=self._pump, args=(source, sink, pair), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, pair: tuple[socket.socket, socket.socket]) -> None:
        with contextlib.suppress(OSError):
            while content := source.recv(CHUNK):
                self._flowing.wait()
                sink.sendall(content)
        self._part(pair)

    def _part(self, pair: tuple[socket.socket, socket.socket]) -> None:
        with self._lock:
            self._pairs.discard(pair)
        for end in pair:
            _close(end)


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((HOST, port))
    listener.listen(BACKLOG)
    return listener


def _close(end: socket.socket) -> None:
    """Shut down first: a thread that waits in it would not notice the close alone."""
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
