"""Chat through the emulator: from the model's first token to the client's first byte, and from a hang-up to the model's stop."""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from scripts.benchmarks.figures import Figure
from scripts.local_cloud.fakes.deepseek import app as fake_app
from scripts.local_cloud.fakes.deepseek.chat import MODELS
from scripts.local_cloud.mini_program import MiniProgram
from scripts.local_cloud.stack import Stack

#: What is replaced in it is not part of its interface.
model_side: Any = fake_app

ANSWERS = 30
HANG_UPS = 5
PACE_S = 0.02

#: The project's own target, set before there was anything to measure.
MOST_MS = 15.0


class FirstTokens:
    """Notes when the model begins to write: just before the first piece of text goes out."""

    def __init__(self) -> None:
        self._streamed = model_side.streamed
        self.at = 0.0

    def __enter__(self) -> FirstTokens:
        model_side.streamed = self._noted
        return self

    def __exit__(self, *_: object) -> None:
        model_side.streamed = self._streamed

    def _noted(self, *plan: Any) -> Iterator[bytes]:
        events, is_first = self._streamed(*plan), True
        for event in events:
            if is_first and b'"content": "' in event and b'"content": ""' not in event:
                self.at, is_first = time.perf_counter(), False
            yield event


def figures(_options: object) -> Iterator[Figure]:
    """Needs no model and no network: the fake paces its pieces, so that the first one is not in the way of the others."""
    settings = {"CREDITS_WELCOME": "1000", "LIMITS_CHAT_PER_MINUTE": "1000"}
    with (
        tempfile.TemporaryDirectory() as folder,
        Stack(Path(folder), timers=False, extra_env=settings) as stack,
        FirstTokens() as tokens,
    ):
        phone = MiniProgram(stack.url, stack.urls, user="bench")
        phone.log_in()
        _pace(stack, PACE_S)
        _through(phone, tokens)  # a cold start is another figure
        added, direct = _in_turns(stack, phone, tokens)
        stops = [_hang_up(stack, phone) for _ in range(HANG_UPS)]
        phone.close()
    at_once = statistics.median(direct)
    yield Figure("first token to first byte, median", statistics.median(added), "ms", at_most=MOST_MS)
    yield Figure("first token to first byte, 95 %", sorted(added)[int(len(added) * 0.95)], "ms")
    yield Figure("the same, the model asked without us", at_once, "ms", note="what client and fake take by themselves")
    yield Figure("hang-up to the model's stop, median", statistics.median(stops), "ms", at_most=2000)


def _in_turns(stack: Stack, phone: MiniProgram, tokens: FirstTokens) -> tuple[list[float], list[float]]:
    added, direct = [], []
    with httpx.Client(base_url=stack.urls["deepseek"], trust_env=False, timeout=30) as model:
        for _ in range(ANSWERS):
            added.append(_through(phone, tokens))
            direct.append(_without(model, tokens))
    return added, direct


def _through(phone: MiniProgram, tokens: FirstTokens) -> float:
    """Milliseconds."""
    with phone.events("POST", "/chat", {"message": "面试怎么准备？"}) as events:
        next(event for event in events if event.name == "text")
        first_ms = (time.perf_counter() - tokens.at) * 1000
        list(events)
    return first_ms


def _without(model: httpx.Client, tokens: FirstTokens) -> float:
    question = {"model": MODELS[0], "stream": True, "thinking": {"type": "disabled"}}
    content = {**question, "messages": [{"role": "user", "content": "面试怎么准备？"}]}
    key = {"Authorization": f"Bearer {model_side.API_KEY}"}
    with model.stream("POST", "/chat/completions", json=content, headers=key) as reply:
        lines = (line for line in reply.iter_lines() if line.startswith("data: {"))
        next(line for line in lines if json.loads(line[6:])["choices"][0]["delta"].get("content"))
        first_ms = (time.perf_counter() - tokens.at) * 1000
        list(lines)
    return first_ms


def _hang_up(stack: Stack, phone: MiniProgram) -> float:
    """Milliseconds until the model notices; raises TimeoutError when it never does."""
    before = _cancelled(stack)
    _pace(stack, 0.2)
    with phone.events("POST", "/chat", {"message": "面试怎么准备？"}) as events:
        next(event for event in events if event.name == "text")
    began = time.perf_counter()
    while _cancelled(stack) == before:
        if time.perf_counter() - began > 20:
            raise TimeoutError("the model was not stopped")
        time.sleep(0.005)
    return (time.perf_counter() - began) * 1000


def _cancelled(stack: Stack) -> int:
    return int(stack.fakes.deepseek.state()["counts"].get("cancelled_streams", 0))


def _pace(stack: Stack, seconds: float) -> None:
    url = f"{stack.urls['deepseek']}/__fake__/pace"
    httpx.post(url, json={"chunk_delay_s": seconds}, trust_env=False).raise_for_status()
