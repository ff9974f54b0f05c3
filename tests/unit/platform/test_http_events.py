"""Every shape of an HTTP event becomes the same request."""

import json
from typing import Any

import pytest
from pydantic import BaseModel

from common.domain.users import UserId
from common.errors import BadRequest, InvalidField, NotLoggedIn
from common.platform.events.http import HttpRequest, read_http_event, without_port
from tests.unit.platform.recorded import recorded

SHAPES = ["function_url_documented", "function_url_measured", "api_gateway_title_case", "api_gateway_lower_case"]


@pytest.mark.parametrize("shape", SHAPES)
def test_request_is_the_same_when_the_shape_differs(shape):
    request = read_http_event(recorded(shape))

    assert (request.method, request.path) == ("POST", "/auth/login")
    assert request.json() == {"code": "wx-code", "昵称": "韩梅梅"}
    assert request.query == {"page": "2", "city": "北京"}


@pytest.mark.parametrize("shape", SHAPES)
def test_headers_are_found_in_lower_case_when_the_shape_differs(shape):
    request = read_http_event(recorded(shape))

    assert (request.headers["authorization"], request.headers["content-type"]) == ("Bearer token-1", "application/json")


@pytest.mark.parametrize("shape", SHAPES)
def test_address_of_the_client_is_found_when_the_shape_differs(shape):
    assert read_http_event(recorded(shape)).client_ip == "203.0.113.9"


def test_address_given_by_the_platform_wins_when_there_are_two():
    event = recorded("function_url_documented", requestContext={"sourceIp": "198.51.100.1"})

    assert read_http_event(event).client_ip == "203.0.113.9"


@pytest.mark.parametrize(
    ("address", "bare"),
    [
        ("203.0.113.9:51234", "203.0.113.9"),
        ("203.0.113.9", "203.0.113.9"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("2001:db8::1", "2001:db8::1"),
        ("", ""),
    ],
)
def test_address_has_no_port_when_the_platform_appends_one(address, bare):
    assert without_port(address) == bare


def test_request_is_read_when_the_event_is_almost_empty():
    request = read_http_event({})

    assert (request.method, request.path, request.body, request.client_ip) == ("GET", "/", b"", "")


def test_context_fills_in_when_method_and_path_stand_only_there():
    request = read_http_event({"requestContext": {"httpMethod": "delete", "path": "/resume/s_01"}})

    assert (request.method, request.path) == ("DELETE", "/resume/s_01")


def test_declared_query_is_used_when_there_is_no_whole_one():
    request = read_http_event({"queryStringParameters": {"page": "2"}})

    assert request.query == {"page": "2"}


def test_last_value_counts_when_a_query_key_is_repeated():
    request = read_http_event({"queryString": {"page": ["1", "2"], "empty": [], "none": None}})

    assert request.query == {"page": "2"}


def test_header_values_are_joined_when_a_header_is_repeated():
    request = read_http_event({"headers": {"Accept": ["text/html", "application/json"], "X-None": None}})

    assert (request.headers["accept"], request.headers["x-none"]) == ("text/html, application/json", "")


def test_path_is_decoded_when_it_is_percent_encoded():
    assert read_http_event({"path": "/resume/%E7%AE%80%E5%8E%86"}).path == "/resume/简历"


@pytest.mark.parametrize("path", ["/resume/%00", "/resume/\ud800"])
def test_path_is_refused_when_it_holds_no_text(path):
    with pytest.raises(BadRequest):
        read_http_event({"path": path})


def test_body_is_refused_when_it_is_not_the_base64_it_claims_to_be():
    with pytest.raises(BadRequest):
        read_http_event({"body": "不是", "isBase64Encoded": True})


def test_body_is_json_when_the_gateway_already_parsed_it():
    assert read_http_event({"body": {"code": "码"}}).json() == {"code": "码"}


def test_body_is_an_empty_object_when_there_is_none():
    assert read_http_event({"body": None}).json() == {}


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "nonsense",
        "[]",
        '"text"',
        "1",
        "null",
        '{"a": NaN}',
        '{"a": Infinity}',
        '{"a": 1e999}',
        '{"a": "\\u0000"}',
        '{"a": {"b": ["\\ud800"]}}',
        '{"\\u0000": 1}',
        '{"a": ' + "1" * 5000 + "}",
        "[" * 100_000,
        '{"a": "\ud800"}',
    ],
)
def test_body_is_refused_when_it_is_no_json_object_of_text(body):
    request = read_http_event({"body": body})

    with pytest.raises(BadRequest):
        request.json()


@pytest.mark.parametrize("body", [b"\xff\xfe\x00", b'{"a": "\xff"}'])
def test_body_is_refused_when_its_bytes_are_no_text(body):
    with pytest.raises(BadRequest):
        HttpRequest("POST", "/", {}, {}, body, "").json()


def test_body_is_read_when_it_is_deep_but_valid():
    body = '{"a":' * 500 + "1" + "}" * 500

    assert "a" in read_http_event({"body": body}).json()


class Order(BaseModel):
    product: str
    count: int = 1
    gift: bool = False


class Wish(BaseModel):
    order: Order


def request_with(content: Any) -> HttpRequest:
    return read_http_event({"body": json.dumps(content)})


def test_command_is_read_and_unknown_fields_are_ignored_when_it_fits():
    assert request_with({"product": "p", "colour": "red"}).read(Order) == Order(product="p")


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({}, "product"),
        ({"product": 5}, "product"),
        ({"product": "p", "count": "2"}, "count"),
        ({"product": "p", "count": True}, "count"),
        ({"product": "p", "count": 1.5}, "count"),
        ({"product": "p", "gift": "yes"}, "gift"),
        ({"product": None}, "product"),
    ],
)
def test_command_is_refused_by_the_name_of_the_field_when_a_type_is_wrong(content, field):
    with pytest.raises(InvalidField) as refused:
        request_with(content).read(Order)

    assert refused.value.details["field"] == field
    assert refused.value.status == 422


def test_field_is_named_with_its_parents_when_it_lies_deeper():
    with pytest.raises(InvalidField) as refused:
        request_with({"order": {"count": "x"}}).read(Wish)

    assert refused.value.details["field"] == "order.product"


def test_refusal_does_not_quote_the_value_when_a_field_is_wrong():
    with pytest.raises(InvalidField) as refused:
        request_with({"product": ["secret-value"]}).read(Order)

    assert "secret-value" not in str(refused.value.facts)


def test_query_is_converted_when_read_as_a_command():
    request = read_http_event({"queryString": {"product": "p", "count": "2"}})

    assert request.read_query(Order) == Order(product="p", count=2)


def test_query_is_refused_by_name_when_it_does_not_fit():
    with pytest.raises(InvalidField) as refused:
        read_http_event({"queryString": {"product": "p", "count": "two"}}).read_query(Order)

    assert refused.value.details["field"] == "count"


def test_user_is_read_from_the_bearer_token_when_there_is_one():
    request = read_http_event(
        recorded("function_url_documented"), read_session=lambda token: UserId({"token-1": "u_han"}[token])
    )

    assert request.user_id == "u_han"


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer  ", "Basic dXNlcg==", "token-1"])
def test_nobody_is_logged_in_when_there_is_no_bearer_token(header):
    event = {"headers": {"Authorization": header}}
    request = read_http_event(event, read_session=lambda token: UserId("u_han"))

    with pytest.raises(NotLoggedIn):
        _ = request.user_id
