"""Streams of the DeepSeek fake over a real port: order of chunks, keep-alives, silence and clients that leave."""

import json
import time

import httpx
import pytest

from scripts.local_cloud.fakes.deepseek import DeepSeekFake
from scripts.local_cloud.fakes.kit import serve

BODY = {
    "model": "deepseek-v4-pro",
    "messages": [{"role": "user", "content": "简历怎么写，面试怎么准备？"}],
    "stream": True,
    "thinking": {"type": "disabled"},
}


@pytest.fixture
def fake():
    return DeepSeekFake()


@pytest.fixture
def client(fake):
    with serve(fake) as serving:
        key = fake.environment(serving.url)["DEEPSEEK_API_KEY"]
        headers = {"Authorization": f"Bearer {key}"}
        with httpx.Client(base_url=serving.url, headers=headers, timeout=5) as client:
            yield client


def plan(client, kind, **options):
    client.post("/__fake__/faults", json={"operation": "chat", "kind": kind, **options})


def lines_of(client, **fields):
    with client.stream("POST", "/chat/completions", json={**BODY, **fields}) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        return list(answer.iter_lines())


def chunks_in(lines):
    return [json.loads(line[6:]) for line in lines if line.startswith("data: {")]


def test_stream_carries_usage_in_the_last_chunk_and_ends_with_done(client):
    lines = lines_of(client)

    chunks = chunks_in(lines)
    assert [line for line in lines if line][-1] == "data: [DONE]"
    assert chunks[0]["choices"][0]["delta"] == {"role": "assistant", "content": ""}
    assert all(chunk["usage"] is None for chunk in chunks[:-1])
    assert chunks[-1]["usage"]["total_tokens"] > 0
    assert chunks[-1]["choices"][0]["finish_reason"] == "stop"


def test_stream_adds_up_to_the_whole_answer_when_read_to_the_end(client):
    whole = client.post("/chat/completions", json={**BODY, "stream": False}).json()

    chunks = chunks_in(lines_of(client))

    text = "".join(chunk["choices"][0]["delta"]["content"] for chunk in chunks)
    assert text == whole["choices"][0]["message"]["content"]
    assert len(chunks) > 5


def test_stream_thinks_before_it_answers_when_thinking_is_on(client):
    chunks = chunks_in(lines_of(client, thinking={"type": "enabled"}))

    deltas = [chunk["choices"][0]["delta"] for chunk in chunks]
    kinds = ["thinking" if delta.get("reasoning_content") else "answer" for delta in deltas[1:-1]]
    assert deltas[0] == {"role": "assistant", "content": None, "reasoning_content": ""}
    assert kinds == sorted(kinds, reverse=True)
    assert set(kinds) == {"thinking", "answer"}


def test_stream_sends_comments_first_when_the_request_waits_in_the_queue(client):
    plan(client, "keep_alive", count=2, interval_s=0.01)

    lines = [line for line in lines_of(client) if line]

    assert lines[:2] == [": keep-alive", ": keep-alive"]
    assert lines[2].startswith("data: {")


def test_stream_falls_silent_without_done_when_it_stalls(client):
    plan(client, "stall", seconds=60)
    seen = []

    with (
        pytest.raises(httpx.ReadTimeout),
        client.stream("POST", "/chat/completions", json=BODY, timeout=0.3) as answer,
    ):
        seen.extend(answer.iter_lines())

    assert chunks_in(seen)
    assert "data: [DONE]" not in seen


def test_stream_had_arrived_in_part_when_it_stalls(client):
    plan(client, "stall", seconds=0.01)

    lines = lines_of(client)

    assert chunks_in(lines)
    assert "data: [DONE]" not in lines


def test_whole_answer_is_cut_when_it_stalls(client):
    plan(client, "stall", seconds=0.01)

    answer = client.post("/chat/completions", json={**BODY, "stream": False})

    with pytest.raises(ValueError, match=r"Unterminated|Expecting|delimiter"):
        answer.json()


def test_stream_arrives_piece_by_piece_when_it_is_paced(client):
    client.post("/__fake__/pace", json={"chunk_delay_s": 0.03})

    with client.stream("POST", "/chat/completions", json=BODY) as answer:
        arrivals = [time.monotonic() for _ in answer.iter_raw()]

    assert len(arrivals) > 3
    assert arrivals[-1] - arrivals[0] > 0.06


def test_stream_stops_when_the_client_leaves(client, fake):
    client.post("/__fake__/pace", json={"chunk_delay_s": 0.02})

    with client.stream("POST", "/chat/completions", json=BODY) as answer:
        next(answer.iter_raw())

    deadline = time.monotonic() + 3
    while not fake.state()["counts"].get("cancelled_streams") and time.monotonic() < deadline:
        time.sleep(0.02)
    assert fake.state()["counts"]["cancelled_streams"] == 1
