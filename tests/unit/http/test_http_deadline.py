"""The deadline holds against a server that dribbles, in the head of the answer and in its body."""

import contextlib
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from common.errors import VendorUnavailable
from common.http import HttpClient


class Dribble:
    """Accepts connections and sends one byte every 50 ms after `head`, for ever."""

    def __init__(self, head):
        self._head = head
        self._stop = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def _run(self):
        with contextlib.suppress(OSError):
            connection, _ = self._listener.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(self._head)
                while not self._stop.wait(0.05):
                    connection.sendall(b"\n" if self._head.endswith(b"\r\n\r\n") else b"x")

    def close(self):
        self._stop.set()
        self._listener.close()
        self._thread.join()


@pytest.fixture
def dribble():
    servers = []

    def start(head):
        servers.append(Dribble(head))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.mark.parametrize(
    "head",
    [b"HTTP/1.1 200 OK\r\nX-Long: ", b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"],
    ids=["head", "body"],
)
def test_exchange_ends_in_time_when_the_server_dribbles(dribble, head):
    server = dribble(head)
    client = HttpClient(lambda: 60, lambda record: None)
    vendor = client.for_vendor("acme", base_url=server.url, connect_timeout_s=0.1, read_timeout_s=0.3)
    began = time.monotonic()

    with pytest.raises(VendorUnavailable) as caught:
        vendor.request("GET", "/", operation="read")

    client.close()
    assert caught.value.facts["reason"] == "ReadTimeout"
    assert time.monotonic() - began < 1.5


def test_exchange_ends_with_the_invocation_when_that_is_shorter_than_the_timeout(dribble):
    server = dribble(b"HTTP/1.1 200 OK\r\n\r\n")
    client = HttpClient(lambda: 0.3, lambda record: None)
    vendor = client.for_vendor("acme", base_url=server.url, read_timeout_s=30)
    began = time.monotonic()

    with pytest.raises(VendorUnavailable):
        vendor.request("GET", "/", operation="read")

    client.close()
    assert time.monotonic() - began < 1.5


class Port(BaseHTTPRequestHandler):
    """Answers with the client's port and keeps the connection."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = str(self.client_address[1]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Stay silent."""


def test_connection_is_used_again_when_a_second_request_follows():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Port)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    client = HttpClient(lambda: 60, lambda record: None)
    vendor = client.for_vendor("acme", base_url=f"http://127.0.0.1:{server.server_port}")

    ports = {vendor.request("GET", "/", operation="read").text for _ in range(2)}

    client.close()
    server.shutdown()
    server.server_close()
    assert len(ports) == 1
