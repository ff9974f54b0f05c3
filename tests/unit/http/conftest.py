"""A clock without waiting, and a client whose vendor is a list of scripted answers."""

from datetime import datetime, timedelta, timezone

import httpx
import pytest

from common import clock
from common.http import HttpClient


class FakeTime:
    """Stands still until somebody sleeps."""

    def __init__(self):
        self.moment = datetime(2026, 11, 22, 8, 0, tzinfo=timezone.utc)
        self.slept = []

    def now(self):
        return self.moment

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.moment += timedelta(seconds=seconds)


@pytest.fixture
def time_flow(monkeypatch):
    flow = FakeTime()
    monkeypatch.setattr(clock, "now", flow.now)
    monkeypatch.setattr(clock, "sleep", flow.sleep)
    return flow


class Script:
    """A vendor that answers from a list: a response, or an exception to raise. Remembers what it was sent."""

    def __init__(self, *answers):
        self._answers = list(answers)
        self.requests = []

    def __call__(self, request):
        self.requests.append(request)
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


class Bench:
    """One HttpClient over a Script, with its records and a budget that a test may change."""

    def __init__(self, script):
        self.records = []
        self.remaining = 60.0
        self.client = HttpClient(lambda: self.remaining, self.records.append, httpx.MockTransport(script))


@pytest.fixture
def bench():
    benches = []

    def build(*answers):
        script = Script(*answers)
        benches.append(Bench(script))
        return benches[-1], script

    yield build
    for built in benches:
        built.client.close()
