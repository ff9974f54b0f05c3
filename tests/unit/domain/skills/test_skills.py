"""Skills are seen in Chinese without spaces, in mixed scripts, and under every spelling."""

import pytest

from common.domain.matching.implied import IMPLIED
from common.domain.skills import is_skill, mentions, named_skills


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("熟练使用Python开发", {"Python"}),
        ("负责数据分析工作", {"数据分析"}),
        ("Front-end engineer", {"前端"}),
        ("熟悉SpringCloud微服务", {"Spring Cloud", "微服务"}),
        ("k8s与docker", {"Kubernetes", "Docker"}),
        ("C/C++", {"C", "C++"}),
        ("MySQL8调优", {"MySQL"}),
        ("REACT NATIVE", {"React Native"}),
        ("ｐｙｔｈｏｎ", {"Python"}),
    ],
)
def test_skill_is_seen_when_it_is_named(text, skills):
    assert named_skills(text) == skills


@pytest.mark.parametrize("text", ["ergonomics", "Javanese", "going", "Rate", "CEO", "category"])
def test_skill_is_not_seen_when_it_is_only_letters_of_a_word(text):
    assert mentions(text) == []


def test_mention_points_to_the_text_when_it_is_found():
    (mention,) = mentions("负责数据分析工作")

    assert (mention.printed, mention.at, mention.end) == ("数据分析", 2, 6)


def test_spelling_is_a_skill_only_when_it_is_all_of_the_text():
    assert is_skill("K8S")
    assert not is_skill("熟悉K8S")


def test_skill_that_contains_another_is_in_the_table_with_it():
    skills = {mention.skill for name in IMPLIED for mention in mentions(name)}
    contained = {skill for others in IMPLIED.values() for skill in others}

    assert set(IMPLIED) <= skills
    assert {skill for skill in contained if not is_skill(skill)} == set()
