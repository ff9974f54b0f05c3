"""The WeChat fake: login, tokens, subscription messages, OCR and text moderation over HTTP."""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Callable
from typing import Any, ClassVar

import httpx
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.wrappers import Request, Response

from scripts.local_cloud.fakes.account import LOCAL_APPID
from scripts.local_cloud.fakes.kit import (
    Fake,
    Match,
    Route,
    json_response,
    planned_fault,
)
from scripts.local_cloud.fakes.kit_ocr import Recogniser
from scripts.local_cloud.fakes.wechat import codes, content, ocr, open_data, shipping
from scripts.local_cloud.fakes.wechat.control import Control
from scripts.local_cloud.fakes.wechat.errors import WeChatError, envelope
from scripts.local_cloud.fakes.wechat.limits import Counters, Limits
from scripts.local_cloud.fakes.wechat.messages import FAILED_TEMPLATE, READY_TEMPLATE, REFUNDED_TEMPLATE, Messages
from scripts.local_cloud.fakes.wechat.phones import Phones
from scripts.local_cloud.fakes.wechat.pictures import Pictures
from scripts.local_cloud.fakes.wechat.push_letters import Mailbox
from scripts.local_cloud.fakes.wechat.pushes import Pushes
from scripts.local_cloud.fakes.wechat.tokens import Token, Tokens
from scripts.local_cloud.fakes.wechat.users import Users

Answer = Callable[[Request], dict[str, Any] | Response]


