"""Fixtures of the fakes' own tests: clients that reach a fake in-process, without a port."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from scripts.local_cloud.fakes.wechat import WeChatFake
from scripts.local_cloud.fakes.wechat_pay import WeChatPayFake
from scripts.local_cloud.fakes.wechat_pay_v2 import WeChatPayV2Fake
from tests.unit.local_cloud.fakes.wechat_pay_merchant import Merchant, Shop
from tests.unit.local_cloud.fakes.wechat_pay_v2_merchant import MerchantV2, ShopV2


@pytest.fixture
def wechat() -> WeChatFake:
    return WeChatFake()


@pytest.fixture
def wechat_client(wechat: WeChatFake) -> Iterator[httpx.Client]:
    with httpx.Client(transport=httpx.WSGITransport(app=wechat), base_url="http://wechat.test") as client:
        yield client


@pytest.fixture(scope="session")
def pay_state_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One account for the whole run: making two RSA keys takes longer than every test together."""
    return tmp_path_factory.mktemp("wechat_pay")


@pytest.fixture
def access_token(wechat: WeChatFake) -> str:
    return wechat.tokens.stable(wechat.clock.now()).value


@pytest.fixture
def merchant(pay_state_dir: Path) -> Iterator[Merchant]:
    shop = Shop()
    fake = WeChatPayFake(pay_state_dir, notify_transport=httpx.WSGITransport(app=shop))
    with httpx.Client(transport=httpx.WSGITransport(app=fake), base_url="http://pay.test") as client:
        yield Merchant(fake, client, shop)


@pytest.fixture
def merchant_v2(tmp_path: Path) -> Iterator[MerchantV2]:
    shop = ShopV2()
    fake = WeChatPayV2Fake(tmp_path, notify_transport=httpx.WSGITransport(app=shop))
    with httpx.Client(transport=httpx.WSGITransport(app=fake), base_url="http://pay.test") as client:
        yield MerchantV2(fake, client, shop)
