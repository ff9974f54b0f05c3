"""functions/jobs: search over both boards, one job, jobs for a resume, how a resume stands to a job."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from scripts.local_cloud.fakes.job_market import openings
from tests.functional.cloud import Cloud
from tests.functional.phone import Phone

Json = dict[str, Any]


def found(phone: Phone, query: str = "") -> Json:
    answer = phone.call("GET", f"/jobs?{query}")
    assert answer.status == 200, answer.content
    page: Json = answer.json
    return page


def sources(page: Json) -> dict[str, Json]:
    return {report["source"]: report for report in page["sources"]}


def break_board(cloud: Cloud, board: str, **how: Any) -> None:
    cloud.fault(board, "search", times=100, **how)


# -- search ------------------------------------------------------------------------------------------------


def test_jobs_of_both_boards_are_one_list_in_one_shape(cloud: Cloud, alice: Phone) -> None:
    page = found(alice, "keyword=Python&city=上海")

    assert {job["source"] for job in page["jobs"]} == {"zhaopin", "boss"}
    assert {job["city"] for job in page["jobs"]} == {"上海"}
    assert all(
        {"job_id", "title", "company", "salary", "link", "fetched_at", "ref"} <= set(job) for job in page["jobs"]
    )
    assert {name: report["status"] for name, report in sources(page).items()} == {"zhaopin": "ok", "boss": "ok"}


def test_salary_is_in_fen_a_month_whatever_the_board_prints(cloud: Cloud, alice: Phone) -> None:
    pages = [found(alice, f"page={number}") for number in range(1, 6)]

    salaries = [job["salary"] for page in pages for job in page["jobs"]]
    units = {unit for salary in salaries for unit in ("万", "K", "元/天", "/年", "面议") if unit in salary["text"]}
    assert units == {"万", "K", "元/天", "/年", "面议"}
    assert all(
        200_000 <= salary["min_fen"] <= salary["max_fen"] <= 9_000_000 for salary in salaries if salary["min_fen"]
    )
    assert {salary["months"] for salary in salaries} == {None, 13}


def test_a_job_at_both_boards_is_shown_once_and_names_the_other(cloud: Cloud, alice: Phone) -> None:
    pages = [found(alice, f"keyword=会计&page={number}") for number in (1, 2)]

    shown = [(job["company"], job["title"], job["city"]) for page in pages for job in page["jobs"]]
    doubled = [job for page in pages for job in page["jobs"] if job["also_on"]]
    assert len(shown) == len(set(shown)) >= 20
    assert doubled
    assert all({job["source"], job["also_on"][0]["source"]} == {"zhaopin", "boss"} for job in doubled)


def test_pages_follow_each_other_and_stay_the_same(cloud: Cloud, alice: Phone) -> None:
    first = [[job["ref"] for job in found(alice, f"page={number}")["jobs"]] for number in (1, 2, 3)]

    again = [[job["ref"] for job in found(alice, f"page={number}")["jobs"]] for number in (3, 2, 1)]

    refs = [ref for page in first for ref in page]
    assert first == again[::-1]
    assert len(refs) == len(set(refs)) >= 60


def test_the_last_page_says_so(cloud: Cloud, alice: Phone) -> None:
    page = found(alice, "keyword=护士&city=成都")

    assert page["jobs"]
    assert page["has_more"] is False
    assert found(alice, "keyword=护士&city=成都&page=2")["jobs"] == []


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("salary_min=3000000", lambda job: not job["salary"]["max_fen"] or job["salary"]["max_fen"] >= 3_000_000),
        ("experience=3-5年", lambda job: job["experience"]["text"] == "3-5年"),
        ("experience=应届", lambda job: job["experience"]["least"] in (0, None)),
        ("degree=大专", lambda job: job["degree"] in (None, "大专")),
        ("source=boss", lambda job: job["source"] == "boss"),
        ("keyword=%20 Java%20%20Redis ", lambda job: True),
        ("keyword=&city=&salary_min=&experience=&degree=&page=&source=", lambda job: True),
        ("city=北京市", lambda job: job["city"] == "北京"),
    ],
)
def test_every_job_is_what_was_asked_for(cloud: Cloud, alice: Phone, query: str, holds: Callable[[Json], bool]) -> None:
    page = found(alice, query)

    assert page["jobs"]
    assert [job for job in page["jobs"] if not holds(job)] == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("page=0", "page"),
        ("page=21", "page"),
        ("page=x", "page"),
        ("salary_min=15000", "salary_min"),
        ("salary_min=-1", "salary_min"),
        ("salary_min=viel", "salary_min"),
        ("experience=三年", "experience"),
        ("degree=小学", "degree"),
        ("city=Shanghai", "city"),
        ("city=喀什", "city"),
        ("source=liepin", "source"),
        ("keyword=" + "字" * 51, "keyword"),
    ],
)
def test_field_is_named_when_it_is_wrong(cloud: Cloud, alice: Phone, query: str, field: str) -> None:
    answer = alice.call("GET", f"/jobs?{query}")

    assert answer.refusal[:2] == (422, "invalid_field")
    assert answer.details["field"] == field


def test_nobody_searches_without_a_login(cloud: Cloud) -> None:
    answer = cloud.phone().call("GET", "/jobs")

    assert answer.refusal[:2] == (401, "not_logged_in")


def test_one_user_cannot_use_up_the_boards(cloud: Cloud, alice: Phone) -> None:
    for _ in range(30):
        found(alice)

    answer = alice.call("GET", "/jobs")

    assert answer.refusal[:2] == (429, "too_many_requests")
    assert found(cloud.member("bob"))["jobs"]


# -- boards that fail --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("board", "fault", "status"),
    [
        ("zhaopin", {"kind": "status", "status": 503}, "unavailable"),
        ("zhaopin", {"kind": "drop"}, "unavailable"),
        ("zhaopin", {"kind": "malformed"}, "unavailable"),
        ("zhaopin", {"kind": "captcha"}, "unavailable"),
        ("zhaopin", {"kind": "envelope", "code": 429}, "busy"),
        ("zhaopin", {"kind": "envelope", "code": 10001}, "unavailable"),
        ("boss", {"kind": "captcha"}, "unavailable"),
        ("boss", {"kind": "robot"}, "unavailable"),
        ("boss", {"kind": "status", "status": 429}, "busy"),
        ("boss", {"kind": "status", "status": 403}, "refused"),
    ],
)
def test_a_board_that_fails_costs_only_its_own_jobs(
    cloud: Cloud, alice: Phone, board: str, fault: Json, status: str
) -> None:
    break_board(cloud, board, **fault)

    page = found(alice, "keyword=Python")

    (other,) = {"zhaopin", "boss"} - {board}
    assert {job["source"] for job in page["jobs"]} == {other}
    assert sources(page)[board]["status"] == status
    assert sources(page)[board]["fetched_at"] is None
    assert sources(page)[board]["message"]
    assert sources(page)[other]["status"] == "ok"


def test_a_slow_board_is_given_up(cloud: Cloud, alice: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOSS_TIMEOUT_S", "0.3")
    break_board(cloud, "boss", kind="slow", seconds=3)

    page = found(alice, "keyword=Python")

    assert sources(page)["boss"]["status"] == "unavailable"
    assert {job["source"] for job in page["jobs"]} == {"zhaopin"}


def test_old_jobs_are_shown_and_called_old_when_their_board_fails(cloud: Cloud, alice: Phone) -> None:
    before = found(alice, "keyword=Python")
    cloud.pass_time(hours=1)
    break_board(cloud, "zhaopin", kind="status", status=503)

    page = found(alice, "keyword=Python")

    old = sources(page)["zhaopin"]
    assert [job["ref"] for job in page["jobs"]] == [job["ref"] for job in before["jobs"]]
    assert (old["status"], old["stale"]) == ("unavailable", True)
    assert old["fetched_at"] == sources(before)["zhaopin"]["fetched_at"]
    assert "之前的结果" in old["message"]
    assert sources(page)["boss"]["stale"] is False


def test_the_error_comes_out_when_no_board_can_answer(cloud: Cloud, alice: Phone) -> None:
    break_board(cloud, "zhaopin", kind="status", status=503)
    break_board(cloud, "boss", kind="status", status=503)

    answer = alice.call("GET", "/jobs?keyword=Python")

    assert answer.refusal[:2] == (503, "vendor_unavailable")


def test_a_board_without_a_contract_is_not_asked_and_named(
    cloud: Cloud, alice: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("BASE_URL", "KEY_ID", "SECRET"):
        monkeypatch.setenv(f"BOSS_{name}", "")

    page = found(alice, "keyword=Python")

    assert sources(page)["boss"]["status"] == "not_configured"
    assert sources(page)["boss"]["message"] == "Boss直聘尚未开通"
    assert cloud.requests("boss") == []
    assert alice.call("GET", "/jobs?source=boss").refusal[:2] == (404, "job_source_closed")
    assert alice.call("GET", "/jobs/boss/abc").refusal[:2] == (404, "job_source_closed")


def test_breaker_stops_knocking_at_a_board_that_takes_us_for_a_robot(cloud: Cloud, alice: Phone) -> None:
    break_board(cloud, "boss", kind="captcha")

    for number in range(8):
        found(alice, f"keyword=Python&salary_min={1_000_000 + number}")

    assert len(cloud.requests("boss", "search")) == 5


# -- the cache ---------------------------------------------------------------------------------------------


def test_the_same_search_asks_each_board_once_while_it_is_fresh(cloud: Cloud, alice: Phone) -> None:
    first, second = found(alice, "keyword=Python"), found(cloud.member("bob"), "keyword=Python")

    assert first["jobs"] == second["jobs"]
    assert [len(cloud.requests(board, "search")) for board in ("zhaopin", "boss")] == [1, 1]
    cloud.pass_time(minutes=11)
    found(alice, "keyword=Python")
    assert [len(cloud.requests(board, "search")) for board in ("zhaopin", "boss")] == [2, 2]


def test_many_at_once_cost_one_request_a_board(cloud: Cloud, alice: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("common.clock.sleep", time.sleep)

    pages = cloud.at_once(lambda: found(alice, "keyword=Go"), times=6)

    assert len({json.dumps([job["ref"] for job in page["jobs"]]) for page in pages}) == 1
    assert [len(cloud.requests(board, "search")) for board in ("zhaopin", "boss")] == [1, 1]


def test_our_own_limit_keeps_a_board_from_being_asked_too_often(
    cloud: Cloud, alice: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHAOPIN_PER_MINUTE", "1")
    found(alice, "keyword=Python")

    page = found(alice, "keyword=Java")

    assert sources(page)["zhaopin"]["status"] == "busy"
    assert sources(page)["boss"]["status"] == "ok"
    assert len(cloud.requests("zhaopin", "search")) == 1


def test_boards_are_asked_directly_while_redis_is_down(cloud: Cloud, alice: Phone, down: Callable[[str], None]) -> None:
    cloud.platform.restart()
    down("redis")

    pages = [found(alice, "keyword=Python") for _ in range(2)]

    assert pages[0]["jobs"]
    assert [job["ref"] for job in pages[0]["jobs"]] == [job["ref"] for job in pages[1]["jobs"]]
    assert [len(cloud.requests(board, "search")) for board in ("zhaopin", "boss")] == [2, 2]


def test_one_token_serves_all_and_is_fetched_again_once_when_it_is_refused(cloud: Cloud, alice: Phone) -> None:
    found(alice, "keyword=Python")
    cloud.platform.restart()
    found(alice, "keyword=Java")
    assert len(cloud.requests("zhaopin", "token")) == 1

    cloud.control("zhaopin", "end_tokens", {})
    page = found(alice, "keyword=Go")

    assert sources(page)["zhaopin"]["status"] == "ok"
    assert len(cloud.requests("zhaopin", "token")) == 2


# -- one job -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("board", ["zhaopin", "boss"])
def test_a_job_is_shown_with_its_description(cloud: Cloud, alice: Phone, board: str) -> None:
    listed = found(alice, f"source={board}")["jobs"][0]

    shown = alice.call("GET", f"/jobs/{board}/{listed['job_id']}").json

    assert shown["stale"] is False
    assert shown["job"]["ref"] == listed["ref"]
    assert shown["job"]["title"] == listed["title"]
    assert shown["job"]["salary"] == listed["salary"]
    assert "任职要求" in shown["job"]["description"]


@pytest.mark.parametrize("path", ["zhaopin/CC1J1", "boss/nothing~", "liepin/1", "boss/..%2F..%2Fx", "boss/a b"])
def test_job_is_not_found_when_there_is_none(cloud: Cloud, alice: Phone, path: str) -> None:
    answer = alice.call("GET", f"/jobs/{path}")

    assert answer.refusal[:2] == (404, "not_found")


def test_old_job_is_shown_when_its_board_fails(cloud: Cloud, alice: Phone) -> None:
    listed = found(alice, "source=boss")["jobs"][0]
    alice.call("GET", f"/jobs/boss/{listed['job_id']}")
    cloud.pass_time(hours=2)
    cloud.fault("boss", "detail", kind="status", status=500, times=9)

    shown = alice.call("GET", f"/jobs/boss/{listed['job_id']}").json

    assert shown["stale"] is True
    assert shown["job"]["title"] == listed["title"]


def test_nothing_of_a_recruiter_and_nothing_of_an_attack_gets_through(cloud: Cloud, alice: Phone) -> None:
    texts = []
    for board in ("zhaopin", "boss"):
        for number in range(1, 3):
            page = found(alice, f"source={board}&page={number}")
            texts.append(json.dumps(page, ensure_ascii=False))
            for job in page["jobs"][:12]:
                texts.append(alice.call("GET", f"/jobs/{board}/{job['job_id']}").content.decode())

    told = "\n".join(texts)
    people = [opening.recruiter for opening in openings()]
    secrets = {value for person in people for value in (person.phone, person.wechat, person.email)}
    assert len(texts) >= 40
    assert [value for value in secrets if value in told] == []
    assert [name for name in {person.name for person in people} if name in told] == []
    assert "联系方式已略去" in told
    assert [
        bad
        for bad in ("<script", "onerror", "javascript:", "evil.example.com", "\\u202e", "<li", "<!--")
        if bad in told
    ] == []


# -- with a resume -----------------------------------------------------------------------------------------


def test_jobs_for_a_resume_come_with_reasons_in_a_fixed_order(cloud: Cloud, alice: Phone, ready: str) -> None:
    answer = alice.call("GET", f"/jobs/recommend?resume_id={ready}").json

    scores = [one["score"] for one in answer["jobs"]]
    assert len(scores) >= 3
    assert scores == sorted(scores, reverse=True)
    assert all(one["reasons"] for one in answer["jobs"])
    assert any("匹配技能" in reason for one in answer["jobs"] for reason in one["reasons"])
    assert answer == alice.call("GET", f"/jobs/recommend?resume_id={ready}").json
    assert {report["status"] for report in answer["sources"]} == {"ok"}


def test_recommendation_goes_on_with_the_board_that_answers(cloud: Cloud, alice: Phone, ready: str) -> None:
    break_board(cloud, "boss", kind="captcha")

    answer = alice.call("GET", f"/jobs/recommend?resume_id={ready}").json

    assert {one["job"]["source"] for one in answer["jobs"]} == {"zhaopin"}
    assert sources(answer)["boss"]["status"] == "unavailable"


def test_nobody_gets_jobs_for_the_resume_of_another(cloud: Cloud, alice: Phone, ready: str) -> None:
    bob = cloud.member("bob")

    assert bob.call("GET", f"/jobs/recommend?resume_id={ready}").refusal[:2] == (404, "not_found")
    assert bob.call("POST", "/jobs/analyse", {"jd": "熟悉Java", "resume_id": ready}).refusal[:2] == (404, "not_found")


def test_resume_id_is_asked_for_when_it_is_missing(cloud: Cloud, alice: Phone) -> None:
    answer = alice.call("GET", "/jobs/recommend")

    assert answer.refusal[:2] == (422, "invalid_field")
    assert answer.details["field"] == "resume_id"


def test_a_text_is_analysed_without_a_resume(cloud: Cloud, alice: Phone) -> None:
    answer = alice.call(
        "POST", "/jobs/analyse", {"jd": "要求：本科及以上学历，3年以上Java开发经验，熟悉Kafka优先"}
    ).json

    assert {one["keyword"] for one in answer["requirements"]} >= {"本科", "Java", "Kafka"}
    assert {one["keyword"]: one["importance"] for one in answer["requirements"]}["Kafka"] == "preferred"
    assert "Java" in answer["keywords"]
    assert answer["match"] is None


def test_a_job_is_compared_with_a_resume(cloud: Cloud, alice: Phone, ready: str) -> None:
    job = found(alice, "keyword=Python&source=boss")["jobs"][0]

    answer = alice.call("POST", "/jobs/analyse", {"job_id": job["ref"], "resume_id": ready}).json

    fit = answer["match"]
    assert answer["job"] == {"source": "boss", "job_id": job["job_id"]}
    assert 0 <= fit["score"] <= 100
    assert fit["reasons"][0].startswith("必备要求")
    assert {gap["keyword"] for gap in fit["gaps"]}.isdisjoint(one["keyword"] for one in fit["matched"])
    assert all(gap["advice"] for gap in fit["gaps"])


@pytest.mark.parametrize("body", [{}, {"jd": "  "}, {"jd": "熟悉Java", "job_id": "boss:1"}])
def test_field_is_named_when_there_is_not_one_job(cloud: Cloud, alice: Phone, body: Json) -> None:
    answer = alice.call("POST", "/jobs/analyse", body)

    assert answer.refusal[:2] == (422, "invalid_field")
    assert answer.details["field"] == "jd"


def test_a_resume_is_written_for_a_job_whose_text_is_kept(cloud: Cloud, alice: Phone, ready: str) -> None:
    job = found(alice, "keyword=Python&source=zhaopin")["jobs"][0]

    answer = alice.call("POST", f"/resume/{ready}/optimise", {"job_id": job["job_id"], "source": "zhaopin"})
    cloud.pass_time(days=2)
    cloud.fault("zhaopin", "detail", kind="status", status=404, times=9)
    cloud.follow(lose="render")

    detail = alice.resume(ready)
    assert answer.status == 202
    named = {one["keyword"] for one in [*detail["match"]["matched"], *detail["match"]["missing"]]}
    assert set(job["skills"]) & named


def test_nothing_is_charged_when_the_job_is_gone(cloud: Cloud, alice: Phone, ready: str) -> None:
    before = alice.credits

    answer = alice.call("POST", f"/resume/{ready}/optimise", {"job_id": "zhaopin:CC1J1"})

    assert answer.refusal[:2] == (404, "not_found")
    assert alice.credits == before
    assert alice.resume(ready)["revision"] == "r1"
