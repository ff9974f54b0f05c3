"""Requests through the whole decorator: answers, envelopes, and a log without secrets."""

from typing import Any

import pytest
from pydantic import BaseModel

from common.platform import Response, Routes, http_handler
from common.errors import TooManyRequests
from tests.unit.platform.recorded import CONTEXT, body_of, recorded

PHONE, SECRET_LINE = "13800138000", "负责订单系统的开发"


class Note(BaseModel):
    text: str


@pytest.fixture
def handler(env: Any) -> Any:
    routes = Routes()

    @routes.post("/notes")
    def write(request: Any, app: Any) -> Response:
        return Response.created({"text": request.read(Note).text})

    @routes.get("/mine")
    def mine(request: Any, app: Any) -> Response:
        return Response.ok({"user": request.user_id})

    @routes.get("/picture")
    def picture(request: Any, app: Any) -> Response:
        return Response(200, b"\x89PNG", {"Content-Type": "image/png"})

    @routes.get("/busy")
    def busy(request: Any, app: Any) -> Response:
        raise TooManyRequests(retry_after_s=30)

    @routes.get("/bug")
    def bug(request: Any, app: Any) -> Response:
        raise KeyError(SECRET_LINE)

    @routes.get("/prices", public=True)
    def prices(request: Any, app: Any) -> Response:
        return Response.ok({"prices": [990]}).public_for(300)

    @routes.get("/left")
    def left(request: Any, app: Any) -> Response:
        return Response.ok({"left_s": app.remaining_s(), "request": app.request_id})

    return http_handler(routes)


def ask(handler: Any, method: str, path: str, **changes: Any) -> dict[str, Any]:
    return handler(recorded("function_url_documented", httpMethod=method, path=path, **changes), CONTEXT)


def test_answer_carries_the_request_id_when_all_is_well(handler):
    answer = ask(handler, "POST", "/notes", body='{"text": "你好"}')

    assert (answer["statusCode"], body_of(answer)) == (201, {"text": "你好"})
    assert answer["headers"]["X-Request-Id"] == CONTEXT["request_id"]


def test_answer_is_base64_when_it_is_a_picture(handler):
    answer = ask(handler, "GET", "/picture")

    assert (answer["isBase64Encoded"], answer["body"]) == (True, "iVBORw==")


@pytest.mark.parametrize(
    ("method", "path", "changes", "status", "code"),
    [
        ("POST", "/notes", {"body": "{"}, 400, "bad_request"),
        ("POST", "/notes", {"body": "!", "isBase64Encoded": True}, 400, "bad_request"),
        ("POST", "/notes", {"body": '{"text": 1}'}, 422, "invalid_field"),
        ("GET", "/mine", {"headers": {}}, 401, "not_logged_in"),
        ("GET", "/mine", {"headers": {"authorization": "Bearer forged"}}, 401, "not_logged_in"),
        ("GET", "/nothing", {}, 404, "not_found"),
        ("DELETE", "/notes", {}, 405, "method_not_allowed"),
        ("GET", "/busy", {}, 429, "too_many_requests"),
        ("GET", "/bug", {}, 500, "internal"),
    ],
)
def test_failure_is_the_one_envelope_when_something_is_wrong(handler, method, path, changes, status, code):
    answer = ask(handler, method, path, **changes)

    error = body_of(answer)["error"]
    assert (answer["statusCode"], error["code"], error["request_id"]) == (status, code, CONTEXT["request_id"])


def test_field_is_named_when_it_is_wrong(handler):
    answer = ask(handler, "POST", "/notes", body='{"text": 1}')

    assert body_of(answer)["error"]["details"]["field"] == "text"


def test_client_is_told_when_to_come_back_when_it_asks_too_often(handler):
    assert ask(handler, "GET", "/busy")["headers"]["Retry-After"] == "30"


def test_client_is_told_the_methods_when_it_uses_another(handler):
    assert ask(handler, "DELETE", "/notes")["headers"]["Allow"] == "POST"


def test_nothing_of_a_bug_is_shown_or_logged_when_it_strikes(handler, printed):
    answer = ask(handler, "GET", "/bug")

    line = printed()[-1]
    assert SECRET_LINE not in answer["body"]
    assert (line["code"], line["error"], line["level"]) == ("bug", "KeyError", "error")
    assert "test_http_handler.py" in line["where"]


