"""The console's server: its own files under a strict policy, and a way to the API, the bucket and a phone, and nowhere else."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

from scripts.local_cloud.console import app
from scripts.local_cloud.console.app import FILES, PAGE, Console
from scripts.local_cloud.fakes.kit import serve

LOCAL = "http://127.0.0.1:9081"
SOURCES = {path.name: path.read_text("utf-8") for path in PAGE.iterdir()}


class Backend:
    """Stands for the gateway, the bucket and a fake: remembers what it was asked, answers what it was told to."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []
        self.answer = Response("{}", content_type="application/json")

    def __call__(self, environ: Any, start_response: Any) -> Any:
        request = Request(environ)
        own = {name.lower(): value for name, value in request.headers.items()}
        self.asked.append((request.method, request.full_path.rstrip("?"), own, request.get_data()))
        return self.answer(environ, start_response)


@pytest.fixture
def gateway() -> Backend:
    return Backend()


@pytest.fixture
def bucket() -> Backend:
    return Backend()


@pytest.fixture
def wechat() -> Backend:
    return Backend()


@pytest.fixture
def console(gateway: Backend, bucket: Backend, wechat: Backend, tmp_path: Path) -> Iterator[Client]:
    with serve(gateway) as one, serve(bucket) as two, serve(wechat) as three:
        urls = {"gateway": one.url, "cos": two.url, "wechat": three.url}
        yield Client(Console(urls, tmp_path, {"template_ready": "T1"}))


