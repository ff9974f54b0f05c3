"""The OSS fake on a port."""

import pytest

from common.vendors.oss.settings import OssSettings
from scripts.local_cloud.fakes.oss import OssFake


@pytest.fixture(scope="module")
def running(served):
    return served(OssFake())


@pytest.fixture
def oss_server(running):
    running.fake.reset()
    return running


@pytest.fixture
def settings(oss_server):
    given = oss_server.fake.environment(oss_server.url)
    return OssSettings(**{name.removeprefix("OSS_").lower(): value for name, value in given.items()})
