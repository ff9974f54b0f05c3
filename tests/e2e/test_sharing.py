"""Sharing through the local cloud: a resume is shared, opened, its photo judged by WeChat, and taken back."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from scripts.local_cloud.mini_program import MiniProgram, Refused
from tests.e2e.conftest import SAMPLE, Journey

PHOTO = b"\xff\xd8\xff a portrait"


@pytest.fixture
def finished(journey: Journey) -> str:
    """A finished resume whose document had a portrait."""
    resume_id = journey.phone.upload(SAMPLE)
    assert journey.finish(resume_id)["state"] == "ready"
    (key,) = [key for key in journey.stored("parsed/") if resume_id in key and key.endswith(".json")]
    journey.stack.put(key.replace(".json", ".jpg"), PHOTO)
    return resume_id


@pytest.fixture
def stranger(journey: Journey) -> Any:
    phone = MiniProgram(journey.stack.url, journey.stack.urls, user="stranger")
    yield phone
    phone.close()


def until(see: Callable[[], Any], wanted: Any, *, timeout_s: float = 20) -> Any:
    """What is seen, as soon as it is what is wanted or the time is up."""
    end = time.monotonic() + timeout_s
    while (seen := see()) != wanted and time.monotonic() < end:
        time.sleep(0.1)
    return seen


def test_share_is_opened_counted_and_gone_when_it_is_withdrawn(
    journey: Journey, finished: str, stranger: MiniProgram
) -> None:
    share = journey.phone.share(finished)

    shown = stranger.open_share(share["token"])
    code = journey.phone.share_code(share["token"])
    views = journey.phone.shares()[0]["views"]
    journey.phone.withdraw_share(share["token"])

    assert shown["page"]["work"]
    assert share["card"]["message"]["path"].endswith(share["token"])
    assert code.startswith(b"\x89PNG")
    assert views == 1
    with pytest.raises(Refused) as caught:
        stranger.open_share(share["token"])
    assert (caught.value.status, caught.value.code) == (410, "share_gone")
    assert [key for key in journey.stored("shared/u_") if finished in key] == []


@pytest.mark.parametrize(("suggest", "state", "is_shown"), [("pass", "passed", True), ("risky", "refused", False)])
def test_photo_is_on_the_page_only_when_wechat_has_passed_it(
    journey: Journey, finished: str, stranger: MiniProgram, suggest: str, state: str, is_shown: bool
) -> None:
    journey.control("wechat", "media", {"suggest": suggest})
    share = journey.phone.share(finished, photo=True)

    judged = until(lambda: journey.phone.shares()[0]["photo"], state)

    assert judged == state
    assert bool(stranger.open_share(share["token"])["photo"]) is is_shown
