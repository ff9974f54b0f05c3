"""Answers as the platform wants them."""

import base64
import json
from dataclasses import dataclass
from datetime import datetime, timezone

from common.platform.responses import Response


@dataclass
class Thing:
    name: str
    at: datetime


def test_json_has_chinese_and_iso_times_when_answered():
    response = Response.ok(Thing("简历", datetime(2026, 3, 1, tzinfo=timezone.utc)))

    assert "简历" in str(response.body)
    assert json.loads(str(response.body)) == {"name": "简历", "at": "2026-03-01T00:00:00Z"}
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"


def test_status_says_what_happened_when_answered():
    statuses = [Response.ok({}), Response.created({}), Response.accepted({}), Response.no_content()]

    assert [response.status for response in statuses] == [200, 201, 202, 204]


def test_text_travels_as_it_is_when_given_to_the_platform():
    answer = Response.ok({"a": 1}).for_platform("req-1")

    assert (answer["isBase64Encoded"], answer["statusCode"], answer["body"]) == (False, 200, '{"a": 1}')
    assert answer["headers"]["X-Request-Id"] == "req-1"


def test_bytes_travel_base64_encoded_when_given_to_the_platform():
    answer = Response(200, b"%PDF-\xff", {"Content-Type": "application/pdf"}).for_platform("req-1")

    assert answer["isBase64Encoded"] is True
    assert base64.b64decode(answer["body"]) == b"%PDF-\xff"


def test_redirect_is_kept_by_no_cache_when_its_target_is_signed():
    response = Response.redirect("https://bucket.example.com/x?sign=1")

    assert response.status == 302
    assert response.outgoing_headers == {
        "Location": "https://bucket.example.com/x?sign=1",
        "Cache-Control": "no-store",
    }


def test_stream_is_not_collected_on_its_way_when_answered():
    response = Response.stream(iter([b"data: 1\n\n"]))

    assert response.is_stream
    assert response.headers["X-Accel-Buffering"] == "no"
    assert list(response.chunks()) == [b"data: 1\n\n"]


def test_body_is_bytes_on_the_wire_when_it_is_text():
    assert list(Response(200, "简历").chunks()) == ["简历".encode()]
