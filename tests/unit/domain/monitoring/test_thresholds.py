"""The table of thresholds: it is whole, its sentences can be said, and comparisons keep to it."""

from typing import get_args

import pytest

from common.domain.monitoring.readings import is_answer, of_codes
from common.domain.monitoring.thresholds import THRESHOLDS, Finding, Measure, Threshold, findings, judged_names

LIMIT = Threshold("slow", "vendor_p95_ms", 100, "{subject} {value} {limit}", of={"patient": 1000})


def test_every_measure_has_a_threshold_and_every_name_is_there_once():
    names = [threshold.name for threshold in THRESHOLDS]

    assert {threshold.measure for threshold in THRESHOLDS} == set(get_args(Measure))
    assert len(names) == len(set(names)) >= 10


@pytest.mark.parametrize("threshold", THRESHOLDS, ids=lambda threshold: threshold.name)
def test_sentence_can_be_said_when_a_threshold_is_crossed(threshold):
    said = threshold.says.format(subject="cos", value=7, limit=threshold.limit_of("cos"))

    assert "{" not in said
    assert len(said) >= 8


def test_the_limit_itself_is_allowed_when_something_is_measured():
    found = findings({"vendor_p95_ms": {"a": 100, "b": 101, "patient": 1000}}, [LIMIT])

    assert found == [Finding("slow", "b", 101)]


def test_what_was_not_measured_is_not_judged():
    assert judged_names({"vendor_p95_ms": {}}, [LIMIT]) == ["slow"]
    assert judged_names({"store_down": {}}, [LIMIT]) == []


@pytest.mark.parametrize(
    ("code", "fine"),
    [
        ("file_damaged", True),
        ("no_text_found", True),
        ("content_refused", True),
        ("internal", False),
        ("vendor_unavailable", False),
    ],
)
def test_only_failures_of_ours_count_when_a_stage_failed(code, fine):
    assert is_answer(code) is fine
    assert of_codes("failed_stages", {code: 3}) == {"failed_stages": {"mojian": 0 if fine else 3}}
