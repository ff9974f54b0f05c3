"""What the model is told: the agreed wire form."""

import json

from common.domain.extracting import parts_of
from common.domain.optimising.masking import Mask
from common.domain.optimising.messages import Prompts, optimise_messages, repair_messages, structure_messages
from tests.builders import a_resume, lines

PROMPTS = Prompts(structure="read as json", optimise="reword as json")


def test_structure_asks_with_numbered_lines_and_the_draft_without_meta():
    (part,) = parts_of(lines("韩梅梅", "电话：13800138000"), a_resume(meta={"version": "1"}))

    system, user = structure_messages(PROMPTS, part, Mask())

    content = json.loads(user["content"])
    assert system == {"role": "system", "content": "read as json"}
    assert list(content) == ["section", "lines", "draft"]
    assert content["section"] == "whole"
    assert content["lines"] == ["1| 韩梅梅", "2| 电话：〔电话1〕"]
    assert "meta" not in content["draft"]


def test_structure_asks_without_an_identity_number():
    document = lines("韩梅梅", "身份证号：11010519491231002X")

    (part,) = parts_of(document, a_resume())

    user = structure_messages(PROMPTS, part, Mask())[1]

    assert json.loads(user["content"])["lines"][1] == "2| 身份证号：110105********002X"


def test_optimise_asks_with_items_and_the_job():
    system, user = optimise_messages(PROMPTS, {"/basics/summary": "三年经验"}, None, {"/skills": ["Java", "Go"]})

    assert system["content"] == "reword as json"
    assert json.loads(user["content"]) == {
        "items": [{"path": "/basics/summary", "text": "三年经验"}],
        "lists": [{"path": "/skills", "items": ["Java", "Go"]}],
        "jd": None,
    }


def test_chinese_is_sent_as_it_is_because_escapes_cost_tokens():
    assert "三年经验" in optimise_messages(PROMPTS, {"/basics/summary": "三年经验"}, "招聘")[1]["content"]


def test_repair_shows_the_answer_and_the_complaint():
    answer, request = repair_messages('{"a"', "not JSON")

    assert answer == {"role": "assistant", "content": '{"a"'}
    assert request["role"] == "user"
    assert "not JSON" in request["content"]
    assert "json" in request["content"]


def test_repair_has_an_answer_to_show_when_the_model_said_nothing():
    assert repair_messages("", "empty")[0]["content"] == "{}"
