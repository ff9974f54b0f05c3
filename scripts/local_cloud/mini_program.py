"""A mini-program client: what wx.login, wx.requestPayment, wx.uploadFile and wx.downloadFile do, over real HTTP.

The phone's side of WeChat (tapping “allow”, paying) is played through the control routes of the fakes.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

#: Payment provider → the fake at whose control route `pay` the user confirms.
TILLS = {
    "v3": "wechat_pay",
    "v2": "wechat_pay_v2",
    "xpay": "xpay",
}

TERMINAL = ("ready", "failed")


@dataclass(frozen=True)
class ServerEvent:
    """`content` is the JSON object of its data."""

    name: str
    content: dict[str, Any]
    id: str


class Refused(Exception):
    """The API said no. `message` is Chinese and ready to show."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.status = status
        self.code = code
        self.message = message


class MiniProgram:
    """One user's phone. `urls` holds the addresses of the fakes by vendor name.

    `address` is the loopback address that it calls from (Linux has 127.0.0.0/8), for what is counted per address.
    """

    def __init__(self, api_url: str, urls: dict[str, str], *, user: str = "demo", address: str | None = None) -> None:
        transport = httpx.HTTPTransport(local_address=address) if address else None
        self._http = httpx.Client(base_url=api_url, timeout=60, trust_env=False, transport=transport)
        self._urls = urls
        self.user = user
        self._token: str | None = None

    def close(self) -> None:
        self._http.close()

    def call(self, method: str, path: str, content: object = None, **headers: str) -> Any:
        """A request with the session token; the JSON answer. Raises Refused."""
        own = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        reply = self._http.request(method, path, json=content, headers={**own, **headers})
        if reply.status_code >= 400:
            raise _refusal(reply)
        return reply.json() if reply.content else None

    def _phone(self, vendor: str, path: str, content: dict[str, Any]) -> Any:
        reply = self._http.post(f"{self._urls[vendor]}/__fake__/{path}", json=content)
        reply.raise_for_status()
        return reply.json() if reply.content else None

    def login_code(self) -> str:
        """wx.login."""
        return str(self._phone("wechat", "login_code", {"user": self.user})["code"])

    def log_in(self) -> dict[str, Any]:
        session: dict[str, Any] = self.call("POST", "/auth/login", {"code": self.login_code()})
        self._token = session["token"]
        return session

    def accept_messages(self, template_id: str) -> None:
        """wx.requestSubscribeMessage, answered with “allow”: one acceptance is one message."""
        self._phone("wechat", "accept", {"user": self.user, "template_id": template_id})

    def open_order(self, product_id: str) -> dict[str, Any]:
        order: dict[str, Any] = self.call("POST", "/pay/prepay", {"product_id": product_id})
        return order

    def pay(self, order: dict[str, Any], **how: Any) -> dict[str, Any]:
        """wx.requestPayment, confirmed by the user; `how` makes the payment go wrong on purpose."""
        paid: dict[str, Any] = self._phone(TILLS[order["provider"]], "pay", {"payment": order["payment"], **how})
        return paid

    def me(self) -> dict[str, Any]:
        profile: dict[str, Any] = self.call("GET", "/user/me")
        return profile

    def update_profile(self, profile: dict[str, Any] | None = None, **how: Any) -> dict[str, Any]:
        """wx.getUserProfile, and all that it gave handed on; `how` makes it go wrong on purpose. Raises Refused."""
        given = self._phone("wechat", "user_profile", {"user": self.user, "profile": profile, **how})
        changed: dict[str, Any] = self.call("POST", "/user/update-profile", given)
        return changed

    def set_nickname(self, nickname: str) -> dict[str, Any]:
        """The nickname input of today's WeChat. Raises Refused."""
        changed: dict[str, Any] = self.call("POST", "/user/update-profile", {"userInfo": {"nickName": nickname}})
        return changed

    def set_avatar(self, content: bytes, filename: str = "avatar.png") -> dict[str, Any]:
        """chooseAvatar gave a temporary file, and wx.uploadFile sends it. Raises Refused."""
        own = {"Authorization": f"Bearer {self._token}"}
        part = {"avatar": (filename, content, "application/octet-stream")}
        reply = self._http.post("/user/avatar", files=part, headers=own)
        if reply.status_code >= 400:
            raise _refusal(reply)
        changed: dict[str, Any] = reply.json()
        return changed

    def bind_phone(self, **how: Any) -> dict[str, Any]:
        """The phone number button, allowed. Raises Refused."""
        code = self._phone("wechat", "phone_code", {"user": self.user, **how})["code"]
        changed: dict[str, Any] = self.call("POST", "/user/phone", {"code": code})
        return changed

    def export(self) -> dict[str, Any]:
        """Everything that is held about me: follows the redirect to the file. Raises Refused."""
        reply = self._http.get("/user/export", headers={"Authorization": f"Bearer {self._token}"})
        if reply.status_code != 302:
            raise _refusal(reply)
        stored = self._http.get(reply.headers["location"])
        stored.raise_for_status()
        content: dict[str, Any] = stored.json()
        return content

    def erase(self) -> None:
        """Erase me. The token is worth nothing afterwards. Raises Refused."""
        self.call("DELETE", "/user/me")

    def ask_for_upload(self, filename: str, size_bytes: int, **options: Any) -> dict[str, Any]:
        ticket: dict[str, Any] = self.call(
            "POST", "/resume/upload-url", {"filename": filename, "size": size_bytes, **options}
        )
        return ticket

    def upload(self, file: Path, **options: Any) -> str:
        """wx.uploadFile straight to the bucket; the resume's id. Raises Refused."""
        ticket = self.ask_for_upload(file.name, file.stat().st_size, **options)
        self.send_file(ticket, file.read_bytes(), file.name)
        return str(ticket["resume_id"])

    def send_file(self, ticket: dict[str, Any], content: bytes, filename: str) -> None:
        form = ticket["upload"]
        reply = self._http.post(
            form["url"], data=form["form_data"], files={form["name"]: (filename, content, "application/octet-stream")}
        )
        if reply.status_code >= 300:
            raise Refused(reply.status_code, "upload_refused", "对象存储拒绝了上传")

    def share(self, resume_id: str, **options: Any) -> dict[str, Any]:
        """The share, with the card for onShareAppMessage. Raises Refused."""
        made: dict[str, Any] = self.call("POST", "/share", {"resume_id": resume_id, **options})
        return made

    def shares(self) -> list[dict[str, Any]]:
        listed: list[dict[str, Any]] = self.call("GET", "/share")["shares"]
        return listed

    def open_share(self, token: str) -> dict[str, Any]:
        """What the page behind a card shows, to whoever taps it. Raises Refused."""
        shown: dict[str, Any] = self.call("GET", f"/share/{token}")
        return shown

    def withdraw_share(self, token: str) -> None:
        self.call("DELETE", f"/share/{token}")

    def share_code(self, token: str) -> bytes:
        """wx.downloadFile of the mini-program code. Raises Refused."""
        return self._followed(f"/share/{token}/code")

    def resume(self, resume_id: str) -> dict[str, Any]:
        detail: dict[str, Any] = self.call("GET", f"/resume/{resume_id}")
        return detail

    def watch(self, resume_id: str, *, timeout_s: float, every_s: float = 0.15) -> Iterator[dict[str, Any]]:
        """The resume each time it has got further, until it is ready, failed, or the time is up."""
        until, seen = time.monotonic() + timeout_s, None
        while time.monotonic() < until:
            detail = self.resume(resume_id)
            if detail["state"] != seen:
                seen = detail["state"]
                yield detail
            if seen in TERMINAL:
                return
            time.sleep(every_s)

    def search_jobs(self, **query: Any) -> dict[str, Any]:
        """`keyword`, `city`, `salary_min` (fen a month), `experience`, `degree`, `page`, `source`."""
        page: dict[str, Any] = self.call("GET", f"/jobs?{httpx.QueryParams(query)}")
        return page

    def job(self, ref: str) -> dict[str, Any]:
        """By the `ref` of a list: `zhaopin:CC1…`."""
        shown: dict[str, Any] = self.call("GET", f"/jobs/{ref.replace(':', '/', 1)}")
        return shown

    def recommended_jobs(self, resume_id: str) -> dict[str, Any]:
        found: dict[str, Any] = self.call("GET", f"/jobs/recommend?{httpx.QueryParams({'resume_id': resume_id})}")
        return found

    def analyse_job(self, **what: Any) -> dict[str, Any]:
        """`jd` or `job_id`, and `resume_id` for the comparison."""
        analysis: dict[str, Any] = self.call("POST", "/jobs/analyse", what)
        return analysis

    def optimise_for(self, resume_id: str, **what: Any) -> str:
        """`jd` or `job_id`; the revision that is now on its way."""
        return str(self.call("POST", f"/resume/{resume_id}/optimise", what)["revision"])

    @contextmanager
    def events(self, method: str, path: str, content: object = None, **headers: str) -> Iterator[Iterator[ServerEvent]]:
        """wx.request with enableChunked: events as they come; leaving the block hangs up. Raises Refused."""
        own = {"Authorization": f"Bearer {self._token}", "Accept": "text/event-stream"}
        with self._http.stream(method, path, json=content, headers={**own, **headers}) as reply:
            if reply.status_code >= 400:
                reply.read()
                raise _refusal(reply)
            yield _server_events(reply.iter_lines())

    def download(self, file: str) -> bytes:
        """wx.downloadFile of `<resume id>.pdf` and the like: follows the redirect to the bucket. Raises Refused."""
        return self._followed(f"/resume/download/{file}")

    def _followed(self, path: str) -> bytes:
        reply = self._http.get(path, headers={"Authorization": f"Bearer {self._token}"})
        if reply.status_code != 302:
            raise _refusal(reply)
        stored = self._http.get(reply.headers["location"])
        stored.raise_for_status()
        return stored.content


def _server_events(lines: Iterator[str]) -> Iterator[ServerEvent]:
    """Comments are events too, without a name: whoever waits sees that something moves."""
    fields: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        if line:
            fields[name] = value.removeprefix(" ")
            continue
        yield ServerEvent(fields.get("event", ""), json.loads(fields.get("data", "{}")), fields.get("id", ""))
        fields = {}


def _refusal(reply: httpx.Response) -> Refused:
    try:
        error = reply.json()["error"]
        return Refused(reply.status_code, str(error["code"]), str(error["message"]))
    except (ValueError, KeyError, TypeError):
        return Refused(reply.status_code, "no_envelope", f"HTTP {reply.status_code}")
