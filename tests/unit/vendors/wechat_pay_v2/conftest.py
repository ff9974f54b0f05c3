"""The WeChat Pay v2 fake on a port; notifications end up in a list instead of at our function."""

from datetime import timedelta

import httpx
import pytest

from common.domain.orders import Order
from common.domain.refunds import Refund
from common.vendors.wechat_pay_v2.client import WeChatPayV2
from common.vendors.wechat_pay_v2.settings import WeChatPayV2Settings
from scripts.local_cloud.fakes.wechat_pay_v2 import WeChatPayV2Fake

NOTIFY_URL = "https://api.example.com/pay/notify/v2"
RECEIPT = "<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>"


@pytest.fixture(scope="module")
def letters():
    """Notifications as they were sent."""
    return []


@pytest.fixture(scope="module")
def running(served, tmp_path_factory, letters):
    def keep(request):
        letters.append(request.content)
        return httpx.Response(200, text=RECEIPT)

    folder = tmp_path_factory.mktemp("wechat_pay_v2")
    return served(WeChatPayV2Fake(folder, notify_transport=httpx.MockTransport(keep)))


@pytest.fixture
def server(running, letters):
    running.fake.reset()
    letters.clear()
    return running


@pytest.fixture
def settings(server):
    environment = server.fake.environment(server.url)
    values = {name.removeprefix("WECHAT_PAY_V2_").lower(): value for name, value in environment.items()}
    return WeChatPayV2Settings(**values, appid=server.fake.appid, notify_url=NOTIFY_URL)


@pytest.fixture
def pay(settings, http):
    return WeChatPayV2(settings, http)


@pytest.fixture
def order(now):
    return Order(
        number="MJ202611220001",
        user_id="u1",
        openid="oAlice",
        product_id="credits_10",
        description="简历积分 10 点",
        amount_fen=990,
        credits=10,
        provider="v2",
        state="created",
        created_at=now,
        expires_at=now + timedelta(hours=2),
    )


@pytest.fixture
def prepay(pay, now):
    return lambda order, payer_ip="203.0.113.7": pay.prepay(order, payer_ip=payer_ip, now=now)


@pytest.fixture
def refund(order, now):
    return Refund("R202611220001", order.number, 990, 10, "操作失误", "asked", now)


@pytest.fixture
def paid(prepay, server, order):
    prepay(order)
    server.control("pay", {"out_trade_no": order.number, "notify": 0})
    return order
