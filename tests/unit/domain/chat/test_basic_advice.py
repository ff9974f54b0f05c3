"""Advice without the model: says so, says that it is free, and tells what rules know."""

from common.domain.chat.basic import NO_ADVISOR, basic_advice
from tests.builders import a_resume

TODAY = "2026-03"


def test_advice_says_only_that_the_advisor_is_away_when_there_is_no_resume():
    assert basic_advice(None, "招聘", today=TODAY) == NO_ADVISOR


def test_advice_tells_the_score_and_what_to_improve_when_there_is_a_resume():
    advice = basic_advice(a_resume(), None, today=TODAY)

    assert advice.startswith(NO_ADVISOR)
    assert "简历得分" in advice
    assert "\n1. " in advice
    assert "匹配度" not in advice


def test_advice_tells_what_is_missing_when_there_is_a_job():
    advice = basic_advice(a_resume(), "要求：熟悉 MySQL，熟悉 Kubernetes", today=TODAY)

    assert "匹配度" in advice
    assert "Kubernetes" in advice.rpartition("没有提到")[2]
    assert "MySQL" not in advice.rpartition("没有提到")[2]


def test_advice_is_the_same_when_it_is_asked_for_again():
    first, again = (basic_advice(a_resume(), "熟悉 Go", today=TODAY) for _ in range(2))

    assert first == again
