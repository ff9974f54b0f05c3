"""The COS fake on a port, and a Cos client with temporary keys, as inside a function."""

import time

import httpx
import pytest

from common.vendors.cos.client import Cos
from common.vendors.cos.models import CosCredentials
from common.vendors.cos.settings import CosSettings
from scripts.local_cloud.fakes.cos import CosFake

KEYS = CosCredentials("AKIDTEMPORARY", "temporary-secret", "temporary-token")


@pytest.fixture(scope="module")
def events():
    return []


@pytest.fixture(scope="module")
def running(served, tmp_path_factory, events):
    fake = CosFake(tmp_path_factory.mktemp("cos"), events.append)
    fake.admit_temporary_key(KEYS.secret_id, KEYS.secret_key, KEYS.token, time.time() + 3600)
    return served(fake)


@pytest.fixture
def cos_server(running, events):
    running.fake.reset()
    events.clear()
    return running


@pytest.fixture
def settings(cos_server):
    environment = cos_server.fake.environment(cos_server.url)
    return CosSettings(**{name.removeprefix("COS_").lower(): value for name, value in environment.items()})


@pytest.fixture
def cos(settings, records, sleeps):
    return Cos(settings, lambda: KEYS, records.append)


@pytest.fixture
def phone():
    """The mini-program's side: no credentials, only what it was given."""
    with httpx.Client(trust_env=False) as client:
        yield client