class WeChatFake(Fake):
    """api.weixin.qq.com for one mini-program. The app secret is new with every instance; openids never change."""

    name = "wechat"
    own_fault_kinds: ClassVar[frozenset[str]] = frozenset({"errcode"})

    def __init__(self, appid: str = LOCAL_APPID, push_transport: httpx.BaseTransport | None = None) -> None:
        """`push_transport` replaces the network for pushes, so that a test needs no port."""
        self.appid = appid
        self.secret = secrets.token_hex(16)
        self._words = content.load_words()
        self._recogniser = Recogniser()
        super().__init__()
        self.pushes = Pushes(Mailbox(appid), self.clock, push_transport)
        self.pictures = Pictures(appid, self.pushes.send)
        self.forget()

    def forget(self) -> None:
        with self.lock:
            self.users = Users(self.appid)
            self.phones = Phones()
            self.tokens = Tokens()
            self.messages = Messages()
            self.limits = Limits()
            self.counters = Counters()
            self.shipped: dict[str, dict[str, Any]] = {}
            self.checked: list[dict[str, Any]] = []
        self.pictures.clear()
        self.pushes.clear()

    def environment(self, base_url: str) -> dict[str, str]:
        return {
            "WECHAT_APPID": self.appid,
            "WECHAT_SECRET": self.secret,
            "WECHAT_BASE_URL": base_url,
            "WECHAT_TEMPLATE_READY": READY_TEMPLATE,
            "WECHAT_TEMPLATE_FAILED": FAILED_TEMPLATE,
            "WECHAT_TEMPLATE_REFUNDED": REFUNDED_TEMPLATE,
            "WECHAT_MINIPROGRAM_STATE": "developer",
            "WECHAT_PUSH_TOKEN": self.pushes.mailbox.token,
            "WECHAT_PUSH_AES_KEY": self.pushes.mailbox.aes_key,
        }

    def state(self) -> dict[str, Any]:
        with self.lock:
            people = {**self.messages.as_json(), "users": self.users.as_json(), "limits": self.limits.as_json()}
            return {
                **people,
                "pushes": self.pushes.as_json(),
                "shipped": self.shipped,
                "pictures": self.pictures.as_json(),
            }

    def routes(self) -> list[Route]:
        return [*self._api_routes(), *Control(self).routes()]

    def unrouted(self, request: Request, refusal: HTTPException) -> Match:
        """api.weixin.qq.com answers an unknown path with a code too, and says which method it wants."""
        code = (43001 if request.method != "GET" else 43002) if isinstance(refusal, MethodNotAllowed) else 40066

        def answer(_request: Request) -> Response:
            return json_response(envelope(WeChatError(code), self.clock.now()))

        return Match(Route(request.method, request.path, "unknown", answer), {})

    def _api_routes(self) -> list[Route]:
        return [
            Route("GET POST", "/sns/jscode2session", "jscode2session", self._plain_text(self._login)),
            Route("GET", "/cgi-bin/token", "token", self._open(self._plain_token)),
            Route("POST", "/cgi-bin/stable_token", "stable_token", self._open(self._stable_token)),
            Route(
                "POST", "/cgi-bin/message/subscribe/send", "subscribe_send", self._guarded(self._send), log_body=True
            ),
            Route("POST", "/cv/ocr/comm", "ocr_comm", self._guarded(self._recognise)),
            Route("POST", "/wxa/msg_sec_check", "msg_sec_check", self._guarded(self._check_text)),
            Route("GET", "/wxa/checksession", "checksession", self._guarded(self._check_session)),
            Route("POST", "/wxa/business/getuserphonenumber", "getuserphonenumber", self._guarded(self._tell_phone)),
            Route("POST", "/wxa/media_check_async", "media_check_async", self._guarded(self._check_picture)),
            Route("POST", "/wxa/getwxacodeunlimit", "getwxacodeunlimit", self._guarded(self._draw_code), log_body=True),
            Route("POST", "/wxa/sec/order/upload_shipping_info", "upload_shipping_info", self._guarded(self._ship)),
        ]

    def _open(self, answer: Answer) -> Callable[[Request], Response]:
        """A call without access token; refusals become WeChat's envelope, always with HTTP status 200."""

        def view(request: Request) -> Response:
            fault = planned_fault(request)
            wanted = WeChatError(int(fault.options.get("errcode", -1))) if fault else None
            try:
                if wanted and fault and fault.when == "before":
                    raise wanted
                payload = answer(request)
                if wanted:
                    raise wanted
            except WeChatError as error:
                payload = envelope(error, self.clock.now())
            return payload if isinstance(payload, Response) else json_response(payload)

        return view

    def _guarded(self, answer: Answer) -> Callable[[Request], Response]:
        """A call that needs ?access_token=."""

        def with_token(request: Request) -> dict[str, Any] | Response:
            with self.lock:
                self.tokens.check(request.args.get("access_token"), self.clock.now())
            return answer(request)

        return self._open(with_token)

    def _plain_text(self, answer: Answer) -> Callable[[Request], Response]:
        """jscode2session says text/plain, whatever it answers."""
        inner = self._open(answer)

        def view(request: Request) -> Response:
            response = inner(request)
            response.content_type = "text/plain"
            return response

        return view

    def _login(self, request: Request) -> dict[str, Any]:
        now = self.clock.now()
        self._check_account(request.args.to_dict() if request.method == "GET" else {}, "authorization_code")
        code = request.args.get("js_code")
        if not code:
            raise WeChatError(41008)
        with self.lock:
            login = self.users.find_code(code, now)
            if not self.counters.within_minute(f"login/{login.user.openid}", now, self.limits.login_per_minute):
                raise WeChatError(45011)
            user = self.users.spend(login)
            return {"session_key": user.session_key, "openid": user.openid}

    def _plain_token(self, request: Request) -> dict[str, Any]:
        now = self.clock.now()
        self._check_account(request.args.to_dict(), "client_credential")
        with self.lock:
            if not self.counters.within_day("token", now, self.limits.token_per_day):
                raise WeChatError(45009)
            return _token_answer(self.tokens.plain(now), now)

    def _stable_token(self, request: Request) -> dict[str, Any]:
        now = self.clock.now()
        body = _read_json(request)
        self._check_account(body, "client_credential")
        with self.lock:
            if body.get("force_refresh") is True:
                return _token_answer(self.tokens.force(now, self.limits, self.counters), now)
            return _token_answer(self.tokens.stable(now), now)

    def _check_account(self, given: dict[str, Any], grant_type: str) -> None:
        for name, missing, wrong, expected in (
            ("appid", 41002, 40013, self.appid),
            ("secret", 41004, 40125, self.secret),
            ("grant_type", 40002, 40002, grant_type),
        ):
            if not given.get(name):
                raise WeChatError(missing)
            if given[name] != expected:
                raise WeChatError(wrong)

    def _send(self, request: Request) -> dict[str, Any]:
        body = _read_json(request)
        with self.lock:
            message = self.messages.send(body, self.users, lambda text: bool(content.find_word(self._words, text)))
            message["at"] = self.clock.now()
            return {"errcode": 0, "errmsg": "ok", "msgid": len(self.messages.delivered)}

    def _recognise(self, request: Request) -> dict[str, Any]:
        with self.lock:
            if not self.limits.ocr_enabled:
                raise WeChatError(101003)
            if not self.counters.within_day("ocr", self.clock.now(), self.limits.ocr_per_day):
                raise WeChatError(45009)
        return ocr.recognition(ocr.read_image(request), self._recogniser)

    def _ship(self, request: Request) -> dict[str, Any]:
        with self.lock:
            shipping.report(_read_json(request), self.users, self.shipped)
        return {"errcode": 0, "errmsg": "ok"}

    def _check_session(self, request: Request) -> dict[str, Any]:
        if request.args.get("sig_method") != "hmac_sha256":
            raise WeChatError(87009)
        with self.lock:
            key = self.users.find(request.args.get("openid")).session_key
        if key is None or not hmac.compare_digest(open_data.sign_session(key), request.args.get("signature", "")):
            raise WeChatError(87009)
        return {"errcode": 0, "errmsg": "ok"}

    def _tell_phone(self, request: Request) -> dict[str, Any]:
        body = _read_json(request)
        with self.lock:
            told = self.phones.spend(body.get("code"), body.get("openid"), self.appid, self.clock.now())
        return {"errcode": 0, "errmsg": "ok", "phone_info": told}

    def _check_picture(self, request: Request) -> dict[str, Any]:
        """Without the lock: the picture is fetched, and the push may come before the answer."""
        return self.pictures.ask(_read_json(request), self.users, self.clock.now())

    def _draw_code(self, request: Request) -> Response:
        body = _read_json(request)
        with self.lock:
            if not self.counters.within_minute("code", self.clock.now(), self.limits.codes_per_minute):
                raise WeChatError(45009)
            return Response(codes.draw(body, self.messages.pages), content_type="image/png")

    def _check_text(self, request: Request) -> dict[str, Any]:
        body = _read_json(request)
        with self.lock:
            self.checked.append({"scene": body.get("scene"), "characters": len(str(body.get("content", "")))})
            return content.check_text(request.get_data(), body, self._words, self.users, self.clock.now())


def _token_answer(token: Token, now: float) -> dict[str, Any]:
    return {"access_token": token.value, "expires_in": token.left_s(now)}


def _read_json(request: Request) -> dict[str, Any]:
    """The JSON object of an API call. Raises 44002 for an empty body and 47001 for anything but an object."""
    raw = request.get_data()
    if not raw.strip():
        raise WeChatError(44002)
    try:
        body = json.loads(raw.decode("utf-8"))
    except ValueError as error:
        raise WeChatError(47001) from error
    if not isinstance(body, dict):
        raise WeChatError(47001)
    return body
