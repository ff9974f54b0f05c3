"""The DeepSeek fake on the wire: refusals, JSON mode, usage, and every way an answer may be spoiled."""

import json

import httpx
import pytest

from scripts.local_cloud.fakes.deepseek import DeepSeekFake

MESSAGES = [{"role": "system", "content": "Answer in json."}, {"role": "user", "content": "简历怎么写？"}]
JSON_MODE = {"type": "json_object"}
PLAIN = {"type": "disabled"}


@pytest.fixture
def fake():
    return DeepSeekFake()


@pytest.fixture
def client(fake):
    key = fake.environment("http://deepseek")["DEEPSEEK_API_KEY"]
    headers = {"Authorization": f"Bearer {key}"}
    with httpx.Client(transport=httpx.WSGITransport(fake), base_url="http://deepseek", headers=headers) as client:
        yield client


def ask(client, path="/chat/completions", **fields):
    body = {"model": "deepseek-flash", "messages": MESSAGES, "thinking": PLAIN, **fields}
    return client.post(path, json={name: value for name, value in body.items() if value is not None})


def plan(client, kind, **options):
    client.post("/__fake__/faults", json={"operation": "chat", "kind": kind, **options})


def content_of(answer):
    return answer.json()["choices"][0]["message"]["content"]


@pytest.mark.parametrize("path", ["/chat/completions", "/v1/chat/completions"])
def test_chat_answers_in_the_shape_of_a_completion_when_asked(client, path):
    answer = ask(client, path)

    body = answer.json()
    assert (answer.status_code, body["object"], body["model"]) == (200, "chat.completion", "deepseek-flash")
    assert body["choices"][0]["finish_reason"] == "stop"
    assert "简历怎么写？" in content_of(answer)
    assert "reasoning_content" not in body["choices"][0]["message"]


def test_chat_thinks_when_thinking_is_not_disabled(client):
    answer = ask(client, thinking=None)

    assert answer.json()["choices"][0]["message"]["reasoning_content"]
    assert answer.json()["usage"]["completion_tokens_details"]["reasoning_tokens"] > 0


def test_usage_counts_cache_hits_when_the_prompt_begins_like_an_earlier_one(client):
    long_system = {"role": "system", "content": "reply in json 请按下面的格式输出。" * 100}
    first = ask(client, messages=[long_system, MESSAGES[1]]).json()["usage"]

    second = ask(client, messages=[long_system, {"role": "user", "content": "面试呢？"}]).json()["usage"]

    assert first["prompt_cache_hit_tokens"] == 0
    assert second["prompt_cache_hit_tokens"] > 0
    assert second["prompt_cache_hit_tokens"] + second["prompt_cache_miss_tokens"] == second["prompt_tokens"]
    assert second["prompt_tokens"] + second["completion_tokens"] == second["total_tokens"]


def test_structure_task_answers_the_checked_resume_when_lines_and_draft_are_sent(client, fake):
    draft = {"basics": {"name": "林晓雨", "label": "首席架构师"}}
    task = json.dumps({"lines": ["1| 林晓雨"], "draft": draft}, ensure_ascii=False)
    messages = [MESSAGES[0], {"role": "user", "content": task}]

    answer = ask(client, messages=messages, response_format=JSON_MODE)

    assert json.loads(content_of(answer)) == {"basics": {"name": "林晓雨"}}
    assert fake.state()["tasks"] == {"structure": 1}


def test_repair_round_is_answered_as_the_first_task_when_errors_are_described(client):
    task = json.dumps({"items": [{"path": "/a", "text": "用mysql存储"}], "jd": None})
    repair = [{"role": "assistant", "content": "[]"}, {"role": "user", "content": "changes: field required"}]

    answer = ask(client, messages=[MESSAGES[0], {"role": "user", "content": task}, *repair], response_format=JSON_MODE)

    (change,) = json.loads(content_of(answer))["changes"]
    assert (change["path"], change["text"]) == ("/a", "用 MySQL 存储")


def test_other_conversation_answers_an_object_when_json_mode_is_on(client):
    answer = ask(client, response_format=JSON_MODE)

    assert list(json.loads(content_of(answer))) == ["answer"]


