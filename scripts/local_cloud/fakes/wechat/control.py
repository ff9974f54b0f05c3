"""Control routes of the WeChat fake: what the user's own phone would do, and the console of the account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.wrappers import Request, Response

from scripts.local_cloud.fakes.kit import (
    CONTROL_PREFIX,
    ControlError,
    Route,
    View,
    json_response,
    read_control,
    require,
)
from scripts.local_cloud.fakes.wechat.messages import READY_TEMPLATE
from scripts.local_cloud.fakes.wechat.open_data import FORGERIES as PROFILE_FORGERIES
from scripts.local_cloud.fakes.wechat.open_data import user_profile
from scripts.local_cloud.fakes.wechat.pictures import LABELS
from scripts.local_cloud.fakes.wechat.push_letters import FORGERIES

if TYPE_CHECKING:
    from scripts.local_cloud.fakes.wechat.app import WeChatFake

GREY_NAME = "微信用户"


class Control:
    """Views over the fake's memory; every one takes its arguments from a JSON body."""

    def __init__(self, fake: WeChatFake) -> None:
        self._fake = fake

    def routes(self) -> list[Route]:
        views: dict[str, View] = {
            "login_code": self.login_code,
            "open": self.open,
            "accept": self.accept,
            "user_profile": self.user_profile,
            "phone": self.phone,
            "phone_code": self.phone_code,
            "rotate_session": self.rotate_session,
            "template": self.template,
            "pages": self.pages,
            "limits": self.limits,
            "expire_tokens": self.expire_tokens,
            "media": self.media,
            "media_due": self.media_due,
            "push_form": self.push_form,
            "push": self.push,
            "push_due": self.push_due,
            "push_replay": self.push_replay,
        }
        return [Route("POST", CONTROL_PREFIX + name, "control", view) for name, view in views.items()]

    def login_code(self, request: Request) -> Response:
        """wx.login: {"user"} -> {"code"}; the user counts as active from now on."""
        with self._fake.lock:
            return json_response({"code": self._fake.users.new_code(_user_name(request), self._fake.clock.now())})

    def open(self, request: Request) -> Response:
        """The user opens the mini-program without logging in: {"user"} -> {"openid"}."""
        with self._fake.lock:
            return json_response({"openid": self._fake.users.see(_user_name(request), self._fake.clock.now()).openid})

    def accept(self, request: Request) -> Response:
        """wx.requestSubscribeMessage with "accept": {"user", "template_id"?} -> {"openid", "template_id", "left"}."""
        template_id = str(read_control(request).get("template_id") or READY_TEMPLATE)
        with self._fake.lock:
            user = self._fake.users.see(_user_name(request), self._fake.clock.now())
            left = self._fake.messages.accept(user.openid, template_id)
        return json_response({"openid": user.openid, "template_id": template_id, "left": left})

    def user_profile(self, request: Request) -> Response:
        """wx.getUserProfile: {"user", "profile"?, "forge"?} -> {"userInfo", "rawData", "signature", "encryptedData", "iv"}."""
        wishes = read_control(request)
        profile = wishes.get("profile") or {"nickName": GREY_NAME, "gender": 0, "avatarUrl": ""}
        forge = wishes.get("forge")
        if forge is not None and forge not in PROFILE_FORGERIES:
            raise ControlError(f"unknown forge {forge!r}; known: {', '.join(sorted(PROFILE_FORGERIES))}")
        now = self._fake.clock.now()
        with self._fake.lock:
            user = self._fake.users.see(_user_name(request), now)
        if user.session_key is None:
            raise ControlError("the user has no session_key yet: log in first")
        return json_response(user_profile(profile, user.openid, user.session_key, self._fake.appid, now, forge))

    def phone(self, request: Request) -> Response:
        """The number of a WeChat account: {"user", "phone": digits or null for none, "country"? = "86"}."""
        wishes = read_control(request)
        with self._fake.lock:
            user = self._fake.users.see(_user_name(request), self._fake.clock.now())
            self._fake.phones.set_number(user, wishes.get("country", "86"), wishes.get("phone"))
        return json_response({"openid": user.openid})

    def phone_code(self, request: Request) -> Response:
        """The phone number button, allowed: {"user", "appid"? of another mini-program} -> {"code"}, or {"errMsg"} without one."""
        now, appid = self._fake.clock.now(), str(read_control(request).get("appid") or self._fake.appid)
        with self._fake.lock:
            code = self._fake.phones.new_code(self._fake.users.see(_user_name(request), now), appid, now)
        return json_response({"code": code} if code else {"errMsg": "getPhoneNumber:fail no phone number"})

    def rotate_session(self, request: Request) -> Response:
        """Another device of the user logged in, or wx.login was called and its code never sent: {"user"} -> {"openid"}."""
        with self._fake.lock:
            user = self._fake.users.see(_user_name(request), self._fake.clock.now())
            self._fake.users.rotate(user)
        return json_response({"openid": user.openid})

    def template(self, request: Request) -> Response:
        """Register a template: {"template_id", "keywords": ["thing1", ...] or null} -> all templates."""
        document = read_control(request)
        with self._fake.lock:
            self._fake.messages.templates[str(require(document, "template_id"))] = document.get("keywords")
            return json_response({"templates": self._fake.messages.templates})

    def pages(self, request: Request) -> Response:
        """The pages of the released version: {"pages": ["pages/index/index", ...] or null for any}."""
        with self._fake.lock:
            self._fake.messages.pages = read_control(request).get("pages")
            return json_response({"pages": self._fake.messages.pages})

    def limits(self, request: Request) -> Response:
        """Change quotas: any of the names in `Limits` -> all limits."""
        with self._fake.lock:
            try:
                self._fake.limits.change(read_control(request))
            except ValueError as error:
                raise ControlError(str(error)) from error
            return json_response(self._fake.limits.as_json())

    def expire_tokens(self, _request: Request) -> Response:
        """Every token issued so far is expired from now on (42001)."""
        with self._fake.lock:
            self._fake.tokens.expire_all(self._fake.clock.now())
        return json_response({"expired": True})

    def media(self, request: Request) -> Response:
        """How checks of pictures go from now on: any of {"suggest", "delay_s", "lost", "early"} -> all of them."""
        wanted, wishes = read_control(request), self._fake.pictures.wishes
        if wanted.get("suggest", "pass") not in LABELS or not set(wanted) <= set(vars(wishes)):
            raise ControlError(f"known: {vars(wishes)}; suggest is one of {', '.join(LABELS)}")
        for name, value in wanted.items():
            setattr(wishes, name, value)
        return json_response(vars(wishes))

    def media_due(self, _request: Request) -> Response:
        """Every answer about a picture that waits is pushed now -> {"notifications"}."""
        sent = [delivery.as_json() for deliveries in self._fake.pictures.push_waiting() for delivery in deliveries]
        return json_response({"notifications": sent})

    def push_form(self, request: Request) -> Response:
        """The console's page 消息推送: {"secure"?, "xml"?} -> how pushes are written from now on."""
        wishes, mailbox = read_control(request), self._fake.pushes.mailbox
        mailbox.secure = bool(wishes.get("secure", mailbox.secure))
        mailbox.xml = bool(wishes.get("xml", mailbox.xml))
        return json_response({"secure": mailbox.secure, "xml": mailbox.xml})

    def push(self, request: Request) -> Response:
        """Any event: {"event": its fields, "notify"? = 1, "forge"?: one of the ways} -> {"notifications"}."""
        wishes = read_control(request)
        forge = wishes.get("forge")
        if forge is not None and forge not in FORGERIES:
            raise ControlError(f"unknown forge {forge!r}; known: {', '.join(sorted(FORGERIES))}")
        sent = self._fake.pushes.send(require(wishes, "event"), copies=int(wishes.get("notify", 1)), forge=forge)
        return json_response({"notifications": [delivery.as_json() for delivery in sent]})

    def push_due(self, _request: Request) -> Response:
        """Everything that was refused and is to be tried again by now -> {"notifications"}."""
        return json_response({"notifications": [delivery.as_json() for delivery in self._fake.pushes.send_due()]})

    def push_replay(self, request: Request) -> Response:
        """Delivery {"index"} of GET /__fake__/state again, byte for byte -> {"notifications"}."""
        try:
            delivery = self._fake.pushes.replay(int(require(read_control(request), "index")))
        except (IndexError, TypeError, ValueError) as error:
            raise ControlError(str(error)) from error
        return json_response({"notifications": [delivery.as_json()]})


def _user_name(request: Request) -> str:
    return str(require(read_control(request), "user"))
