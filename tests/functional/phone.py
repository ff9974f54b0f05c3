"""One user of the mini-program: what they tap, played through the public paths and the control routes of the fakes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from scripts.local_cloud.mini_program import TILLS
from tests.functional.scf import Answer

if TYPE_CHECKING:
    from tests.functional.cloud import Cloud


class Phone:
    """One user. Requests carry the session token of the last login."""

    def __init__(self, cloud: "Cloud", user: str) -> None:
        self._cloud = cloud
        self.user = user
        self.token: str | None = None

    def call(self, method: str, path: str, json: object = None, *, key: str | None = None) -> Answer:
        function = self._cloud.platform.manifest.route(path.partition("?")[0])
        assert function is not None
        return self._cloud.call(function, method, path, json, token=self.token, key=key)

    def login_code(self) -> str:
        """wx.login."""
        return str(self._cloud.control("wechat", "login_code", {"user": self.user})["code"])

    def log_in(self) -> dict[str, Any]:
        session: dict[str, Any] = self.call("POST", "/auth/login", {"code": self.login_code()}).json
        self.token = session["token"]
        return session

    def accept_message(self) -> None:
        """wx.requestSubscribeMessage: one acceptance is one message."""
        self._cloud.control("wechat", "accept", {"user": self.user})

    @property
    def credits(self) -> tuple[int, int]:
        """(what can be spent, what is held)."""
        me = self.call("GET", "/user/me").json
        return me["credits"], me["credits_held"]

    def profile(self, profile: Mapping[str, Any] | None = None, **how: Any) -> dict[str, Any]:
        """wx.getUserProfile; `how` forges it."""
        given: dict[str, Any] = self._cloud.control(
            "wechat", "user_profile", {"user": self.user, "profile": profile, **how}
        )
        return given

    def phone_code(self, **how: Any) -> str:
        """The phone number button, allowed."""
        return str(self._cloud.control("wechat", "phone_code", {"user": self.user, **how})["code"])

    def open_order(self, product_id: str = "credits_10") -> dict[str, Any]:
        order: dict[str, Any] = self.call("POST", "/pay/prepay", {"product_id": product_id}).json
        return order

    def pay(self, order: Mapping[str, Any], **how: Any) -> list[int]:
        """wx.requestPayment, confirmed; the statuses with which we answered WeChat's notifications."""
        paid = self._cloud.control(TILLS[order["provider"]], "pay", {"payment": order["payment"], **how})
        return [notification["status"] for notification in paid["notifications"]]

    def order_state(self, order: Mapping[str, Any]) -> str:
        return str(self.call("GET", f"/pay/orders/{order['order_id']}").json["state"])

    def ask_for_upload(self, filename: str, size: int, **options: Any) -> Answer:
        return self.call("POST", "/resume/upload-url", {"filename": filename, "size": size, **options})

    def upload(self, content: bytes, filename: str = "简历.docx", **options: Any) -> str:
        """The file is in the bucket and nobody has read it yet; the resume's id."""
        ticket = self.ask_for_upload(filename, len(content), **options).json
        assert self._cloud.post_form(ticket["upload"], content).status_code == 204
        return str(ticket["resume_id"])

    def finish(self, content: bytes, filename: str = "简历.docx", **options: Any) -> str:
        """Upload and wait for the end; the resume's id."""
        resume_id = self.upload(content, filename, **options)
        self._cloud.follow()
        return resume_id

    def resume(self, resume_id: str) -> dict[str, Any]:
        detail: dict[str, Any] = self.call("GET", f"/resume/{resume_id}").json
        return detail

    def outcome(self, resume_id: str) -> tuple[str, str | None]:
        """(state, code of the failure)."""
        detail = self.resume(resume_id)
        return detail["state"], detail["failure"] and detail["failure"]["code"]
