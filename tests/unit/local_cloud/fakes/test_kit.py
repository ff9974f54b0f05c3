"""The base of every fake: routes, request log, clock and control routes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ClassVar

import httpx
import pytest

from scripts.local_cloud.fakes.kit import (
    CONTROL_PREFIX,
    Fake,
    Request,
    Response,
    Route,
    json_response,
    planned_fault,
    read_control,
    require,
)


class Till(Fake):
    """A vendor that adds up money."""

    name = "till"
    own_fault_kinds: ClassVar[frozenset[str]] = frozenset({"generous"})

    def __init__(self) -> None:
        self.total = 0
        super().__init__()

    def routes(self) -> list[Route]:
        return [
            Route("POST", "/add/<int:amount>", "add", self.add, log_body=True),
            Route("GET", "/total", "total", lambda _request: json_response({"total": self.total})),
            Route("POST", CONTROL_PREFIX + "steal", "control", self.steal),
        ]

    def add(self, request: Request, amount: int) -> Response:
        fault = planned_fault(request)
        with self.lock:
            self.total += amount + (int(fault.options["extra"]) if fault else 0)
        return json_response({"total": self.total})

    def steal(self, request: Request) -> Response:
        self.total -= int(require(read_control(request), "amount"))
        return json_response({"total": self.total})

    def environment(self, base_url: str) -> dict[str, str]:
        return {"TILL_BASE_URL": base_url}

    def state(self) -> dict[str, Any]:
        return {"total": self.total}

    def forget(self) -> None:
        self.total = 0


@pytest.fixture
def till() -> Till:
    return Till()


@pytest.fixture
def client(till: Till) -> Iterator[httpx.Client]:
    with httpx.Client(transport=httpx.WSGITransport(app=till), base_url="http://till.test") as client:
        yield client


def test_fake_logs_method_path_status_and_body_but_no_query_when_called(client: httpx.Client) -> None:
    client.post("/add/3?secret=hush", content="three")

    logged = client.get("/__fake__/requests").json()["requests"]

    assert [(entry["method"], entry["path"], entry["status"]) for entry in logged] == [("POST", "/add/3", 200)]
    assert logged[0]["body"] == "three"
    assert logged[0]["operation"] == "add"
    assert "hush" not in str(logged)


def test_fake_keeps_control_routes_out_of_the_log_when_they_are_used(client: httpx.Client) -> None:
    client.post("/__fake__/steal", json={"amount": 1})

    logged = client.get("/__fake__/requests").json()["requests"]

    assert logged == []


def test_fake_answers_404_and_logs_it_when_no_route_fits(client: httpx.Client) -> None:
    reply = client.get("/nowhere")

    assert reply.status_code == 404
    assert client.get("/__fake__/requests").json()["requests"][0]["operation"] == "unknown"


def test_fake_answers_405_when_the_method_is_wrong(client: httpx.Client) -> None:
    reply = client.get("/add/3")

    assert reply.status_code == 405


def test_fake_shows_its_state_when_asked(client: httpx.Client) -> None:
    client.post("/add/3")

    state = client.get("/__fake__/state").json()

    assert state == {"total": 3}


def test_fake_lists_operations_faults_and_control_routes_when_asked_for_its_index(client: httpx.Client) -> None:
    index = client.get("/__fake__/").json()

    assert index["operations"] == ["add", "total"]
    assert "generous" in index["faults"]
    assert "POST /__fake__/steal" in index["control"]


def test_fake_forgets_memory_faults_log_and_clock_when_reset(client: httpx.Client, till: Till) -> None:
    client.post("/add/3")
    client.post("/__fake__/faults", json={"operation": "add", "kind": "status"})
    client.post("/__fake__/clock", json={"offset_s": 60})

    client.post("/__fake__/reset")

    assert till.total == 0
    assert client.get("/__fake__/faults").json() == {"faults": []}
    assert client.get("/__fake__/requests").json() == {"requests": []}
    assert client.get("/__fake__/clock").json()["offset_s"] == 0


def test_clock_is_ahead_of_real_time_when_shifted(client: httpx.Client, till: Till) -> None:
    shown = client.post("/__fake__/clock", json={"offset_s": 7200}).json()

    assert shown["now"] - shown["real"] == pytest.approx(7200, abs=1)
    assert till.clock.offset_s == 7200


@pytest.mark.parametrize("body", [b"not json", b"[1]", b"{}"])
def test_control_route_answers_400_when_its_body_makes_no_sense(client: httpx.Client, body: bytes) -> None:
    reply = client.post("/__fake__/steal", content=body)

    assert reply.status_code == 400
    assert reply.json()["error"]


def test_fake_hands_its_own_kind_of_fault_to_the_view_when_one_is_planned(client: httpx.Client) -> None:
    client.post("/__fake__/faults", json={"operation": "add", "kind": "generous", "extra": 10})

    totals = [client.post("/add/1").json()["total"] for _ in range(2)]

    assert totals == [11, 12]


def test_fake_counts_every_request_when_many_come_at_once(till: Till) -> None:
    gate = threading.Barrier(8)

    def add(_number: int) -> int:
        with httpx.Client(transport=httpx.WSGITransport(app=till), base_url="http://till.test") as own:
            gate.wait()
            return own.post("/add/1").status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(add, range(8)))

    assert statuses == [200] * 8
    assert till.total == 8
    assert len({entry["index"] for entry in till.log.as_json()}) == 8