@pytest.mark.parametrize(
    ("fields", "status", "text"),
    [
        ({"model": "deepseek-r1-40b"}, 400, "deepseek-flash or deepseek-v4-pro, but you passed deepseek-r1-40b"),
        ({"messages": [MESSAGES[1]], "response_format": JSON_MODE}, 400, "the word 'json'"),
        ({"messages": []}, 400, "Empty input messages"),
        ({"safety_check": {"level": "medium"}}, 400, "safety_check"),
        ({"messages": None}, 422, "messages"),
        ({"model": None}, 422, "model"),
        ({"messages": [{"role": "boss", "content": "x"}]}, 422, "role"),
        ({"messages": [{"role": "user", "content": 5}]}, 422, "content"),
        ({"temperature": 3}, 422, "temperature"),
        ({"max_tokens": 0}, 422, "max_tokens"),
        ({"max_tokens": "many"}, 422, "max_tokens"),
        ({"stream": "yes"}, 422, "stream"),
        ({"response_format": {"type": "json_schema"}}, 422, "response_format"),
        ({"thinking": {"type": "sometimes"}}, 422, "thinking"),
    ],
)
def test_chat_is_refused_when_the_body_is_not_acceptable(client, fields, status, text):
    answer = ask(client, **fields)

    error = answer.json()["error"]
    assert answer.status_code == status
    assert text in error["message"]
    assert (error["type"], error["param"]) == ("invalid_request_error", None)


@pytest.mark.parametrize("body", [b"{", b"[]"])
def test_chat_is_refused_when_the_body_is_no_json_object(client, body):
    answer = client.post("/chat/completions", content=body)

    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("authorization", "text"),
    [("Bearer sk-wrong1234", "****1234 is invalid"), ("Basic abc", "auth header format")],
)
def test_chat_is_refused_when_the_key_is_wrong(client, authorization, text):
    answer = client.post("/chat/completions", json={}, headers={"Authorization": authorization})

    assert (answer.status_code, answer.json()["error"]["type"]) == (401, "authentication_error")
    assert text in answer.json()["error"]["message"]


def test_chat_is_refused_when_the_balance_is_empty(client):
    client.post("/__fake__/balance", json={"cny": 0})

    answer = ask(client)

    assert (answer.status_code, answer.json()["error"]["message"]) == (402, "Insufficient Balance")
    assert client.get("/user/balance").json()["is_available"] is False


def test_models_lists_the_two_supported_ids_when_asked(client):
    answer = client.get("/models")

    assert [model["id"] for model in answer.json()["data"]] == ["deepseek-flash", "deepseek-v4-pro"]


def test_embeddings_answer_the_other_envelope_when_called(client):
    answer = client.post("/v1/embeddings", json={"model": "deepseek-flash", "input": "x"})

    assert answer.status_code == 404
    assert answer.json() == {"error_msg": "Not Found. Please check the configuration."}


@pytest.mark.parametrize("status", [402, 429, 500, 503])
def test_chat_recovers_when_a_status_was_planned_twice(client, status):
    plan(client, "status", status=status, times=2)

    answers = [ask(client) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [status, status, 200]
    assert answers[0].json()["error"]["message"]


@pytest.mark.parametrize(
    ("kind", "finish_reason"),
    [
        ("blank", "stop"),
        ("array", "stop"),
        ("length", "length"),
        ("insufficient_system_resource", "insufficient_system_resource"),
        ("content_filter", "content_filter"),
    ],
)
def test_answer_is_spoiled_once_when_a_fault_is_planned(client, kind, finish_reason):
    plan(client, kind)

    spoiled, sound = ask(client, response_format=JSON_MODE), ask(client, response_format=JSON_MODE)

    assert (spoiled.status_code, spoiled.json()["choices"][0]["finish_reason"]) == (200, finish_reason)
    assert content_of(spoiled) != content_of(sound)
    assert (content_of(spoiled).strip() == "") == (kind in ("blank", "content_filter"))


def test_answer_is_truncated_when_max_tokens_are_few(client):
    answer = ask(client, max_tokens=5)

    assert answer.json()["choices"][0]["finish_reason"] == "length"
    assert answer.json()["usage"]["completion_tokens"] <= 5


def test_answer_is_empty_when_thinking_used_all_tokens(client):
    answer = ask(client, max_tokens=1, thinking=None)

    assert (content_of(answer), answer.json()["choices"][0]["finish_reason"]) == ("", "length")


def test_json_follows_blank_lines_when_the_request_waits_in_the_queue(client):
    plan(client, "keep_alive", count=2, interval_s=0)

    answer = ask(client)

    assert answer.content.startswith(b"\n\n{")
    assert content_of(answer)


def test_log_shows_no_text_of_a_resume_when_requests_were_made(client):
    ask(client)

    (entry,) = client.get("/__fake__/requests").json()["requests"]

    assert (entry["operation"], entry["status"], entry["body"]) == ("chat", 200, None)
