"""Faults on request: how often they strike, and what the client sees of each kind."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from scripts.local_cloud.fakes.kit import Fake, Request, Response, Route, json_response, serve

SENTENCE = "it was done"


class Doer(Fake):
    """A vendor that does one thing and counts it."""

    name = "doer"

    def __init__(self) -> None:
        self.done = 0
        super().__init__()

    def routes(self) -> list[Route]:
        return [Route("GET", "/do", "do", self.do), Route("GET", "/rest", "rest", lambda _request: json_response({}))]

    def do(self, _request: Request) -> Response:
        self.done += 1
        return json_response({"sentence": SENTENCE})

    def environment(self, base_url: str) -> dict[str, str]:
        return {"DOER_BASE_URL": base_url}

    def state(self) -> dict[str, Any]:
        return {"done": self.done}

    def forget(self) -> None:
        self.done = 0


@pytest.fixture
def doer() -> Doer:
    return Doer()


@pytest.fixture
def client(doer: Doer) -> Iterator[httpx.Client]:
    with httpx.Client(transport=httpx.WSGITransport(app=doer), base_url="http://doer.test") as client:
        yield client


@pytest.fixture
def real_client(doer: Doer) -> Iterator[httpx.Client]:
    with serve(doer) as serving, httpx.Client(base_url=serving.url, trust_env=False, timeout=5) as client:
        yield client


def plan(client: httpx.Client, **fault: object) -> httpx.Response:
    return client.post("/__fake__/faults", json={"operation": "do", **fault})


def test_fault_strikes_as_often_as_planned_when_times_is_given(client: httpx.Client, doer: Doer) -> None:
    plan(client, kind="status", status=503, times=2)

    statuses = [client.get("/do").status_code for _ in range(3)]

    assert statuses == [503, 503, 200]
    assert doer.done == 1


def test_fault_lets_requests_pass_first_when_skip_is_given(client: httpx.Client) -> None:
    plan(client, kind="status", status=500, skip=2)

    statuses = [client.get("/do").status_code for _ in range(4)]

    assert statuses == [200, 200, 500, 200]


def test_fault_spares_other_operations_when_it_names_one(client: httpx.Client) -> None:
    plan(client, kind="status")

    spared = client.get("/rest").status_code

    assert spared == 200
    assert client.get("/do").status_code == 500


def test_fault_strikes_every_operation_when_planned_for_a_star(client: httpx.Client) -> None:
    client.post("/__fake__/faults", json={"operation": "*", "kind": "status", "times": 2})

    statuses = [client.get(path).status_code for path in ("/rest", "/do", "/rest")]

    assert statuses == [500, 500, 200]


def test_status_fault_answers_the_given_body_when_it_has_one(client: httpx.Client) -> None:
    plan(client, kind="status", status=502, body="<html>bad gateway</html>")

    reply = client.get("/do")

    assert (reply.status_code, reply.text) == (502, "<html>bad gateway</html>")


def test_slow_fault_answers_rightly_but_late_when_planned(client: httpx.Client) -> None:
    plan(client, kind="slow", seconds=0.1)
    begun = time.monotonic()

    reply = client.get("/do")

    assert reply.json() == {"sentence": SENTENCE}
    assert time.monotonic() - begun >= 0.1


def test_malformed_fault_cuts_the_body_in_half_when_planned(client: httpx.Client, doer: Doer) -> None:
    plan(client, kind="malformed")

    reply = client.get("/do")

    assert reply.status_code == 200
    with pytest.raises(json.JSONDecodeError):
        reply.json()
    assert doer.done == 1


@pytest.mark.parametrize(("when", "done"), [("before", 0), ("middle", 1), ("after", 1)])
def test_drop_fault_cuts_the_connection_when_planned(
    real_client: httpx.Client, doer: Doer, when: str, done: int
) -> None:
    plan(real_client, kind="drop", when=when)

    with pytest.raises(httpx.RemoteProtocolError):
        real_client.get("/do")

    assert doer.done == done
    assert real_client.get("/do").status_code == 200


def test_drop_fault_is_an_exception_and_logged_as_status_0_when_called_in_process(client: httpx.Client) -> None:
    plan(client, kind="drop", when="before")

    with pytest.raises(ConnectionResetError):
        client.get("/do")

    logged = client.get("/__fake__/requests").json()["requests"]
    assert (logged[0]["status"], logged[0]["fault"]) == (0, "drop")


def test_hang_fault_outlasts_the_clients_patience_when_planned(real_client: httpx.Client, doer: Doer) -> None:
    plan(real_client, kind="hang")

    with pytest.raises(httpx.ReadTimeout):
        real_client.get("/do", timeout=0.1)

    assert doer.done == 0
    assert real_client.get("/__fake__/requests").json()["requests"][0]["status"] is None


def test_hang_fault_ends_in_a_dropped_connection_when_its_time_is_over(client: httpx.Client) -> None:
    plan(client, kind="hang", seconds=0.05)

    with pytest.raises(ConnectionResetError):
        client.get("/do")

    assert client.get("/do").status_code == 200


@pytest.mark.parametrize("fault", [{"kind": "earthquake"}, {"kind": "drop", "when": "never"}, {"times": "often"}])
def test_fault_is_refused_when_it_is_not_one_the_fake_knows(client: httpx.Client, fault: dict[str, str]) -> None:
    reply = plan(client, **fault)

    assert reply.status_code == 400
    assert client.get("/__fake__/faults").json() == {"faults": []}
