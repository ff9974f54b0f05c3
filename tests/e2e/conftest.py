"""Journeys through the local cloud: the real functions in processes of their own, driven over HTTP like a phone would."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from scripts.local_cloud.mini_program import MiniProgram
from scripts.local_cloud.stack import Stack
from tests.e2e.log_scan import scan
from tests.e2e.packaged_project import packaged_project

SAMPLE = Path("scripts/local_cloud/samples/resume_zh.docx")
COST = 5

#: A minute of the platform lasts a second; a stage's lease is short, so that a killed worker is replaced within the test.
FAST = {
    "time_scale": 60.0,
    "timers": False,
    "extra_env": {"LIMITS_STAGE_LEASE_S": "1", "LIMITS_STAGE_GRACE_S": "0", "LIMITS_MESSAGE_LEASE_S": "1"},
}


@dataclass
class Journey:
    """One user's phone beside the cloud it talks to."""

    stack: Stack
    phone: MiniProgram

    def control(self, vendor: str, path: str, content: dict[str, Any]) -> Any:
        """POST to a control route of a fake."""
        reply = httpx.post(f"{self.stack.urls[vendor]}/__fake__/{path}", json=content, trust_env=False)
        reply.raise_for_status()
        return reply.json() if reply.content else None

    def break_vendor(self, vendor: str, **fault: Any) -> None:
        self.control(vendor, "faults", fault)

    def finish(self, resume_id: str, *, timeout_s: float = 90) -> dict[str, Any]:
        """Wait for the end, and until the platform has nothing left to do; the resume as it then is."""
        for _ in self.phone.watch(resume_id, timeout_s=timeout_s):
            pass
        assert self.stack.wait_idle(timeout_s)
        return self.phone.resume(resume_id)

    def messages(self) -> list[dict[str, Any]]:
        messages: list[dict[str, Any]] = self.stack.fakes.wechat.state()["messages"]
        return messages

    def model_requests(self) -> int:
        return len(self.stack.fakes.deepseek.log.as_json())

    def stored(self, prefix: str) -> list[str]:
        """Keys in the bucket."""
        return [found["key"] for found in self.stack.fakes.cos.state()["objects"] if found["key"].startswith(prefix)]


def start(stack: Stack, user: str) -> Journey:
    journey = Journey(stack, MiniProgram(stack.url, stack.urls, user=user))
    journey.phone.log_in()
    journey.phone.accept_messages(stack.environment["WECHAT_TEMPLATE_READY"])
    return journey


@contextmanager
def watched(stack: Stack) -> Iterator[Stack]:
    """A cloud whose logs are looked through when its tests have ended: nothing secret or personal may be in them."""
    with stack as running:
        yield running
        running.wait_idle(30)
        _, found = scan(running)
        assert found == set()


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as it is deployed: every function has the part of common that it reaches, and nothing more."""
    return packaged_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Iterator[Stack]:
    with watched(Stack(tmp_path_factory.mktemp("cloud"), project, **FAST)) as running:
        yield running


@pytest.fixture
def journey(stack: Stack, request: pytest.FixtureRequest) -> Iterator[Journey]:
    """A fresh user on the module's cloud, with vendors that work."""
    for fake in stack.fakes:
        fake.faults.clear()
        fake.log.clear()
    begun = start(stack, request.node.name)
    yield begun
    begun.phone.close()


def assert_one_of_everything(journey: Journey, resume_id: str, *, before: int) -> None:
    """Exactly one PDF, one notification, one charge."""
    pdfs = [key for key in journey.stored("rendered/") if resume_id in key and key.endswith(".pdf")]
    told = [message for message in journey.messages() if resume_id in str(message["page"])]
    me = journey.phone.me()
    assert len(pdfs) == 1
    assert len(told) == 1
    assert (me["credits"], me["credits_held"]) == (before - COST, 0)
