"""Length-prefixed JSON over a socket: how the emulator and an instance talk, so that stdout stays free for logs.

Standard library only, and importable by itself: the instance's process loads it outside the package.
"""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

_LENGTH = struct.Struct("!I")


class Closed(Exception):
    """The other side is gone."""


class Frames:
    """One end of a connection. A frame is four bytes of length, then UTF-8 JSON."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._received = bytearray()

    def send(self, frame: dict[str, Any]) -> None:
        body = json.dumps(frame, ensure_ascii=False).encode("utf-8", "surrogatepass")
        try:
            self._connection.sendall(_LENGTH.pack(len(body)) + body)
        except OSError as error:
            raise Closed(str(error)) from error

    def receive(self) -> dict[str, Any]:
        """Wait for a frame. Raises Closed at the end, TimeoutError when the socket's timeout passes: call again."""
        while (frame := self._whole()) is None:
            try:
                chunk = self._connection.recv(1 << 20)
            except TimeoutError:
                raise
            except OSError as error:
                raise Closed(str(error)) from error
            if not chunk:
                raise Closed("end of stream")
            self._received += chunk
        return frame

    def close(self) -> None:
        self._connection.close()

    def _whole(self) -> dict[str, Any] | None:
        if len(self._received) < _LENGTH.size:
            return None
        (length,) = _LENGTH.unpack_from(self._received)
        end = _LENGTH.size + length
        if len(self._received) < end:
            return None
        frame: dict[str, Any] = json.loads(self._received[_LENGTH.size : end].decode("utf-8", "surrogatepass"))
        del self._received[:end]
        return frame
