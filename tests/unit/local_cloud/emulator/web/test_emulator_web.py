"""Web functions: scf_bootstrap, headers, unbuffered bodies both ways, limits, cancelled requests."""

import http.client
import json
import shutil
import socket
import time
from dataclasses import replace
from itertools import pairwise
from urllib.parse import urlsplit

import httpx
import pytest

from scripts.local_cloud.emulator.cloud import Emulator
from scripts.local_cloud.emulator.instances.launch import listens_on_loopback_only, mapped_bootstrap
from scripts.local_cloud.emulator.outcome import Failure, Status
from scripts.local_cloud.emulator.switches import SYNC_LIMIT_BYTES


@pytest.fixture(scope="module")
def client(running):
    with httpx.Client(base_url=running.url, trust_env=False, timeout=10) as client:
        yield client


def wait_for_line(emulator, text: str, timeout_s: float = 3.0) -> bool:
    end = time.monotonic() + timeout_s
    while time.monotonic() < end:
        if any(text in line for line in emulator.logs.lines("web")):
            return True
        time.sleep(0.02)
    return False


def open_socket(running) -> socket.socket:
    address = urlsplit(running.url)
    return socket.create_connection((address.hostname, address.port), timeout=5)


def test_web_function_gets_the_platforms_headers_and_the_clients_own(client, running):
    reply = client.get("/web/about?q=1", headers={"x-mine": "1", "x-scf-name": "forged", "connection": "close"})

    about = reply.json()
    headers = {name.lower(): value for name, value in about["headers"].items()}
    assert about["path"] == "/web/about?q=1"
    assert headers["x-mine"] == "1"
    assert headers["x-scf-name"] == "sample-web"
    assert headers["x-scf-request-id"] == reply.headers["x-scf-request-id"]
    keys = (headers["x-scf-secret-id"], headers["x-scf-secret-key"], headers["x-scf-session-token"])
    assert keys in [key[:3] for key in running.keys]


def test_web_function_is_started_by_its_bootstrap_with_layers_only(client):
    environment = client.get("/web/about").json()["environment"]

    assert environment["SAMPLE_STARTED_BY"] == "bootstrap"
    assert environment["GREETING"] == "hello; world"
    assert "UNDECLARED" not in environment


def test_response_arrives_chunk_by_chunk_when_the_function_streams(client):
    client.get("/web/about")
    arrivals = []

    with client.stream("GET", "/web/stream") as reply:
        for piece in reply.iter_raw():
            arrivals.append((time.monotonic(), piece))

    assert [piece for _, piece in arrivals] == [b"data: 0\n\n", b"data: 1\n\n", b"data: 2\n\n"]
    gaps = [later - earlier for (earlier, _), (later, _) in pairwise(arrivals)]
    assert all(gap > 0.1 for gap in gaps)


@pytest.mark.parametrize("framing", ["content-length: 6", "transfer-encoding: chunked"])
def test_request_body_arrives_piece_by_piece_when_the_client_is_slow(running, client, framing):
    client.get("/web/about")
    chunked = framing.endswith("chunked")
    with open_socket(running) as connection:
        connection.sendall(f"POST /web/upload HTTP/1.1\r\nhost: local\r\n{framing}\r\n\r\n".encode())
        for _ in range(2):
            time.sleep(0.2)
            connection.sendall(b"3\r\nabc\r\n" if chunked else b"abc")
        connection.sendall(b"0\r\n\r\n" if chunked else b"")
        response = http.client.HTTPResponse(connection)
        response.begin()

        status, body = response.status, response.read()

    assert status == 200
    (first_at, first), (second_at, second) = json.loads(body)
    assert (first, second) == (3, 3)
    assert second_at - first_at > 0.1


def test_web_function_is_reused_when_it_is_warm(client, emulator):
    client.get("/web/about")
    client.get("/web/about")

    assert emulator.instances("web") == 1


def test_request_fails_with_433_when_the_function_is_too_slow(client):
    reply = client.get("/web/sleep")

    assert (reply.status_code, reply.json()["statusCode"]) == (433, 433)


def test_stream_is_broken_off_when_the_function_passes_its_timeout(client):
    with pytest.raises(httpx.RemoteProtocolError), client.stream("GET", "/web/endless") as reply:
        for _ in reply.iter_raw():
            pass


def test_request_fails_with_439_when_the_process_dies(client):
    reply = client.get("/web/die")

    assert (reply.status_code, reply.json()["statusCode"]) == (439, 439)
    assert client.get("/web/about").status_code == 200


def test_request_fails_when_the_response_headers_are_over_4_kb(client):
    assert client.get("/web/headers").status_code == 500


def test_request_fails_with_406_when_the_body_is_over_6_mb(client):
    assert client.post("/web/upload", content=b"x" * (SYNC_LIMIT_BYTES + 1)).status_code == 406


def test_request_fails_with_446_when_nothing_listens(client):
    reply = client.get("/silent", headers={"authorization": "TC3-HMAC-SHA256 Credential=x"})

    assert (reply.status_code, reply.json()["statusCode"]) == (446, 446)


def test_function_learns_of_it_when_the_client_goes_away(running, client, emulator):
    client.get("/web/about")
    with open_socket(running) as connection:
        connection.sendall(b"GET /web/endless HTTP/1.1\r\nhost: local\r\n\r\n")
        connection.recv(1000)

    assert wait_for_line(emulator, "the client closed the connection")
    assert wait_for_line(emulator, "client gone"), "the instance was stopped before it could notice"
    assert emulator.instances("web") == 1


def test_log_says_why_when_the_bootstrap_exits(start, tmp_path):
    with start(state_dir=tmp_path) as emulator:
        spec = emulator.manifest.functions["web"]
        source = tmp_path / "source"
        shutil.copytree(spec.source, source)
        (source / "server.py").write_text("raise SystemExit('no database')", encoding="utf-8")
        manifest = replace(emulator.manifest, functions={"web": replace(spec, source=source)})
    with (
        Emulator(manifest, tmp_path, code_cache=tmp_path / "code-cache") as broken,
        httpx.Client(transport=httpx.WSGITransport(broken.gateway), base_url="http://local") as client,
    ):
        reply = client.get("/web/about")

        assert reply.status_code == 405
        assert "exited with code 1" in reply.json()["errorMessage"]
        assert "no database" in broken.logs.lines("web")


@pytest.mark.parametrize(("address", "only_loopback"), [("127.0.0.1", True), ("0.0.0.0", False)])  # noqa: S104
def test_server_is_found_out_when_it_listens_on_loopback_only(address, only_loopback):
    with socket.create_server((address, 0)) as server:
        port = server.getsockname()[1]

        assert listens_on_loopback_only(port) is only_loopback


@pytest.mark.parametrize(
    ("script", "mode", "complaint"),
    [
        (None, 0o755, "there is no scf_bootstrap"),
        (b"#!/bin/bash\n", 0o644, "not executable"),
        (b"#!/bin/bash\r\n", 0o755, "CRLF"),
    ],
)
def test_bootstrap_is_refused_when_the_platform_could_not_start_it(tmp_path, script, mode, complaint):
    if script is not None:
        (tmp_path / "scf_bootstrap").write_bytes(script)
        (tmp_path / "scf_bootstrap").chmod(mode)

    with pytest.raises(Failure, match=complaint) as refused:
        mapped_bootstrap(tmp_path, tmp_path)

    assert refused.value.status == Status.BOOTSTRAP_EXITED
