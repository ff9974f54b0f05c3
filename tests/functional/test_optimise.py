"""functions/optimise: COS created parsed/."""

import json
from typing import Any

import pytest

from common.errors import InternalError
from tests.functional import files
from tests.functional.cloud import Cloud
from tests.functional.phone import Phone


def _read(cloud: Cloud, phone: Phone, **options: Any) -> tuple[str, str]:
    """A resume that has been read, and the key of what was read."""
    resume_id = phone.upload(files.docx(), **options)
    cloud.follow(lose="optimise")
    (key,) = [key for key in cloud.keys if key.startswith("parsed/")]
    return resume_id, key


def _asked(cloud: Cloud) -> int:
    """Questions to the model about wording; reading asked about each part."""
    return len(cloud.requests("deepseek", "chat")) - files.PARTS


def _optimised(cloud: Cloud) -> list[str]:
    return [key for key in cloud.keys if key.startswith("optimised/")]


def test_optimise_rewords_and_keeps_the_original_when_the_model_has_suggestions(cloud: Cloud, alice: Phone) -> None:
    resume_id, key = _read(cloud, alice)

    result = cloud.deliver("optimise", key)

    detail = alice.resume(resume_id)
    first = detail["changes"][0]
    assert result == {"records": 1}
    assert (detail["state"], detail["basic"]) == ("optimised", False)
    assert (first["path"], first["original"], first["state"]) == ("/work/0/highlights/0", files.BULLET, "applied")
    assert detail["optimised"]["work"][0]["highlights"][0] == first["text"] != files.BULLET
    assert detail["parsed"]["work"][0]["highlights"][0] == files.BULLET
    assert alice.credits == (0, 5)


def test_optimise_looks_at_the_job_when_one_was_given(cloud: Cloud, alice: Phone) -> None:
    resume_id, key = _read(cloud, alice, jd="熟悉 MySQL 与消息队列")

    cloud.deliver("optimise", key)

    assert "与职位要求中的 MySQL 对应" in alice.resume(resume_id)["changes"][0]["reason"]


def test_optimise_works_once_when_the_event_comes_twice(cloud: Cloud, alice: Phone) -> None:
    resume_id, key = _read(cloud, alice)
    cloud.deliver("optimise", key)
    first = alice.resume(resume_id)

    cloud.deliver("optimise", key)

    assert alice.resume(resume_id) == first
    assert _asked(cloud) == 1


def test_optimise_works_once_when_the_event_comes_three_times_at_once(cloud: Cloud, alice: Phone) -> None:
    resume_id, key = _read(cloud, alice)
    cloud.fault("deepseek", "chat", kind="slow", seconds=0.4)

    results = cloud.at_once(lambda: cloud.deliver("optimise", key), times=3)

    assert sum(isinstance(result, InternalError) for result in results) == 2
    assert alice.outcome(resume_id) == ("optimised", None)
    assert _asked(cloud) == len(_optimised(cloud)) == 1


def test_optimise_asks_again_when_the_model_answers_503_twice(cloud: Cloud, alice: Phone) -> None:
    resume_id, key = _read(cloud, alice)
    cloud.fault("deepseek", "chat", kind="status", status=503, times=2)

    cloud.deliver("optimise", key)

    assert alice.resume(resume_id)["basic"] is False
    assert _asked(cloud) == 3


def test_optimise_gives_the_basic_version_for_free_when_the_model_stays_down(cloud: Cloud, alice: Phone) -> None:
    resume_id, key = _read(cloud, alice)
    cloud.fault("deepseek", "chat", kind="status", status=503, times=99)

    for _ in range(2):
        with pytest.raises(InternalError) as raised:
            cloud.deliver("optimise", key)
        assert alice.credits == (0, 5)
    cloud.deliver("optimise", key)

    detail = alice.resume(resume_id)
    assert raised.value.facts["code_seen"] == "vendor_unavailable"
    assert (detail["state"], detail["basic"]) == ("optimised", True)
    assert {change["rule"] for change in detail["changes"]} <= {"verb", "names", "numbers", "format"}
    assert detail["score"]["score"] > 0
    assert alice.credits == (5, 0)


@pytest.mark.parametrize("fault", [{"kind": "status", "status": 402}, {"kind": "status", "status": 401}])
def test_optimise_gives_the_basic_version_at_once_when_waiting_would_not_help(
    cloud: Cloud, alice: Phone, fault: dict[str, Any]
) -> None:
    resume_id, key = _read(cloud, alice)
    cloud.fault("deepseek", "chat", **fault)

    cloud.deliver("optimise", key)

    assert alice.resume(resume_id)["basic"] is True
    assert alice.credits == (5, 0)


