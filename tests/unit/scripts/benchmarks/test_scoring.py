"""Scores of a parsed resume against its truth."""

from typing import Any

import pytest

from scripts.benchmarks.misses import misses
from scripts.benchmarks.scoring import overall, score, section, total

TRUTH: dict[str, Any] = {
    "name": "林小满",
    "phone": "13800001234",
    "email": "lin@example.com",
    "education": [{"school": "江城理工大学", "degree": "本科", "major": "会计学", "start": "2014", "end": "2018-06"}],
    "work": [
        {"company": "云帆科技有限公司", "title": "会计", "start": "2020-03", "end": "present"},
        {"company": "星河贸易有限公司", "title": "出纳", "start": "2018-07", "end": "2020-02"},
    ],
    "projects": ["费用管控系统"],
    "skills": ["Excel", "SAP"],
}


def resume(**changed: Any) -> dict[str, Any]:
    """The resume that says just what the truth says."""
    return {
        "basics": {"name": "林小满", "phone": "+86 138-0000-1234", "email": "LIN@example.com"},
        "education": [
            {
                "institution": "江城理工大学",
                "studyType": "本科",
                "area": "会计学",
                "startDate": "2014-09",
                "endDate": "2018-06",
            }
        ],
        "work": [
            {"name": "星河贸易有限公司", "position": "出纳", "startDate": "2018-07", "endDate": "2020-02"},
            {"name": "云帆科技 有限公司", "position": "会计", "startDate": "2020-03", "x_cn": {"current": True}},
        ],
        "projects": [{"name": "费用管控系统"}],
        "skills": [{"name": "软件", "keywords": ["熟悉Excel", "SAP"]}],
    } | changed


def test_score_is_one_when_everything_matches_in_any_order() -> None:
    assert overall(score(TRUTH, resume())).f1 == 1.0


def test_score_has_no_hit_and_no_extra_when_the_document_was_refused() -> None:
    tally = overall(score(TRUTH, {}))

    assert (tally.hit, tally.extra) == (0, 0)
    assert tally.recall == 0.0


def test_score_counts_a_wrong_value_as_missed_and_extra() -> None:
    wrong = resume(basics={"name": "王五", "phone": "13800001234", "email": "lin@example.com"})

    tally = score(TRUTH, wrong)["name"]

    assert (tally.hit, tally.missed, tally.extra) == (0, 1, 1)


def test_score_counts_each_field_of_an_entry_too_many() -> None:
    invented = resume(work=[*resume()["work"], {"name": "不存在公司", "position": "总裁"}])

    tally = section(score(TRUTH, invented), "work")

    assert (tally.hit, tally.missed, tally.extra) == (8, 0, 2)


@pytest.mark.parametrize(("start", "hit"), [("2014", 1), ("2014-09", 1), ("2015", 0), (None, 0)])
def test_score_compares_dates_at_the_precision_of_the_truth(start: str | None, hit: int) -> None:
    entry = resume()["education"][0] | {"startDate": start}

    assert score(TRUTH, resume(education=[entry]))["education.start"].hit == hit


def test_score_leaves_out_what_the_truth_does_not_know() -> None:
    unknown = TRUTH | {"phone": None, "projects": None}

    scores = score(unknown, resume())

    assert overall({"phone": scores["phone"], "projects": scores["projects"]}).f1 == 1.0
    assert scores["phone"].hit == 0


def test_total_adds_the_documents() -> None:
    summed = total([score(TRUTH, resume()), score(TRUTH, {})])

    assert (summed["name"].hit, summed["name"].missed) == (1, 1)


def test_misses_names_wanted_and_got() -> None:
    wrong = resume(work=resume()["work"][:1])

    assert (
        next(iter(misses(TRUTH, wrong)))
        == "work.company: wanted ['云帆科技有限公司', '星河贸易有限公司'], got ['星河贸易有限公司']"
    )
