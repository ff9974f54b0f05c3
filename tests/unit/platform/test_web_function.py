"""Web functions: the same requests and answers over plain HTTP, with streams and forms."""

import io
import json
import socket
from collections.abc import Iterator
from threading import Event
from typing import Any

import pytest

from common.platform import Response, Routes
from common.errors import BadRequest, InvalidField
from common.platform.events.form import read_form
from common.platform.events.http import HttpRequest
from common.platform.web import CONNECTION, web_application
from common.wiring import Shared

PLATFORM = {"HTTP_X_SCF_REQUEST_ID": "req-1", "HTTP_X_SCF_NAME": "mojian-upload-dev", "HTTP_X_SCF_TIMEOUT": "5000"}
ROLE = {
    "HTTP_X_SCF_SECRET_ID": "role-id",
    "HTTP_X_SCF_SECRET_KEY": "role-key",
    "HTTP_X_SCF_SESSION_TOKEN": "role-token",
}
FORM = (
    b"--edge\r\n"
    b'Content-Disposition: form-data; name="resume"; filename="\xe7\xae\x80\xe5\x8e\x86.pdf"\r\n'
    b"Content-Type: application/pdf\r\n\r\n%PDF-\xff\r\n"
    b"--edge\r\n"
    b'Content-Disposition: form-data; name="jd"\r\n\r\n\xe6\x8b\x9b\xe8\x81\x98\r\n'
    b"--edge--\r\n"
)


def _numbers(closed: Event) -> Iterator[bytes]:
    try:
        yield from (b"1", b"", b"2", b"3")
    finally:
        closed.set()


@pytest.fixture
def seen() -> list[Any]:
    return []


@pytest.fixture
def serve(env: Any, seen: list[Any]) -> Any:
    routes = Routes()

    @routes.post("/echo")
    def echo(request: Any, app: Any) -> Response:
        seen.append((request, app))
        return Response.ok(request.json())

    @routes.get("/events")
    def events(request: Any, app: Any) -> Response:
        seen.append(closed := Event())
        return Response.stream(_numbers(closed))

    @routes.get("/bug")
    def bug(request: Any, app: Any) -> Response:
        raise ValueError("secret-text")

    application = web_application(routes, Shared(env))

    def call(method: str, path: str, body: bytes = b"", *, read: bool = True, **environ: Any) -> Any:
        started: list[Any] = []
        wire = path.encode().decode("latin-1")
        chunks = application(
            {
                "REQUEST_METHOD": method,
                "PATH_INFO": wire,
                "CONTENT_LENGTH": str(len(body)),
                "wsgi.input": io.BytesIO(body),
                "REMOTE_ADDR": "198.51.100.1",
                **PLATFORM,
                **environ,
            },
            lambda status, headers: started.extend((status, dict(headers))),
        )
        return (started[0], started[1], b"".join(chunks)) if read else iter(chunks)

    return call


def test_request_is_answered_when_it_comes_over_plain_http(serve):
    status, headers, body = serve("POST", "/echo", '{"名": 1}'.encode())

    assert (status, json.loads(body)) == ("200 OK", {"名": 1})
    assert headers["X-Request-Id"] == "req-1"


def test_role_keys_reach_the_app_and_not_the_use_when_the_platform_sends_them(serve, seen, printed):
    serve("POST", "/echo", b"{}", **ROLE)

    request, app = seen[0]
    assert app._cos_credentials().secret_id == "role-id"
    assert not [name for name in request.headers if "secret" in name or "session" in name]
    assert "role-key" not in str(printed())


def test_address_given_by_the_platform_wins_when_there_are_two(serve, seen):
    serve("POST", "/echo", b"{}", HTTP_X_SCF_REMOTE_ADDR="203.0.113.9:4711")
    serve("POST", "/echo", b"{}")

    assert [request.client_ip for request, _ in seen] == ["203.0.113.9", "198.51.100.1"]


