"""Jobs from the phone: two boards, one of them down, a resume written for a job, all over HTTP."""

from tests.e2e.conftest import SAMPLE, Journey


def test_search_goes_on_with_one_board_when_the_other_is_down(journey: Journey) -> None:
    journey.break_vendor("boss", operation="search", kind="captcha", times=1000)

    page = journey.phone.search_jobs(keyword="Python", salary_min=1_000_000)

    status = {report["source"]: (report["status"], report["stale"]) for report in page["sources"]}
    assert status == {"boss": ("unavailable", False), "zhaopin": ("ok", False)}
    assert {job["source"] for job in page["jobs"]} == {"zhaopin"}
    assert all(job["salary"]["max_fen"] is None or job["salary"]["max_fen"] >= 1_000_000 for job in page["jobs"])


def test_a_resume_finds_its_jobs_and_is_written_for_one(journey: Journey) -> None:
    resume_id = journey.phone.upload(SAMPLE)
    journey.finish(resume_id)
    journey.phone.pay(journey.phone.open_order("credits_10"))

    best = journey.phone.recommended_jobs(resume_id)["jobs"][0]
    ref = best["job"]["ref"]
    fit = journey.phone.analyse_job(job_id=ref, resume_id=resume_id)["match"]
    revision = journey.phone.optimise_for(resume_id, job_id=ref)
    detail = journey.finish(resume_id)

    assert best["reasons"]
    assert fit["score"] is not None
    assert journey.phone.job(ref)["job"]["description"]
    assert (detail["state"], detail["revision"]) == ("ready", revision)
    assert detail["match"]["score"] is not None
