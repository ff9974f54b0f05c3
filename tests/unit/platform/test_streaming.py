"""Server-Sent Events: framing, signs of life, errors in the middle of a stream, and which form a client reads."""

import json
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from common.platform import streaming
from common.errors import VendorBusy
from common.platform.events.http import HttpRequest
from common.platform.streaming import event_stream, wants_events

APP: Any = SimpleNamespace(request_id="req-1")
ALIVE = ("", "", None)


@dataclass(frozen=True)
class Event:
    name: str
    text: str
    id: str | None = None


def framed(*events):
    return [frame.decode() for frame in event_stream((Event(*event) for event in events), APP).chunks()]


def test_event_has_id_name_and_data_on_lines_of_their_own():
    assert framed(("text", "一", "t_1:1")) == ["id: t_1:1\nevent: text\ndata: 一\n\n"]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_event_stays_one_event_when_its_text_has_line_breaks(line_end):
    assert framed(("text", f"一{line_end}二")) == ["event: text\ndata: 一\ndata: 二\n\n"]


def test_answer_is_not_collected_on_the_way():
    response = event_stream(iter([]), APP)

    assert response.headers["Content-Type"] == "text/event-stream; charset=utf-8"
    assert (response.outgoing_headers["Cache-Control"], response.headers["X-Accel-Buffering"]) == ("no-store", "no")


def test_client_hears_of_life_only_after_a_while(monkeypatch):
    times = iter([0.0, 1.0, 2.0, 3.0, 3.0, 4.0])
    monkeypatch.setattr(streaming.time, "monotonic", lambda: next(times))

    assert framed(ALIVE, ALIVE, ALIVE, ALIVE) == ["", "", ":\n\n", ""]


def broken(error):
    yield Event("text", "一")
    raise error


def test_error_becomes_the_last_event_when_it_comes_in_the_middle(printed):
    frames = [frame.decode() for frame in event_stream(broken(VendorBusy()), APP).chunks()]

    name, content = frames[-1].strip().split("\n")
    assert len(frames) == 2
    assert name == "event: error"
    assert json.loads(content.removeprefix("data: ")) == {
        "code": "vendor_busy",
        "message": "当前使用人数较多，请稍后再试",
        "request_id": "req-1",
    }
    assert [(line["kind"], line["code"]) for line in printed()] == [("stream", "vendor_busy")]


def test_bug_shows_nothing_of_itself_when_it_comes_in_the_middle(printed):
    frames = list(event_stream(broken(ValueError("secret-text")), APP).chunks())

    assert b'"code": "internal"' in frames[-1]
    assert b"secret-text" not in frames[-1]
    assert "secret-text" not in str(printed())


def test_source_is_closed_when_nobody_reads_any_more():
    closed = []

    def source():
        try:
            yield Event("text", "一")
            yield Event("text", "二")
        finally:
            closed.append(True)

    frames = event_stream(source(), APP).chunks()
    next(frames)
    frames.close()

    assert closed == [True]


@pytest.mark.parametrize(
    ("accept", "by_default", "otherwise"),
    [
        ("text/event-stream", True, True),
        ("application/json", False, False),
        ("application/json, text/event-stream", True, True),
        ("*/*", True, False),
        ("", True, False),
    ],
)
def test_form_is_the_one_the_client_reads(accept, by_default, otherwise):
    request = HttpRequest("POST", "/chat", {"accept": accept}, {}, b"", "")

    assert [wants_events(request, default=default) for default in (True, False)] == [by_default, otherwise]