def test_query_is_read_when_there_is_one(serve, seen):
    serve("POST", "/echo", b"{}", QUERY_STRING="page=2&city=%E5%8C%97%E4%BA%AC&empty=")

    assert seen[0][0].query == {"page": "2", "city": "北京", "empty": ""}


def test_time_left_follows_the_platforms_limit_when_it_says_one(serve, seen):
    serve("POST", "/echo", b"{}")

    assert 3 < seen[0][1].remaining_s() <= 3.5


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/nothing", b"", "404 Not Found"),
        ("GET", "/echo", b"", "405 Method Not Allowed"),
        ("POST", "/echo", b"{", "400 Bad Request"),
        ("POST", "/echo/\x00", b"", "400 Bad Request"),
        ("GET", "/bug", b"", "500 Internal Server Error"),
    ],
)
def test_failure_is_the_one_envelope_when_something_is_wrong(serve, method, path, body, status):
    answered, _, content = serve(method, path, body)

    assert answered == status
    assert json.loads(content)["error"]["request_id"] == "req-1"
    assert b"secret-text" not in content


def test_one_line_is_logged_when_a_request_ends(serve, printed):
    serve("POST", "/echo", b"{}")

    (line,) = printed()
    assert (line["trigger"], line["status"], line["function"]) == ("web", 200, "mojian-upload-dev")
    assert (line["method"], line["path"], line["outcome"]) == ("POST", "/echo", "ok")


def test_line_says_what_was_refused_and_which_request_was_the_first(serve, printed):
    serve("POST", "/echo", b"{")
    serve("POST", "/echo", b"{}")

    assert [(line["outcome"], line["cold"], line["status"]) for line in printed()] == [
        ("refused", True, 400),
        ("ok", False, 200),
    ]


def test_events_are_streamed_when_the_answer_is_a_stream(serve):
    _, headers, body = serve("GET", "/events")

    assert headers["Content-Type"] == "text/event-stream; charset=utf-8"
    assert body == b"123"


def test_line_is_logged_at_the_end_when_the_answer_is_a_stream(serve, printed):
    chunks = serve("GET", "/events", read=False)

    next(chunks)
    before = printed()
    list(chunks)

    assert before == []
    assert [line["kind"] for line in printed()] == ["invocation"]


def test_stream_is_closed_when_the_client_has_gone(serve, seen):
    ours, theirs = socket.socketpair()
    chunks = serve("GET", "/events", read=False, **{CONNECTION: ours})
    first = next(chunks)

    theirs.close()
    rest = list(chunks)

    assert (first, rest) == (b"1", [])
    assert seen[-1].is_set()
    ours.close()


def test_stream_goes_on_while_the_client_is_there(serve):
    ours, theirs = socket.socketpair()

    _, _, body = serve("GET", "/events", **{CONNECTION: ours})

    assert body == b"123"
    ours.close(), theirs.close()


def form_request(body: bytes, content_type: str = "multipart/form-data; boundary=edge") -> HttpRequest:
    return HttpRequest("POST", "/resume/upload", {"content-type": content_type}, {}, body, "")


def test_file_and_fields_are_read_when_the_form_is_well_formed():
    form = read_form(form_request(FORM))

    assert form.file("resume").filename == "简历.pdf"
    assert form.file("resume").content == b"%PDF-\xff"
    assert form.fields == {"jd": "招聘"}


def test_part_is_named_when_it_is_missing():
    with pytest.raises(InvalidField) as refused:
        read_form(form_request(FORM)).file("photo")

    assert refused.value.details["field"] == "photo"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"{}", "application/json"),
        (b"{}", ""),
        (FORM, "multipart/form-data"),
        (FORM[:60], "multipart/form-data; boundary=edge"),
        (b"", "multipart/form-data; boundary=edge"),
        (FORM, "multipart/form-data; boundary=other"),
    ],
)
def test_form_is_refused_when_it_is_none(body, content_type):
    with pytest.raises(BadRequest):
        read_form(form_request(body, content_type))
