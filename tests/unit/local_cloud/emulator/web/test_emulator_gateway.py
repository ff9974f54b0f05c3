"""HTTP in front of event functions: events, responses, CORS, limits."""

import base64
import json

import httpx
import pytest

from scripts.local_cloud.emulator.switches import SYNC_LIMIT_BYTES, Switches

ORIGIN = "https://example.com"


@pytest.fixture(scope="module")
def client(running):
    with httpx.Client(base_url=running.url, trust_env=False) as client:
        yield client


@pytest.fixture(scope="module")
def in_process(start):
    """A client for an emulator with other switches, without a port."""
    opened = []

    def open_with(switches: Switches) -> httpx.Client:
        emulator = start(switches)
        client = httpx.Client(transport=httpx.WSGITransport(emulator.gateway), base_url="http://local")
        opened.extend([client, emulator])
        return client

    yield open_with
    for thing in opened:
        thing.close()


def answering(value: object) -> dict[str, str]:
    return {"answer": json.dumps(value)}


def test_event_has_the_function_url_shape(client):
    reply = client.post("/api/x?a=1&a=2&b=%E4%BD%A0", content="你好", headers={"X-Mixed-Case": "kept"})

    event = reply.json()["event"]
    assert set(event) == {"body", "headers", "httpMethod", "path", "queryString"}
    assert event["body"] == "你好"
    assert event["httpMethod"] == "POST"
    assert event["path"] == "/api/x"
    assert event["queryString"] == {"a": "2", "b": "你"}
    assert event["headers"]["x-mixed-case"] == "kept"
    assert event["headers"]["x-scf-remote-addr"] == "127.0.0.1"
    assert all(name == name.lower() for name in event["headers"])


def test_event_has_a_damaged_body_when_bytes_are_not_utf8(client):
    reply = client.post("/api/x", content=b"\xff\xd8JPEG")

    assert reply.json()["event"]["body"] == "\ufffd\ufffdJPEG"


def test_event_has_the_request_context_when_the_switch_is_on(in_process):
    reply = in_process(Switches(with_request_context=True)).get("/api/x")

    assert reply.json()["event"]["requestContext"] == {"sourceIp": "127.0.0.1"}


@pytest.mark.parametrize(
    ("value", "body"),
    [({"a": 1}, '{"a": 1}'), ("bare text", "bare text"), ([1, "二"], '[1, "二"]'), (7, "7")],
)
def test_response_is_inferred_when_there_is_no_status_code(client, value, body):
    reply = client.get("/api/x", params=answering(value))

    assert (reply.status_code, reply.text) == (200, body)
    assert reply.headers["content-type"] == "application/json"


def test_response_is_taken_apart_when_it_has_a_status_code(client):
    value = {"statusCode": 201, "headers": {"Set-Cookie": ["a=1", "b=2"], "X-One": "1"}, "body": {"nested": True}}

    reply = client.get("/api/x", params=answering(value))

    assert reply.status_code == 201
    assert reply.headers.get_list("set-cookie") == ["a=1", "b=2"]
    assert reply.headers["x-one"] == "1"
    assert reply.json() == {"nested": True}


def test_response_is_binary_when_it_is_base64_encoded(client):
    body = base64.b64encode(b"\x89PNG\x00").decode()
    value = {"statusCode": 200, "headers": {"content-type": "image/png"}, "body": body, "isBase64Encoded": True}

    reply = client.get("/api/x", params=answering(value))

    assert reply.content == b"\x89PNG\x00"
    assert reply.headers["content-type"] == "image/png"


@pytest.mark.parametrize(
    "value", [{"statusCode": "many"}, {"statusCode": 200, "body": "%%", "isBase64Encoded": True}, {"statusCode": 42}]
)
def test_response_is_refused_when_it_cannot_be_http(client, value):
    reply = client.get("/api/x", params=answering(value))

    assert (reply.status_code, reply.json()["errno"]) == (403, 403)


def test_response_carries_the_platforms_code_when_the_function_fails(client):
    reply = client.post("/moody", json={"do": "ignored"})

    assert reply.status_code == 200
    assert client.get("/api/x", params={"answer": "not json"}).status_code == 430


def test_gateway_answers_404_when_no_route_matches(client):
    assert client.get("/nowhere").status_code == 404
    assert client.get("/moody/below").status_code == 404


def test_gateway_answers_406_when_the_body_is_over_6_mb(client):
    reply = client.post("/api/x", content=b"x" * (SYNC_LIMIT_BYTES + 1))

    assert (reply.status_code, reply.json()["statusCode"]) == (406, 406)


def test_gateway_wants_a_signature_when_the_trigger_has_cam(client):
    assert client.get("/silent").status_code == 401


def test_preflight_is_answered_without_the_function_when_cors_allows_it(client, emulator):
    reply = client.options("/api/x", headers={"origin": ORIGIN, "access-control-request-method": "POST"})

    assert reply.status_code == 204
    assert reply.headers["access-control-allow-origin"] == ORIGIN
    assert reply.headers["access-control-allow-methods"] == "GET, POST"
    assert reply.headers["access-control-allow-headers"] == "content-type"
    assert reply.headers["access-control-max-age"] == "600"
    assert reply.headers["access-control-allow-credentials"] == "true"
    assert emulator.logs.lines("api") == []


@pytest.mark.parametrize(("origin", "method"), [("https://evil.example", "POST"), (ORIGIN, "DELETE")])
def test_preflight_has_no_permission_when_origin_or_method_is_foreign(client, origin, method):
    reply = client.options("/api/x", headers={"origin": origin, "access-control-request-method": method})

    assert "access-control-allow-origin" not in reply.headers


def test_response_has_cors_headers_when_the_origin_is_allowed(client):
    allowed = client.get("/api/x", headers={"origin": ORIGIN})
    foreign = client.get("/api/x", headers={"origin": "https://evil.example"})

    assert allowed.headers["access-control-allow-origin"] == ORIGIN
    assert allowed.headers["access-control-expose-headers"] == "x-request-id"
    assert "access-control-allow-origin" not in foreign.headers


def test_api_gateway_has_the_legacy_event_when_its_switch_is_on(in_process):
    client = in_process(Switches(api_gateway=True))
    echo = {"isBase64Encoded": False, "statusCode": 200, "headers": {}, "body": "fine"}

    reply = client.post("/api/x", params=answering(echo), content=b"\xff\x00")

    assert (reply.status_code, reply.text) == (200, "fine")


def test_api_gateway_refuses_a_response_that_is_not_integrated(in_process):
    client = in_process(Switches(api_gateway=True))

    reply = client.get("/api/x", params=answering({"free": "form"}))

    assert reply.status_code == 403
    assert reply.json()["error"].startswith("Invalid scf response format")
