"""The console's own server before the running cloud: what its page does, without a browser."""

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from scripts.local_cloud.console import Console
from scripts.local_cloud.fakes.kit import serve
from scripts.local_cloud.stack import Stack
from tests.e2e.conftest import SAMPLE

MARKUP = '<img src=x onerror=alert(1)>"><script>alert(1)</script>'


class Browser:
    """Calls the routes that the page calls, in the same order."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=60, trust_env=False)

    def call(self, method: str, path: str, **content: Any) -> Any:
        answer = self.http.request(method, path, **content)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def log_in(self, user: str) -> dict[str, Any]:
        code = self.call("POST", "/phone/wechat/login_code", json={"user": user})["code"]
        session: dict[str, Any] = self.call("POST", "/api/auth/login", json={"code": code})
        self.http.headers["Authorization"] = f"Bearer {session['token']}"
        return session

    def upload(self, **wishes: Any) -> str:
        content = SAMPLE.read_bytes()
        ticket = self.call(
            "POST", "/api/resume/upload-url", json={"filename": SAMPLE.name, "size": len(content), **wishes}
        )
        form = ticket["upload"]
        self.call("POST", "/bucket", data=form["form_data"], files={form["name"]: (SAMPLE.name, content)})
        return str(ticket["resume_id"])

    def finish(self, resume_id: str) -> dict[str, Any]:
        until = time.monotonic() + 90
        while time.monotonic() < until:
            detail: dict[str, Any] = self.call("GET", f"/api/resume/{resume_id}")
            if detail["state"] in ("ready", "failed"):
                return detail
            time.sleep(0.2)
        raise AssertionError(f"still {detail['state']}")


@pytest.fixture
def browser(stack: Stack) -> Iterator[Browser]:
    console = Console(stack.urls, stack.state_dir / "emulator" / "logs", {})
    with serve(console) as served:
        opened = Browser(served.url)
        yield opened
        opened.http.close()


def test_credits_are_bought_with_the_payment_of_the_local_cloud(browser: Browser) -> None:
    before = browser.log_in("console-buyer")["user"]["credits"]
    product = browser.call("GET", "/api/pay/products")["products"][0]

    order = browser.call("POST", "/api/pay/prepay", json={"product_id": product["id"]})
    browser.call("POST", "/phone/wechat_pay/pay", json={"payment": order["payment"]})

    assert browser.call("GET", f"/api/pay/orders/{order['order_id']}")["state"] == "granted"
    assert browser.call("GET", "/api/user/me")["credits"] == before + product["credits"]


def test_every_form_of_a_finished_resume_is_downloaded_and_the_log_tells_of_it(browser: Browser) -> None:
    browser.log_in("console-reader")
    resume_id = browser.upload(template="sidebar", optimise=False)

    detail = browser.finish(resume_id)

    begins = {"pdf": b"%PDF-", "docx": b"PK", "png": b"\x89PNG", "html": b"<!DOCTYPE html>", "json": b"{"}
    for ending, start in begins.items():
        assert browser.http.get(f"/api/resume/download/{resume_id}.{ending}").content.lstrip().startswith(start), ending
    assert (detail["state"], detail["template"]) == ("ready", "sidebar")
    functions = {line["function"] for line in browser.call("GET", "/logs")}
    assert {"login", "upload_url", "parse", "optimise", "render", "resume"} <= functions


def test_hostile_text_comes_back_as_text_in_a_page_without_rights(browser: Browser) -> None:
    browser.log_in(MARKUP)
    resume_id = browser.upload(optimise=False)
    edited = browser.finish(resume_id)["optimised"]
    edited["basics"]["name"] += MARKUP
    edited["work"][0]["highlights"][0] += MARKUP

    browser.call("PUT", f"/api/resume/{resume_id}", json=edited)
    detail = browser.finish(resume_id)

    page = browser.http.get(f"/api/resume/download/{resume_id}.html")
    assert (detail["state"], detail["revision"]) == ("ready", "r2")
    assert page.text.count("&lt;script&gt;alert(1)") >= 2
    assert "<script" not in page.text
    assert "onerror=alert(1)>" not in page.text
    assert "default-src 'none'" in page.text
    assert page.headers["content-security-policy"].startswith("sandbox;")


def test_answer_of_the_advisor_is_streamed_through(browser: Browser) -> None:
    browser.log_in("console-asker")

    with browser.http.stream(
        "POST", "/api/chat", json={"message": "面试怎么准备？"}, headers={"Accept": "text/event-stream"}
    ) as answer:
        pieces = [piece for piece in answer.iter_text() if piece.strip()]

    text = "".join(pieces)
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert len(pieces) > 2
    assert text.index("event: start") < text.index("event: text") < text.index("event: end")
