"""One request's id through everything it starts: its own line, the objects, and the functions that the bucket wakes."""

import json
from typing import Any

import pytest

from tests.functional import files
from tests.functional.cloud import Cloud

Line = dict[str, Any]


def _lines(capsys: pytest.CaptureFixture[str]) -> list[Line]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]


def _named(lines: list[Line], function: str) -> list[Line]:
    return [line for line in lines if line.get("function", "").startswith(f"mojian-{function}-")]


def test_every_function_names_the_request_that_began_it_all_when_a_file_was_uploaded(
    cloud: Cloud, capsys: pytest.CaptureFixture[str]
) -> None:
    phone = cloud.member()
    phone.accept_message()
    capsys.readouterr()

    phone.finish(files.docx())

    lines = _lines(capsys)
    (asked,) = _named(lines, "upload-url")
    woken = [_named(lines, function)[0] for function in ("parse", "optimise", "render", "notify")]
    calls = [line for line in lines if line["kind"] == "call" and line["request_id"] == woken[1]["request_id"]]
    assert "origin" not in asked
    assert {line["origin"] for line in woken} == {asked["request_id"]}
    assert len({asked["request_id"], *(line["request_id"] for line in woken)}) == 5
    assert {call["vendor"] for call in calls} >= {"cos", "deepseek"}
    assert {call["origin"] for call in calls} == {asked["request_id"]}


def test_a_new_layout_names_the_request_that_asked_for_it_when_the_resume_is_older(
    cloud: Cloud, capsys: pytest.CaptureFixture[str]
) -> None:
    phone = cloud.member()
    resume_id = phone.finish(files.docx())
    capsys.readouterr()

    answer = phone.call("POST", f"/resume/{resume_id}/render", {"template": "modern"})
    cloud.follow()

    (rendered,) = _named(_lines(capsys), "render")
    assert rendered["origin"] == answer.request_id


def test_the_origin_stays_when_a_lost_event_is_announced_again(
    cloud: Cloud, capsys: pytest.CaptureFixture[str]
) -> None:
    phone = cloud.member()
    phone.upload(files.docx())
    (asked,) = _named(_lines(capsys), "upload-url")
    cloud.follow(lose="parse")
    cloud.pass_time(minutes=10)

    cloud.tick("sweep")
    cloud.follow(lose="optimise")

    (parsed,) = _named(_lines(capsys), "parse")
    assert parsed["origin"] == asked["request_id"]


def test_a_form_is_refused_when_the_phone_gives_the_object_another_origin(cloud: Cloud) -> None:
    phone = cloud.member()
    content = files.docx()
    form = phone.ask_for_upload("简历.docx", len(content)).json["upload"]

    reply = cloud.post_form(form, content, **{"x-cos-meta-request-id": "mine"})

    assert reply.status_code == 403
    assert cloud.keys == []
