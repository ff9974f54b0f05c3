"""A vendor that lies over real HTTP: what it made up arrives in no resume."""

import json

import pytest

from common.domain.language_model import ModelUsage
from common.domain.optimising.messages import Prompts
from common.domain.parsing.structure import structure
from common.services.optimising import ask_for_suggestions, optimised_resume
from common.services.parsing import structure_with_model
from common.vendors.deepseek.client import DeepSeek
from common.vendors.deepseek.settings import DeepSeekSettings
from scripts.local_cloud.fakes.deepseek import DeepSeekFake
from tests.builders import a_row, lines

LIES = (
    "腾讯技术总监",
    "性能提升37%",
    "精通 Rust",
    "获得国家奖学金",
    "as a Google engineer",
    "带领 30 人团队",
    "常驻绵阳",
)
PROMPTS = Prompts(structure="structure as json", optimise="optimise as json")


@pytest.fixture(scope="module")
def running(served):
    return served(DeepSeekFake())


@pytest.fixture
def model(running, http):
    running.fake.reset()
    environment = running.fake.environment(running.url)
    settings = {name.removeprefix("DEEPSEEK_").lower(): value for name, value in environment.items()}
    return DeepSeek(DeepSeekSettings(**settings), http)


@pytest.mark.parametrize("lie", LIES)
def test_lie_arrives_nowhere_when_the_vendor_tells_it(running, model, lie):
    running.control("lie", {"text": lie})

    read = structure_with_model(lines(), model, PROMPTS)
    suggestions = ask_for_suggestions(read, lie, model, PROMPTS, last_try=True)
    optimised = optimised_resume(read, suggestions, a_row(jd=lie), today="2026-11")

    shown = [optimised.resume, [question.question for question in optimised.questions]]
    assert len(suggestions.changes) == len(suggestions.questions) > 0
    assert {change.state for change in optimised.changes if lie in change.text} == {"blocked"}
    assert lie not in json.dumps(shown, ensure_ascii=False)
    assert read.basics.name == structure(lines()).basics.name


def test_vendor_is_honest_again_when_the_lie_is_empty(running, model):
    running.control("lie", {"text": "精通 Rust"})
    running.control("lie", {"text": ""})

    answer = model.answer_json(
        [{"role": "user", "content": 'json {"a": 1}'}, {"role": "user", "content": '{"items": [], "jd": null}'}],
        max_tokens=99,
    )

    assert answer.content == {"changes": []}
    assert answer.usage != ModelUsage()
