"""The two shapes of HTTP events, from requests built by hand."""

from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from scripts.local_cloud.emulator.web.events import api_gateway_event


def request_with(body: bytes) -> Request:
    builder = EnvironBuilder("/pay/x?debug=1", method="POST", data=body, headers=[("X-Thing", "1")])
    return Request(builder.get_environ())


def test_api_gateway_event_has_the_captured_shape():
    event = api_gateway_event(request_with(b"text"), b"text", "request-1")

    assert event["requestContext"]["httpMethod"] == "POST"
    assert event["requestContext"]["path"] == "/pay/x"
    assert event["headers"]["x-thing"] == "1"
    assert event["headers"]["x-api-requestid"] == "request-1"
    assert event["queryString"] == {"debug": "1"}
    assert (event["queryStringParameters"], event["headerParameters"], event["pathParameters"]) == ({}, {}, {})
    assert (event["body"], event["isBase64Encoded"]) == ("text", False)


def test_api_gateway_event_is_base64_when_the_body_is_binary():
    event = api_gateway_event(request_with(b"\xff\x00"), b"\xff\x00", "request-1")

    assert (event["body"], event["isBase64Encoded"]) == ("/wA=", True)
