"""Streams: pieces as they come, one end with its cost, and every way a stream can go wrong."""

import json
import time

import httpx
import pytest

from common.errors import ContentRefused, CredentialRejected, VendorUnavailable
from common.http import HttpClient
from common.vendors.deepseek.client import DeepSeek
from common.vendors.deepseek.failover import Failover
from common.vendors.deepseek.settings import DeepSeekSettings
from scripts.local_cloud.fakes.deepseek import DeepSeekFake

MESSAGES = [{"role": "user", "content": "我是应届生，怎么写简历？"}]


@pytest.fixture(scope="module")
def running(served):
    return served(DeepSeekFake())


@pytest.fixture
def server(running):
    running.fake.reset()
    return running


@pytest.fixture
def settings(server):
    environment = server.fake.environment(server.url)
    known = {name.removeprefix("DEEPSEEK_").lower(): value for name, value in environment.items()}
    return DeepSeekSettings(**known, idle_s=0.5, timeout_s=5)


@pytest.fixture
def model(settings, http):
    return DeepSeek(settings, http)


def test_pieces_make_the_answer_and_the_last_one_tells_the_cost(model, records):
    pieces = list(model.stream_text(MESSAGES, max_tokens=500))

    assert len(pieces) > 2
    assert all(piece.text for piece in pieces[:-1])
    assert (pieces[-1].text, pieces[-1].finish_reason) == ("", "stop")
    assert pieces[-1].usage.output_tokens > 0
    assert records[0].usage["cost_microyuan"] > 0


def test_stream_flows_when_it_begins_with_keep_alives(model, server):
    server.fault("chat", "keep_alive", count=3, interval_s=0.05)

    assert len(list(model.stream_text(MESSAGES, max_tokens=500))) > 2


def test_stream_breaks_off_when_it_stalls(model, server):
    server.fault("chat", "stall", seconds=3)

    with pytest.raises(VendorUnavailable) as caught:
        list(model.stream_text(MESSAGES, max_tokens=500))

    assert caught.value.facts["reason"] == "idle"


def test_stream_is_cut_when_it_ends_without_an_end(model, server):
    server.fault("chat", "stall", seconds=0.05)

    with pytest.raises(VendorUnavailable) as caught:
        list(model.stream_text(MESSAGES, max_tokens=500))

    assert caught.value.facts["reason"] == "cut"


def test_answer_is_refused_when_it_did_not_pass_the_vendors_filter(model, server):
    server.fault("chat", "content_filter")

    with pytest.raises(ContentRefused):
        list(model.stream_text(MESSAGES, max_tokens=500))


def test_model_is_stopped_when_the_reader_leaves(model, server):
    server.control("pace", {"chunk_delay_s": 0.05})
    stream = model.stream_text(MESSAGES, max_tokens=500)
    next(stream)

    stream.close()

    stopped_by = time.monotonic() + 5
    while not _cancelled(server) and time.monotonic() < stopped_by:
        time.sleep(0.02)
    assert _cancelled(server) == 1


@pytest.mark.parametrize("status", [401, 402, 429, 500, 503])
def test_second_provider_answers_when_the_first_cannot(settings, http, server, status):
    server.fault("chat", "status", status=status, times=1)
    both = Failover([DeepSeek(settings, http, attempts=1), DeepSeek(settings, http, name="llm_fallback", attempts=1)])

    pieces = list(both.stream_text(MESSAGES, max_tokens=500))

    assert pieces[-1].finish_reason == "stop"


def test_second_provider_is_not_asked_when_the_answer_would_be_the_same(settings, http, server, records):
    server.fault("chat", "status", status=422, times=1)
    both = Failover([DeepSeek(settings, http, attempts=1), DeepSeek(settings, http, name="llm_fallback", attempts=1)])

    with pytest.raises(Exception) as caught:  # noqa: PT011 - the point is who was asked
        list(both.stream_text(MESSAGES, max_tokens=500))

    assert caught.value.facts["status"] == 422
    assert [record.vendor for record in records] == ["deepseek"]


def test_last_error_is_raised_when_nobody_can_answer(settings, http, server):
    server.fault("chat", "status", status=401, times=9)
    both = Failover([DeepSeek(settings, http, attempts=1), DeepSeek(settings, http, name="llm_fallback", attempts=1)])

    with pytest.raises(CredentialRejected):
        list(both.stream_text(MESSAGES, max_tokens=500))


def test_field_is_not_sent_when_a_host_may_not_know_it(settings, records):
    sent = []

    def answer(request):
        sent.append(json.loads(request.content))
        text = 'data: {"choices":[{"delta":{"content":"好"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'
        return httpx.Response(200, headers={"content-type": "text/event-stream"}, text=text)

    plain = settings.model_copy(update={"thinking": "unset", "safety_check": "low"})
    http = HttpClient(lambda: 30, records.append, transport=httpx.MockTransport(answer))

    list(DeepSeek(plain, http).stream_text(MESSAGES, max_tokens=500))

    assert "thinking" not in sent[0]
    assert sent[0]["safety_check"] == {"level": "low"}


def _cancelled(server):
    return server.control("state")["counts"].get("cancelled_streams", 0)
