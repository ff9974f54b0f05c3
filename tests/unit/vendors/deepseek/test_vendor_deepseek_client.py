"""DeepSeek against its fake over real HTTP: good answers, spoiled answers, refusals, and the overall deadline."""

import json
import logging
import time

import pytest

from common.errors import (
    ContentRefused,
    CredentialRejected,
    ModelAnswerInvalid,
    VendorBusy,
    VendorQuotaExhausted,
    VendorRejected,
    VendorReplyInvalid,
    VendorUnavailable,
)
from common.http import HttpClient
from common.vendors.deepseek.client import DeepSeek
from common.vendors.deepseek.settings import DeepSeekSettings
from scripts.local_cloud.fakes.deepseek import DeepSeekFake

MESSAGES = [
    {"role": "system", "content": "把简历的句子改得更有力。只回答 json。"},
    {
        "role": "user",
        "content": json.dumps({"items": [{"path": "/work/0/highlights/0", "text": "负责mysql优化"}], "jd": None}),
    },
]


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
    return DeepSeekSettings(**{name.removeprefix("DEEPSEEK_").lower(): value for name, value in environment.items()})


@pytest.fixture
def model(settings, http):
    return DeepSeek(settings, http)


def test_answer_is_an_object_with_its_cost_when_the_model_is_well(model, settings, records):
    answer = model.answer_json(MESSAGES, max_tokens=1000)

    assert answer.content["changes"][0]["path"] == "/work/0/highlights/0"
    assert answer.model == settings.model
    assert answer.usage.input_tokens > 0
    assert records[0].usage["output_tokens"] == answer.usage.output_tokens > 0


def test_cache_hits_are_recorded_when_the_prefix_was_seen(model, records):
    long = [{"role": "system", "content": "json " + "规则" * 400}, MESSAGES[1]]

    for _ in range(2):
        model.answer_json(long, max_tokens=1000)

    assert records[0].usage["cache_hit_tokens"] == 0
    assert records[1].usage["cache_hit_tokens"] > 0


@pytest.mark.parametrize(("kind", "reason"), [("length", "length"), ("array", "not an object")])
def test_text_is_handed_over_for_repair_when_it_is_not_one_whole_object(model, server, records, kind, reason):
    server.fault("chat", kind)

    with pytest.raises(ModelAnswerInvalid) as caught:
        model.answer_json(MESSAGES, max_tokens=1000)

    assert caught.value.facts["reason"] == reason
    assert "changes" in caught.value.answer
    assert records[0].attempts == 1


def test_blank_answer_is_asked_again_when_it_comes_once(model, server, records):
    server.fault("chat", "blank")

    answer = model.answer_json(MESSAGES, max_tokens=1000)

    assert "changes" in answer.content
    assert records[0].attempts == 2


def test_error_is_the_models_when_every_answer_is_blank(model, server):
    server.fault("chat", "blank", times=3)

    with pytest.raises(ModelAnswerInvalid) as caught:
        model.answer_json(MESSAGES, max_tokens=1000)

    assert caught.value.answer == ""


def test_content_filter_is_final_when_the_vendor_refuses(model, server, records):
    server.fault("chat", "content_filter")

    with pytest.raises(ContentRefused):
        model.answer_json(MESSAGES, max_tokens=1000)

    assert records[0].attempts == 1


@pytest.mark.parametrize("kind", ["insufficient_system_resource", "drop", "malformed"])
def test_answer_comes_when_the_vendor_stumbles_twice(model, server, records, kind):
    server.fault("chat", kind, times=2)

    model.answer_json(MESSAGES, max_tokens=1000)

    assert records[0].attempts == 3


@pytest.mark.parametrize(
    ("status", "error", "attempts"),
    [
        (400, VendorRejected, 1),
        (401, CredentialRejected, 1),
        (402, VendorQuotaExhausted, 1),
        (404, VendorRejected, 1),
        (418, VendorRejected, 1),
        (422, VendorRejected, 1),
        (429, VendorBusy, 3),
        (500, VendorUnavailable, 3),
        (502, VendorUnavailable, 3),
        (503, VendorUnavailable, 3),
    ],
)
@pytest.mark.parametrize("body", [None, "plain text", "[]"], ids=["envelope", "text", "array"])
def test_status_has_its_error_when_the_body_is_anything(model, server, records, status, error, attempts, body):
    server.fault("chat", "status", status=status, times=attempts, **({"body": body} if body else {}))

    with pytest.raises(error) as caught:
        model.answer_json(MESSAGES, max_tokens=1000)

    assert caught.value.facts["status"] == status
    assert records[0].attempts == attempts


def test_content_risk_is_told_from_other_400s_when_the_vendor_names_it(model, server):
    body = json.dumps({"error": {"message": "Content Exists Risk", "type": "invalid_request_error"}})
    server.fault("chat", "status", status=400, body=body)

    with pytest.raises(ContentRefused):
        model.answer_json(MESSAGES, max_tokens=1000)


def test_answer_without_choices_breaks_the_contract_when_it_stays(model, server):
    server.fault("chat", "malformed", body='{"object": "chat.completion"}', times=3)

    with pytest.raises(VendorReplyInvalid):
        model.answer_json(MESSAGES, max_tokens=1000)


def test_request_is_refused_when_no_message_says_json(model):
    with pytest.raises(VendorRejected):
        model.answer_json([{"role": "user", "content": "你好"}], max_tokens=100)


def test_answer_is_read_when_blank_lines_come_first(model, server):
    server.fault("chat", "keep_alive", count=5, interval_s=0.01)

    assert "changes" in model.answer_json(MESSAGES, max_tokens=1000).content


def test_call_ends_with_the_invocation_when_only_blank_lines_come(server, settings, records):
    server.fault("chat", "keep_alive", count=200, interval_s=0.05)
    began = time.monotonic()
    client = HttpClient(lambda: 0.4 - (time.monotonic() - began), records.append)

    with pytest.raises(VendorUnavailable):
        DeepSeek(settings, client).answer_json(MESSAGES, max_tokens=1000)

    client.close()
    assert time.monotonic() - began < 2


def test_log_holds_neither_key_nor_text_when_everything_is_logged(model, settings, caplog):
    caplog.set_level(logging.DEBUG)

    model.answer_json(MESSAGES, max_tokens=1000)

    assert settings.api_key.get_secret_value() not in caplog.text
    assert "mysql" not in caplog.text
    assert settings.api_key.get_secret_value() not in repr(settings)


def test_thinking_is_off_and_the_model_is_the_setting_when_the_question_is_put(settings, http):
    question = DeepSeek(settings.model_copy(update={"model": "another"}), http)._question(MESSAGES, 77)

    assert question["model"] == "another"
    assert question["thinking"] == {"type": "disabled"}
    assert question["max_tokens"] == 77
