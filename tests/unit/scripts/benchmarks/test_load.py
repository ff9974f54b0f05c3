"""The load and chaos benchmarks: they see what is lost or doubled, count what users saw, and cut what they are told to cut."""

from __future__ import annotations

import contextlib
import json
import socket
import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from scripts.benchmarks import __main__ as command
from scripts.benchmarks.chaos.proxy import Proxy
from scripts.benchmarks.chaos.seen import FROM_THE_BUCKET, NO_ANSWER, Seen, is_wrong
from scripts.benchmarks.figures import Figure
from scripts.benchmarks.load.batches import Meter, most_overtaken
from scripts.benchmarks.load.evidence import Ending, doubled, lost, one_of_everything
from scripts.benchmarks.load.papers import MOST, name_of, paper_of
from scripts.local_cloud.fakes.kit import serve
from scripts.local_cloud.mini_program import MiniProgram

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

NOON = datetime(2026, 11, 25, 12, tzinfo=timezone.utc)
GOOD = Ending("s_1", "ready", pdfs=1, told=1, charges=1)


@pytest.mark.parametrize(
    ("ending", "why"),
    [
        (GOOD, None),
        (Ending("s_1", "ready", pdfs=0, told=1, charges=1), "ready without a PDF"),
        (Ending("s_1", "waiting for render"), "still waiting for render"),
        (Ending("s_1", "unknown"), "still unknown"),
        (Ending("s_1", "failed", "file_damaged"), None),
        (Ending("s_1", "failed", "internal"), "failed without a reason (internal)"),
        (Ending("s_1", "failed", "no_such_code"), "failed without a reason (no_such_code)"),
        (Ending("s_1", "failed", "file_damaged", charges=1), "failed and charged or held"),
        (Ending("s_1", "failed", "file_damaged", held=True), "failed and charged or held"),
    ],
)
def test_resume_is_lost_when_its_user_has_neither_result_nor_reason_and_credits(
    ending: Ending, why: str | None
) -> None:
    assert lost(ending) == why


def test_resume_is_doubled_when_anything_of_it_is_there_twice() -> None:
    assert doubled(GOOD) is None
    assert doubled(Ending("s_1", "ready", pdfs=1, told=2, charges=3)) == "2 of message, 3 of charge"


@pytest.mark.parametrize(
    ("ending", "whole"),
    [
        (GOOD, True),
        (Ending("s_1", "ready", pdfs=1, told=0, charges=1), False),
        (Ending("s_1", "ready", pdfs=1, told=1, charges=1, held=True), False),
        (Ending("s_1", "ready", pdfs=1, told=1, charges=2), False),
    ],
)
def test_one_of_everything_is_exactly_that(ending: Ending, whole: bool) -> None:
    assert one_of_everything(ending) is whole


def test_batch_counts_only_what_was_spent_since_the_reading_before() -> None:
    before = Meter(at_s=10.0, processor_s={1: 4.0}, rows=100)

    batch = Meter(at_s=30.0, processor_s={1: 9.0, 2: 1.0}, rows=500).since(before, 4)

    assert (batch.each_s, batch.processor_each_s, batch.rows_each) == (5.0, 1.5, 100.0)


def test_most_overtaken_is_how_far_back_one_fell() -> None:
    began = [NOON + timedelta(seconds=second) for second in (5, 0, 1, 2)]

    assert most_overtaken(began) == 3
    assert most_overtaken(sorted(began)) == 0
    assert most_overtaken([]) == 0


def test_papers_are_of_different_people() -> None:
    names = {name_of(number) for number in range(MOST)}

    assert len(names) == MOST
    assert paper_of(1).startswith(b"PK")
    assert paper_of(1) != paper_of(2)


@pytest.mark.parametrize(
    ("status", "code", "wrong"),
    [
        (200, "", False),
        (402, "credits_exhausted", False),
        (503, "store_unavailable", False),
        (502, "signature_invalid", False),
        (500, "internal", True),
        (502, "no_envelope", True),
        (NO_ANSWER, "ReadTimeout", True),
        (NO_ANSWER, FROM_THE_BUCKET, False),
    ],
)
def test_answer_is_wrong_when_it_leaves_no_next_step(status: int, code: str, wrong: bool) -> None:
    assert is_wrong(status, code) is wrong


def test_seen_names_refusals_and_counts_good_answers_together() -> None:
    seen = Seen()

    for answer in ((200, ""), (202, ""), (503, "store_unavailable"), (500, "internal")):
        seen.note(*answer)

    assert str(seen) == "ok x 2, 500 internal x 1, 503 store_unavailable x 1"
    assert dict(seen.wrong()) == {(500, "internal"): 1}


@pytest.fixture
def echo() -> Iterator[tuple[str, int]]:
    """A server that says back what it hears."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer(client: socket.socket) -> None:
            with client, contextlib.suppress(OSError):
                while heard := client.recv(100):
                    client.sendall(heard)

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    threading.Thread(target=answer, args=(listener.accept()[0],), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield listener.getsockname()
        listener.shutdown(socket.SHUT_RDWR)


def call(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=5)


def test_proxy_relays_both_ways(echo: tuple[str, int]) -> None:
    with Proxy(echo) as proxy, call(proxy.port) as client:
        client.sendall(b"hello")

        assert client.recv(100) == b"hello"


def test_proxy_breaks_and_refuses_when_it_is_cut_and_serves_again_on_the_same_port(echo: tuple[str, int]) -> None:
    with Proxy(echo) as proxy, call(proxy.port) as client:
        client.sendall(b"hello")
        client.recv(100)

        proxy.cut()

        assert client.recv(100) == b""
        with pytest.raises(ConnectionRefusedError):
            call(proxy.port)
        proxy.restore()
        with call(proxy.port) as again:
            again.sendall(b"back")
            assert again.recv(100) == b"back"


def test_proxy_says_nothing_when_it_is_mute_and_the_rest_afterwards(echo: tuple[str, int]) -> None:
    with Proxy(echo) as proxy, call(proxy.port) as client:
        proxy.mute()
        client.sendall(b"hello")
        client.settimeout(0.2)

        with pytest.raises(TimeoutError):
            client.recv(100)
        proxy.restore()
        client.settimeout(5)
        assert client.recv(100) == b"hello"


@pytest.mark.parametrize(("figure", "code"), [(Figure("lost", 1, at_most=0), 1), (Figure("lost", 0, at_most=0), 0)])
def test_chaos_exits_with_1_without_being_told_to_be_strict(
    monkeypatch: pytest.MonkeyPatch, figure: Figure, code: int
) -> None:
    monkeypatch.setattr(command.load("chaos"), "run", lambda _arguments: [figure])

    assert command.main(["chaos"]) == code


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has all of 127.0.0.0/8")
def test_phone_calls_from_the_address_it_was_given() -> None:
    def tell(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        start_response("200 OK", [("content-type", "application/json")])
        return [json.dumps({"from": environ["REMOTE_ADDR"]}).encode()]

    with serve(tell) as server, contextlib.closing(MiniProgram(server.url, {}, address="127.0.0.9")) as phone:
        assert phone.call("GET", "/") == {"from": "127.0.0.9"}
