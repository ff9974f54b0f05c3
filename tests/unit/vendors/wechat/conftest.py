"""The WeChat fake on a port, a token source, and the client over both."""

import pytest

from common.vendors.wechat.client import WeChat
from common.vendors.wechat.settings import WeChatSettings
from common.vendors.wechat.stable_token import StableToken
from scripts.local_cloud.fakes.wechat import WeChatFake


@pytest.fixture(scope="module")
def running(served):
    return served(WeChatFake())


@pytest.fixture
def server(running):
    running.fake.reset()
    return running


@pytest.fixture
def settings(server):
    environment = server.fake.environment(server.url)
    return WeChatSettings(**{name.removeprefix("WECHAT_").lower(): value for name, value in environment.items()})


class Tokens:
    """Issues from the vendor each time, and remembers what it was asked; `stale` tokens are handed out first."""

    def __init__(self, issuer, now):
        self._issuer = issuer
        self._now = now
        self.stale = []
        self.asked = []

    def __call__(self, rejected):
        self.asked.append(rejected)
        return self.stale.pop(0) if self.stale else self._issuer.issue_token(now=self._now).value


@pytest.fixture
def tokens(settings, http, now):
    return Tokens(StableToken(settings, http), now)


@pytest.fixture
def wechat(settings, http, tokens):
    return WeChat(settings, http, tokens)
