"""The virtual payment fake beside the WeChat fake, each on a port, and the client over both."""

from datetime import timedelta

import pytest

from common.domain.orders import Order
from common.domain.pushes import PushedEvent
from common.vendors.wechat.settings import WeChatSettings
from common.vendors.wechat.stable_token import StableToken
from common.vendors.xpay.client import XPay
from common.vendors.xpay.settings import XPaySettings
from scripts.local_cloud.fakes.wechat import WeChatFake
from scripts.local_cloud.fakes.xpay import XPayFake


@pytest.fixture(scope="module")
def wechat(served):
    return served(WeChatFake())


@pytest.fixture(scope="module")
def running(served, wechat):
    return served(XPayFake(wechat.fake))


@pytest.fixture
def server(running, wechat):
    wechat.fake.reset()
    running.fake.reset()
    return running


@pytest.fixture
def settings(server):
    environment = server.fake.environment(server.url)
    values = {name.removeprefix("XPAY_").lower(): value for name, value in environment.items()}
    return XPaySettings(**values, appid=server.fake.wechat.appid)


@pytest.fixture
def alice(server, now):
    """Somebody who has logged in."""
    users = server.fake.wechat.users
    return users.spend(users.find_code(users.new_code("alice", now.timestamp()), now.timestamp()))


@pytest.fixture
def session_keys(alice):
    return {"u1": alice.session_key}


class Pushed:
    """Stands for the mailbox: what it is told to open is the event."""

    def __init__(self):
        self.event = {}
        self.seen = []

    def __call__(self, query, body, *, now):
        self.seen.append((query, body))
        return PushedEvent(str(self.event.get("Event")), "oAlice", "1", self.event)


@pytest.fixture
def pushed():
    return Pushed()


@pytest.fixture
def access_token(server, wechat, http, now):
    values = {
        name.removeprefix("WECHAT_").lower(): value for name, value in wechat.fake.environment(wechat.url).items()
    }
    issuer = StableToken(WeChatSettings(**values), http)
    return lambda rejected: issuer.issue_token(now=now).value


@pytest.fixture
def pay(settings, http, access_token, session_keys, pushed):
    return XPay(settings, http, access_token, session_key=session_keys.get, open_push=pushed)


@pytest.fixture
def order(now, alice):
    return Order(
        number="MJ202611220001",
        user_id="u1",
        openid=alice.openid,
        product_id="credits_10",
        description="简历积分 10 点",
        amount_fen=990,
        credits=10,
        provider="xpay",
        state="created",
        created_at=now,
        expires_at=now + timedelta(minutes=30),
    )


@pytest.fixture
def paid(pay, server, order, now):
    """The order, opened and paid; nobody has told us of it."""
    payment = pay.prepay(order, payer_ip="", now=now).payment
    server.control("pay", {"payment": dict(payment), "notify": 0})
    return order
