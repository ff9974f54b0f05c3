"""The advisor through the local cloud: streamed, alive while the model is silent, stopped with the client, gone on with."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from scripts.local_cloud.mini_program import ServerEvent
from tests.e2e.conftest import SAMPLE, Journey

QUESTION = {"message": "面试怎么准备？"}


@pytest.fixture
def slow(journey: Journey) -> Iterator[None]:
    """The model writes a piece each 100 ms."""
    journey.control("deepseek", "pace", {"chunk_delay_s": 0.1})
    yield
    journey.control("deepseek", "pace", {"chunk_delay_s": 0})


@contextmanager
def asked(journey: Journey, **fields: Any) -> Iterator[Iterator[ServerEvent]]:
    with journey.phone.events("POST", "/chat", {**QUESTION, **fields}) as events:
        yield events


def said(events: list[ServerEvent]) -> str:
    return "".join(event.content["text"] for event in events if event.name == "text")


def cancelled(journey: Journey) -> int:
    return int(journey.stack.fakes.deepseek.state()["counts"].get("cancelled_streams", 0))


def test_pieces_arrive_while_the_model_writes(journey: Journey, slow: None) -> None:
    with asked(journey) as events:
        arrived = [(time.monotonic(), event) for event in events]

    texts = [at for at, event in arrived if event.name == "text"]
    assert [arrived[0][1].name, arrived[-1][1].name] == ["start", "end"]
    assert len(texts) >= 5
    assert texts[-1] - texts[0] >= 0.05 * len(texts)


def test_connection_lives_while_the_model_is_silent(journey: Journey) -> None:
    journey.break_vendor("deepseek", operation="chat", kind="slow", seconds=5)

    with asked(journey) as events:
        names = [event.name for event in events]

    assert names[:2] == ["start", ""]
    assert names[-1] == "end"


def test_model_stops_when_the_client_hangs_up_and_goes_on_when_it_comes_back(journey: Journey, slow: None) -> None:
    before, credits = cancelled(journey), journey.phone.me()["credits"]
    with asked(journey) as events:
        seen = [next(events) for _ in range(4)]

    until = time.monotonic() + 10
    while cancelled(journey) == before:
        assert time.monotonic() < until, "the model was not stopped"
        time.sleep(0.05)
    conversation = f"/chat/{seen[0].content['conversation_id']}"
    with journey.phone.events("GET", conversation, **{"Last-Event-ID": seen[-1].id}) as events:
        rest = list(events)

    (turn,) = journey.phone.call("GET", conversation)["turns"]
    assert said(seen) + said(rest) == turn["answer"]
    assert turn["answer"].endswith("。")
    assert (rest[-1].name, rest[-1].content) == ("end", {"finish_reason": "stop", "credits": 1})
    assert journey.phone.me()["credits"] == credits - 1


def test_advisor_knows_the_resume_and_costs_nothing_when_the_model_is_down(journey: Journey) -> None:
    resume_id = journey.phone.upload(SAMPLE, optimise=False)
    journey.finish(resume_id)
    credits = journey.phone.me()["credits"]
    journey.break_vendor("deepseek", operation="chat", kind="status", status=503, times=1000)

    answer = journey.phone.call("POST", "/chat", {**QUESTION, "resume_id": resume_id}, Accept="application/json")

    assert (answer["finish_reason"], answer["credits"]) == ("basic", 0)
    assert "简历得分" in answer["answer"]
    assert journey.phone.me()["credits"] == credits
