"""The AI benchmark on a small scale: each trial sees a planted failure, and finds none in the product."""

import pytest

from common.domain.language_model import ModelAnswer, ModelUsage
from common.domain.optimising.changes import Change, OptimisedResume, SuggestedChange, Suggestions
from common.domain.parsing.structure import structure
from scripts.benchmarks.ai import injection, lies, malformed, matching, numbers, readings, rewording
from scripts.benchmarks.ai.cases.attacks import ATTACKS
from scripts.benchmarks.ai.cases.people import people
from scripts.benchmarks.ai.liar import Lie
from scripts.benchmarks.ai.liar import lies as all_lies
from scripts.benchmarks.ai.options import AiOptions
from scripts.benchmarks.figures import failures

LIES = all_lies()
READ = [(structure(document), jd) for document, jd in people()]


def test_there_are_enough_lies_and_each_has_a_name():
    assert len({lie.name for lie in LIES}) == len(LIES) >= 40
    assert len(readings.LIES) >= 30
    assert len(set(ATTACKS)) >= 40


@pytest.mark.parametrize("lie", LIES, ids=lambda lie: lie.name)
def test_nothing_of_a_lie_arrives_and_nothing_gets_lost(lie: Lie):
    outcomes = [lies.told(lie, resume.model_copy(deep=True), jd) for resume, jd in READ]

    assert sum(outcome.told for outcome in outcomes) > 0 or lie.name in UNTELLABLE
    assert [outcome.arrived + outcome.lost for outcome in outcomes] == [[]] * len(outcomes)


#: Refused as a whole, because they are not of the form that is asked for.
UNTELLABLE = {"number as text", "list as text", "empty text", "unknown operation", "year earlier"}


def test_lie_is_seen_when_it_arrives():
    resume, _ = READ[0]
    path = "/work/0/highlights/0"
    source = resume.as_json_resume()
    told = Suggestions(changes=[SuggestedChange(path=path, text="服务腾讯")])
    applied = Change(id="c1", path=path, original=source["work"][0]["highlights"][0], text="服务腾讯", reason="")
    optimised = OptimisedResume(resume={**source, "basics": {"summary": "服务腾讯"}}, source=source, changes=[applied])

    found = lies.arrived(Lie("planted", lambda _: {}, ("服务腾讯",)), told, resume, optimised)

    assert len(found) == 2


def test_loss_is_seen_when_a_number_is_gone():
    resume, _ = READ[0]

    assert "86" in lies.lost(resume, OptimisedResume(resume={}, source=resume.as_json_resume()))


@pytest.mark.parametrize("name", readings.LIES)
def test_nothing_of_a_lying_reading_is_believed(name):
    documents = [document for document, _ in people()]

    assert [readings.believed(readings.LIES[name], document) for document in documents] == [[]] * len(documents)


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("place", ["work", "job"])
def test_attack_has_no_consequences(attack, place):
    assert injection.consequences(attack, place, injection.the_prompts()) == []


@pytest.mark.parametrize("name", malformed.FAILURES)
def test_failure_of_the_vendor_leaves_the_rules_reading(name):
    spoil = malformed._raising(malformed.FAILURES[name])

    assert malformed.wrongly_believed(malformed.OddModel(spoil)) == []


@pytest.mark.parametrize("seed", range(40))
def test_mutated_answer_breaks_nothing(seed):
    assert malformed.wrongly_believed(malformed.OddModel(malformed._mutating(seed))) == []


@pytest.mark.parametrize("part", [rewording, numbers, matching])
def test_part_is_within_its_limits(part):
    found = list(part.figures(AiOptions()))

    assert found
    assert failures(found) == []


def test_model_answers_have_the_form_of_the_port():
    answer = malformed.OddModel(lambda good: good).answer_json(
        [{"content": ""}, {"content": '{"items": [], "lists": [], "jd": null}'}], max_tokens=1
    )

    assert answer == ModelAnswer({"changes": []}, "odd", ModelUsage())