@pytest.mark.parametrize("event", [None, [], "text"])
def test_event_is_refused_when_it_is_no_object(handler, event):
    assert handler(event, CONTEXT)["statusCode"] == 400


def test_user_is_known_when_the_token_is_ours(handler, token):
    answer = ask(handler, "GET", "/mine", headers={"Authorization": f"Bearer {token('u_han')}"})

    assert body_of(answer) == {"user": "u_han"}


def test_time_left_and_request_id_reach_the_use_when_invoked(handler):
    answer = body_of(ask(handler, "GET", "/left"))

    assert 7 < answer["left_s"] <= 8.5
    assert answer["request"] == CONTEXT["request_id"]


def test_one_line_is_logged_when_a_request_ends(handler, printed):
    ask(handler, "POST", "/notes", body='{"text": "你好"}')

    (line,) = printed()
    assert (line["kind"], line["trigger"], line["outcome"], line["status"]) == ("invocation", "http", "ok", 201)
    assert (line["method"], line["path"], line["function"]) == ("POST", "/notes", "mojian-login-dev")
    assert line["cold"] is True


def test_only_the_first_line_is_cold_when_two_requests_come(handler, printed):
    ask(handler, "GET", "/picture")
    ask(handler, "GET", "/picture")

    assert [line["cold"] for line in printed()] == [True, False]


def test_log_holds_no_token_phone_or_text_when_a_request_has_them(handler, token, printed):
    bearer = token("u_han")
    secrets = {"headers": {"authorization": f"Bearer {bearer}"}, "body": f'{{"text": "{SECRET_LINE} {PHONE}"}}'}

    ask(handler, "POST", "/notes", **secrets)
    ask(handler, "POST", f"/notes/{PHONE}", **secrets)
    ask(handler, "GET", f"/mine/{bearer}", **secrets)
    ask(handler, "POST", "/notes", **{**secrets, "body": f'{{"text": ["{SECRET_LINE} {PHONE}"]}}'})
    ask(handler, "GET", "/bug", **secrets)

    lines = printed()
    assert len(lines) == 5
    assert not [line for line in lines for secret in (bearer, PHONE, SECRET_LINE) if secret in str(line)]


def test_settings_are_complained_of_in_the_envelope_when_they_are_wrong(handler, monkeypatch, printed):
    monkeypatch.setenv("APP_ENV", "production")

    answer = ask(handler, "GET", "/picture")

    line = printed()[-1]
    assert (answer["statusCode"], body_of(answer)["error"]["code"]) == (500, "settings_invalid")
    assert "sqlite" not in answer["body"].lower()
    assert line["problems"] == [
        "DATABASE_URL: a SQLite file does not outlive the instance that wrote it",
        "REDIS_URL: must not be on this machine",
    ]


def test_function_recovers_when_its_settings_are_mended(handler, monkeypatch):
    monkeypatch.setenv("APP_ENV", "production")
    ask(handler, "GET", "/picture")
    monkeypatch.setenv("APP_ENV", "development")

    assert ask(handler, "GET", "/picture")["statusCode"] == 200


def test_answer_is_kept_by_nobody_when_it_does_not_say_so(handler):
    answer = ask(handler, "GET", "/picture")

    assert answer["headers"]["Cache-Control"] == "no-store"


def test_answer_may_be_kept_for_its_lifetime_when_it_is_the_same_for_everybody(handler):
    answer = ask(handler, "GET", "/prices")

    assert answer["headers"]["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize("form", ["{tag}", 'W/"other", {tag}'])
def test_body_is_spared_when_the_client_has_it_already(handler, form):
    tag = ask(handler, "GET", "/prices")["headers"]["ETag"]

    again = ask(handler, "GET", "/prices", headers={"If-None-Match": form.format(tag=tag)})

    assert (again["statusCode"], again["body"]) == (304, "")
    assert again["headers"]["ETag"] == tag


def test_body_is_sent_when_the_client_has_another_one(handler):
    answer = ask(handler, "GET", "/prices", headers={"If-None-Match": '"other"'})

    assert (answer["statusCode"], body_of(answer)) == (200, {"prices": [990]})
