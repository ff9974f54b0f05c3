"""The labelled set is whole, and recommendation keeps its figures on it."""

from scripts.benchmarks.jobs.recommending import by_rules, by_shared_skills, labelled, measured


def test_labels_name_jobs_that_are_there():
    jobs, cases = labelled()

    assert len(jobs) >= 50
    assert len(cases) >= 14
    assert set().union(*(case.relevant for case in cases)) <= {job.job_id for job in jobs}


def test_recommendation_finds_more_than_shared_skills_do():
    jobs, cases = labelled()

    recall, precision = measured(by_rules, jobs, cases)

    peer_recall, peer_precision = measured(by_shared_skills, jobs, cases)
    assert recall >= max(0.9, peer_recall)
    assert precision >= max(0.85, peer_precision)


def test_jobs_of_another_trade_are_hardly_ever_shown():
    jobs, cases = labelled()

    shown = [name for case in cases for name in by_rules(jobs, case.seeker)]

    assert [name for name in shown if name in ("x4", "x5")] == []
    assert sum(name.startswith("x") for name in shown) <= 5
