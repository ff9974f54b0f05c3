"""Server-sent events, however the network cuts them, and the watch over a stream that stalls."""

import pytest

from common.errors import VendorUnavailable
from common.http.sse import ServerEvent, read_events


def texts(chunks):
    return [event.text for event in read_events(chunks, idle_s=10, total_s=100)]


def test_events_are_read_when_comments_and_keep_alives_are_between_them(time_flow):
    body = b": keep-alive\n\ndata: one\n\n: keep-alive\n\ndata:two\r\n\r\ndata: [DONE]\r\r"

    found = texts([body, b""])

    assert found == ["one", "two", "[DONE]"]


def test_events_are_the_same_when_the_body_comes_byte_by_byte(time_flow):
    body = "\ufeffdata: 简历\r\ndata: 二\r\n\r\nevent: end\nid: 7\ndata\n\n".encode()

    events = list(read_events((body[i : i + 1] for i in range(len(body))), idle_s=10, total_s=100))

    assert events == [ServerEvent("简历\n二"), ServerEvent("", "end", "7")]


def test_unfinished_event_is_dropped_when_the_body_ends(time_flow):
    assert texts([b"data: whole\n\ndata: hal"]) == ["whole"]


def test_stream_is_given_up_when_only_keep_alives_come(time_flow):
    def stalling():
        yield b"data: first\n\n"
        for _ in range(5):
            time_flow.sleep(4)
            yield b": keep-alive\n\n"

    events = read_events(stalling(), idle_s=10, total_s=100)

    assert next(events).text == "first"
    with pytest.raises(VendorUnavailable) as caught:
        next(events)
    assert caught.value.facts["reason"] == "idle"


def test_stream_is_given_up_when_it_takes_too_long_altogether(time_flow):
    def endless():
        while True:
            time_flow.sleep(4)
            yield b"data: more\n\n"

    with pytest.raises(VendorUnavailable) as caught:
        list(read_events(endless(), idle_s=10, total_s=30))

    assert caught.value.facts["reason"] == "deadline"


def test_slowness_of_the_reader_is_not_the_streams_when_events_flow(time_flow):
    events = read_events([b"data: one\n\n", b"data: two\n\n"], idle_s=10, total_s=100)

    first = next(events)
    time_flow.sleep(30)
    second = next(events)

    assert (first.text, second.text) == ("one", "two")
