"""What every vendor test needs: a fake served on a port, an HttpClient, and a clock that does not wait."""

from datetime import datetime, timezone

import httpx
import pytest

from common import clock
from common.http import HttpClient
from scripts.local_cloud.fakes.kit import serve


@pytest.fixture
def sleeps(monkeypatch):
    """Pauses between attempts are noted, not taken."""
    taken = []
    monkeypatch.setattr(clock, "sleep", taken.append)
    return taken


@pytest.fixture
def now():
    return datetime.now(timezone.utc)


@pytest.fixture
def records():
    return []


@pytest.fixture
def http(records, sleeps):
    client = HttpClient(lambda: 30, records.append)
    yield client
    client.close()


class Served:
    """A fake on its port, and the control routes a test uses."""

    def __init__(self, fake, url):
        self.fake = fake
        self.url = url
        self._client = httpx.Client(trust_env=False)

    def control(self, path, document=None):
        url = f"{self.url}/__fake__/{path}"
        reply = self._client.get(url) if document is None else self._client.post(url, json=document)
        assert reply.status_code == 200, reply.text
        return reply.json()

    def close(self):
        self._client.close()

    def fault(self, operation, kind, **options):
        self.control("faults", {"operation": operation, "kind": kind, **options})

    def operations(self):
        return [entry["operation"] for entry in self.control("requests")["requests"]]


@pytest.fixture(scope="module")
def served():
    """Serve a fake for the tests of one file; each of them resets it first."""
    running = []

    def start(fake):
        serving = serve(fake)
        running.append((Served(fake, serving.url), serving))
        return running[-1][0]

    yield start
    for fake, serving in running:
        fake.close()
        serving.close()
