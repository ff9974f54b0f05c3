"""The WeChat Pay fake on a port; notifications end up in a list instead of at our function."""

from datetime import timedelta

import httpx
import pytest

from common.domain.orders import Order
from common.vendors.wechat_pay.client import WeChatPay
from common.vendors.wechat_pay.settings import WeChatPaySettings
from scripts.local_cloud.fakes.wechat_pay import WeChatPayFake

NOTIFY_URL = "https://api.example.com/pay/notify/v3"


@pytest.fixture(scope="session")
def account_dir(tmp_path_factory):
    """Making RSA keys is slow, so all tests share one account."""
    return tmp_path_factory.mktemp("wechat_pay")


@pytest.fixture(scope="module")
def letters():
    """Notifications as they were sent: (headers, body)."""
    return []


@pytest.fixture(scope="module")
def running(served, account_dir, letters):
    def keep(request):
        letters.append((dict(request.headers), request.content))
        return httpx.Response(204)

    return served(WeChatPayFake(account_dir, notify_transport=httpx.MockTransport(keep)))


@pytest.fixture
def server(running, letters):
    running.fake.reset()
    letters.clear()
    return running


@pytest.fixture
def settings(server):
    environment = server.fake.environment(server.url)
    values = {name.removeprefix("WECHAT_PAY_").lower(): value for name, value in environment.items()}
    return WeChatPaySettings(**values, appid=server.fake.appid, notify_url=NOTIFY_URL)


@pytest.fixture
def pay(settings, http):
    return WeChatPay(settings, http)


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
        provider="v3",
        state="created",
        created_at=now,
        expires_at=now + timedelta(hours=2),
    )