def test_page_comes_with_a_policy_that_allows_scripts_of_ours_only(console: Client) -> None:
    answer = console.get("/", base_url=LOCAL)

    policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
    assert answer.status_code == 200
    assert "墨简" in answer.text
    assert (policy["default-src"], policy["script-src"], policy["connect-src"]) == ("'none'", "'self'", "'self'")
    assert "unsafe-inline" not in policy["script-src"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_every_file_of_the_page_is_served_and_there_is_no_other(console: Client) -> None:
    kinds = {name: console.get(f"/{name}", base_url=LOCAL).content_type for name in FILES}

    assert kinds == FILES
    assert set(SOURCES) == set(FILES)


@pytest.mark.parametrize(
    "path", ["/app.py", "/../app.py", "/page/index.html", "/%2e%2e/app.py", "/.env", "//etc/passwd"]
)
def test_nothing_else_is_read_from_the_disk(console: Client, path: str) -> None:
    assert console.get(path, base_url=LOCAL).status_code == 404


@pytest.mark.parametrize(
    ("base_url", "headers"),
    [("http://evil.example:9081", {}), (LOCAL, {"Sec-Fetch-Site": "cross-site"}), ("http://10.0.0.5", {})],
    ids=["another name for this machine", "another site", "another address"],
)
def test_other_sites_are_refused(console: Client, gateway: Backend, base_url: str, headers: dict[str, str]) -> None:
    answers = [
        console.get("/", base_url=base_url, headers=headers),
        console.get("/api/user/me", base_url=base_url, headers=headers),
        console.post("/phone/wechat/login_code", base_url=base_url, headers=headers, json={"user": "han"}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert gateway.asked == []


def test_request_is_handed_on_with_its_session_body_and_query(console: Client, gateway: Backend) -> None:
    headers = {"Authorization": "Bearer t", "Idempotency-Key": "k", "Cookie": "secret=1"}

    console.post("/api/resume/s_1/render?x=1", base_url=LOCAL, headers=headers, json={"template": "modern"})

    ((method, path, sent, body),) = gateway.asked
    assert (method, path) == ("POST", "/resume/s_1/render?x=1")
    assert (sent["authorization"], sent["idempotency-key"]) == ("Bearer t", "k")
    assert json.loads(body) == {"template": "modern"}
    assert "cookie" not in sent


def test_refusal_of_the_api_reaches_the_page_as_it_is(console: Client, gateway: Backend) -> None:
    gateway.answer = Response('{"error": {"code": "credits_exhausted"}}', 402, content_type="application/json")

    answer = console.get("/api/user/me", base_url=LOCAL)

    assert (answer.status_code, answer.json) == (402, {"error": {"code": "credits_exhausted"}})


def test_download_follows_the_redirect_to_the_bucket_without_the_session(
    console: Client, gateway: Backend, bucket: Backend
) -> None:
    console.get("/api/x", base_url=LOCAL)
    url = str(console.application._urls["cos"])  # type: ignore[attr-defined]
    gateway.answer = Response("", 302, {"Location": f"{url}/rendered/a.pdf?q-signature=1"})
    bucket.answer = Response(b"%PDF-", content_type="application/pdf")

    answer = console.get("/api/resume/download/s_1.pdf", base_url=LOCAL, headers={"Authorization": "Bearer t"})

    ((_, path, sent, _),) = bucket.asked
    assert (answer.status_code, answer.data, answer.content_type) == (200, b"%PDF-", "application/pdf")
    assert path == "/rendered/a.pdf?q-signature=1"
    assert "authorization" not in sent


@pytest.mark.parametrize("location", ["http://evil.example/x", "http://127.0.0.1:1/x", "{bucket}@evil.example/x", "/x"])
def test_redirect_to_anywhere_else_is_not_followed(
    console: Client, gateway: Backend, bucket: Backend, location: str
) -> None:
    url = str(console.application._urls["cos"])  # type: ignore[attr-defined]
    gateway.answer = Response("", 302, {"Location": location.format(bucket=url)})

    answer = console.get("/api/resume/download/s_1.pdf", base_url=LOCAL)

    assert answer.status_code == 302
    assert "location" not in answer.headers
    assert bucket.asked == []


def test_document_opened_by_itself_has_no_rights(console: Client, gateway: Backend) -> None:
    gateway.answer = Response("<script>alert(1)</script>", content_type="text/html; charset=utf-8")

    answer = console.get("/api/resume/download/s_1.html", base_url=LOCAL)

    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script" not in policy


def test_streamed_answer_comes_whole(console: Client, gateway: Backend) -> None:
    pieces = [f"event: text\ndata: {number}\n\n".encode() for number in range(5)]
    gateway.answer = Response(iter(pieces), content_type="text/event-stream")

    answer = console.post("/api/chat", base_url=LOCAL, json={"message": "你好"})

    assert answer.data == b"".join(pieces)
    assert answer.content_type.startswith("text/event-stream")


def test_phone_does_what_a_phone_does_and_nothing_else(console: Client, wechat: Backend) -> None:
    answers = [
        console.post(f"/phone/{act}", base_url=LOCAL, json={"user": "han"}).status_code
        for act in (
            "wechat/login_code",
            "wechat/expire_tokens",
            "wechat/../login_code",
            "deepseek/faults",
            "cos/state",
            "wechat",
        )
    ]

    assert answers == [200, 404, 404, 404, 404, 404]
    assert [path for _, path, _, _ in wechat.asked] == ["/__fake__/login_code"]


def test_page_is_told_when_the_cloud_does_not_answer(tmp_path: Path) -> None:
    console = Client(Console({"gateway": "http://127.0.0.1:1", "cos": "http://127.0.0.1:1"}, tmp_path, {}))

    answer = console.get("/api/user/me", base_url=LOCAL)

    assert (answer.status_code, answer.json["error"]["code"]) == (502, "no_connection")


def test_log_lines_are_numbered_so_that_a_page_asks_for_what_it_has_not_seen(console: Client, tmp_path: Path) -> None:
    (tmp_path / "parse.log").write_text("one | <b>\ntwo\n", "utf-8")
    first = console.get("/logs", base_url=LOCAL).json
    with (tmp_path / "parse.log").open("a", encoding="utf-8") as file:
        file.write("three\nhalf a li")

    second = console.get("/logs?after=2", base_url=LOCAL).json

    assert [(line["number"], line["function"], line["text"]) for line in first] == [
        (1, "parse", "one | <b>"),
        (2, "parse", "two"),
    ]
    assert [line["text"] for line in second] == ["three"]


@pytest.mark.parametrize("name", [name for name in SOURCES if name.endswith(".js")])
def test_script_never_turns_text_into_markup_or_code(name: str) -> None:
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\b|new Function|createContextualFragment"

    assert re.findall(forbidden, SOURCES[name]) == []


def test_frame_of_the_preview_has_no_rights_at_all() -> None:
    frames = re.findall(r'h\("iframe", \{[^}]*\}', SOURCES["layout.js"])

    assert len(frames) == 1
    assert 'sandbox: ""' in frames[0]


def test_page_asks_no_other_host_for_anything() -> None:
    loaded = {name: re.findall(r"https?://|//[a-z]+\.|@import|url\(", text) for name, text in SOURCES.items()}
    modules = {name: set(re.findall(r'from "([^"]+)"', text)) for name, text in SOURCES.items() if name.endswith(".js")}

    assert [name for name, found in loaded.items() if found] == []
    assert {target.removeprefix("./") for targets in modules.values() for target in targets} <= set(FILES)
    assert sum(map(len, modules.values())) > 10


def test_markup_of_the_page_holds_no_script_of_its_own() -> None:
    page = SOURCES["index.html"]

    assert re.findall(r"<script[^>]*>", page) == ['<script type="module" src="/main.js">']
    assert not re.search(r"\son[a-z]+=|style=", page)
    assert app.POLICY.count("'unsafe-inline'") == 1