def test_optimise_has_the_answer_repaired_when_it_is_none(cloud: Cloud, alice: Phone) -> None:
    resume_id, key = _read(cloud, alice)
    cloud.fault("deepseek", "chat", kind="array")

    cloud.deliver("optimise", key)

    assert alice.resume(resume_id)["basic"] is False
    assert _asked(cloud) == 2


def _completion(changes: list[dict[str, str]]) -> str:
    content = json.dumps({"changes": changes}, ensure_ascii=False)
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    return json.dumps(
        {"id": "x", "object": "chat.completion", "model": "deepseek-flash", "choices": [choice], "usage": usage}
    )


def test_optimise_blocks_a_change_when_it_invents_a_number(cloud: Cloud, alice: Phone) -> None:
    resume_id, key = _read(cloud, alice)
    invented = {"path": "/work/0/highlights/0", "text": "负责订单系统的开发，订单量提升 80%", "reason": "量化"}
    elsewhere = {"path": "/basics/name", "text": "林大师", "reason": "更响亮"}
    cloud.fault("deepseek", "chat", kind="status", status=200, body=_completion([invented, elsewhere]))

    cloud.deliver("optimise", key)

    detail = alice.resume(resume_id)
    change = detail["changes"][0]
    assert change["state"] == "blocked"
    assert "数字“80%”原文没有" in change["blocked_because"]
    assert detail["optimised"]["work"][0]["highlights"][0] == files.BULLET
    assert detail["optimised"]["basics"]["name"] == files.NAME


def test_optimise_leaves_the_text_alone_when_it_was_not_wanted(cloud: Cloud, alice: Phone) -> None:
    resume_id, key = _read(cloud, alice, optimise=False)

    cloud.deliver("optimise", key)

    detail = alice.resume(resume_id)
    assert (detail["state"], detail["changes"]) == ("optimised", [])
    assert _asked(cloud) == 0
    assert alice.credits == (5, 0)


def test_optimise_is_repeated_when_the_bucket_is_overloaded(cloud: Cloud, alice: Phone) -> None:
    resume_id, key = _read(cloud, alice)
    cloud.fault("cos", "PutObject", kind="status", status=503, times=3)

    with pytest.raises(InternalError) as raised:
        cloud.deliver("optimise", key)
    cloud.deliver("optimise", key)

    assert raised.value.facts == {"code_seen": "vendor_busy"}
    assert alice.outcome(resume_id) == ("optimised", None)
    assert len(_optimised(cloud)) == 1


@pytest.mark.parametrize(
    "key", ["parsed/简历.json", "parsed/u_bob/s_unknown/r1.json", "parsed/u_bob/s_unknown/source.json"]
)
def test_optimise_ignores_an_object_when_it_belongs_to_no_resume(cloud: Cloud, key: str) -> None:
    cloud.put(key, b"{}")

    cloud.deliver("optimise", key)

    assert cloud.keys == [key]


def test_optimise_ignores_a_revision_when_it_is_not_the_current_one(cloud: Cloud, alice: Phone) -> None:
    _, key = _read(cloud, alice)
    later = key.replace("r1.json", "r7.json")
    cloud.put(later, b"{}")

    result = cloud.deliver("optimise", later)

    assert result == {"records": 1}
    assert _optimised(cloud) == []


RISKY = '{"errcode": 0, "errmsg": "ok", "result": {"suggest": "risky", "label": 20006}}'


def test_rewrites_are_left_out_and_the_own_words_stay_when_wechat_finds_them_risky(cloud: Cloud, alice: Phone) -> None:
    resume_id, key = _read(cloud, alice, jd="熟悉 MySQL 与消息队列")
    cloud.fault("wechat", "msg_sec_check", kind="status", status=200, body=RISKY, times=50)

    cloud.deliver("optimise", key)

    detail = alice.resume(resume_id)
    assert detail["state"] == "optimised"
    assert [change for change in detail["changes"] if "职位要求" in change["reason"]] == []
    assert "部分改写未通过内容安全审核，保留了你的原文" in detail["optimised"]["meta"]["x_cn"]["warnings"]


@pytest.mark.parametrize("fault", [{"kind": "status", "status": 503}, {"kind": "errcode", "errcode": 61010}])
def test_rewrites_are_kept_when_nobody_can_check_them(cloud: Cloud, alice: Phone, fault: dict[str, Any]) -> None:
    resume_id, key = _read(cloud, alice)
    cloud.fault("wechat", "msg_sec_check", **fault, times=50)

    cloud.deliver("optimise", key)

    detail = alice.resume(resume_id)
    assert (detail["state"], detail["basic"]) == ("optimised", False)
    assert detail["changes"][0]["state"] == "applied"
