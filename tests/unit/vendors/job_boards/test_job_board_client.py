"""The client against both fakes over real HTTP: each way of signing, each trouble, and records that are none."""

import json
from datetime import timedelta

import pytest
from pydantic import SecretStr

from common import clock
from common.domain.jobs import JobQuery, JobRef
from common.errors import (
    CredentialRejected,
    InvalidField,
    VendorBusy,
    VendorObjectMissing,
    VendorRejected,
    VendorReplyInvalid,
    VendorUnavailable,
)
from common.vendors.job_boards.client import JobBoard
from common.vendors.job_boards.mapping import load_mappings
from common.vendors.job_boards.settings import BoardSettings
from scripts.local_cloud.fakes.boss import BossFake
from scripts.local_cloud.fakes.zhaopin import ZhaopinFake

MAPPINGS = {mapping.name: mapping for mapping in load_mappings()}


class MemoryCache:
    def __init__(self):
        self.kept = {}

    def get(self, key):
        return self.kept.get(key)

    def put(self, key, value, *, lifetime_s):
        assert lifetime_s > 0
        self.kept[key] = value


@pytest.fixture(scope="module")
def running(served):
    return {"zhaopin": served(ZhaopinFake()), "boss": served(BossFake())}


@pytest.fixture
def cache():
    return MemoryCache()


@pytest.fixture
def settings(running):
    for board in running.values():
        board.fake.reset()
    return {
        name: BoardSettings(
            **{key.partition("_")[2].lower(): value for key, value in board.fake.environment(board.url).items()}
        )
        for name, board in running.items()
    }


@pytest.fixture
def boards(settings, http, cache):
    return {name: JobBoard(MAPPINGS[name], settings[name], http, cache) for name in MAPPINGS}


@pytest.mark.parametrize("name", ["zhaopin", "boss"])
def test_board_answers_a_page_of_whole_jobs(boards, now, name):
    page = boards[name].search(JobQuery(keyword="Python", city="上海"), now=now)

    assert page.jobs
    assert all(job.source == name and job.city == "上海" and job.fetched_at == now for job in page.jobs)
    assert all(job.title and job.company and job.salary and job.skills and job.published_at for job in page.jobs)


@pytest.mark.parametrize("name", ["zhaopin", "boss"])
def test_all_pages_together_are_all_jobs_of_the_board(boards, running, now, name):
    refs, number, more = [], 1, True
    while more:
        page = boards[name].search(JobQuery(page=number), now=now)
        refs, number, more = [*refs, *(job.ref for job in page.jobs)], number + 1, page.has_more

    assert len(refs) == len(set(refs)) == running[name].control("state")["jobs"] == 240


def test_a_page_without_jobs_is_no_error(boards, now):
    for board in boards.values():
        page = board.search(JobQuery(keyword="没有这种工作"), now=now)
        assert (page.jobs, page.has_more) == ((), False)


def test_word_without_a_code_is_refused_by_name(boards, running, now):
    with pytest.raises(InvalidField) as refused:
        boards["boss"].search(JobQuery(city="喀什"), now=now)

    assert refused.value.facts["field"] == "city"
    assert running["boss"].operations() == []


@pytest.mark.parametrize("name", ["zhaopin", "boss"])
def test_detail_is_the_job_of_the_list_with_its_description(boards, now, name):
    listed = boards[name].search(JobQuery(), now=now).jobs[0]

    job = boards[name].detail(JobRef.of(listed.ref), now=now)

    assert (job.title, job.company, job.salary, job.city) == (listed.title, listed.company, listed.salary, listed.city)
    assert "岗位职责" in job.description
    assert "<" not in job.description


@pytest.mark.parametrize("name", ["zhaopin", "boss"])
def test_job_is_missing_when_the_board_has_none_of_that_id(boards, now, name):
    with pytest.raises(VendorObjectMissing):
        boards[name].detail(JobRef(source=name, job_id="CC1J1"), now=now)


# -- signing -----------------------------------------------------------------------------------------------


def test_token_is_fetched_once_and_shared_by_the_cache(boards, settings, http, cache, running, now):
    boards["zhaopin"].search(JobQuery(), now=now)
    boards["zhaopin"].search(JobQuery(page=2), now=now)
    JobBoard(MAPPINGS["zhaopin"], settings["zhaopin"], http, cache).search(JobQuery(), now=now)

    assert running["zhaopin"].operations().count("token") == 1


@pytest.mark.parametrize("refusal", ["ended", "envelope"])
def test_token_is_fetched_again_once_when_it_is_refused(boards, running, now, refusal):
    boards["zhaopin"].search(JobQuery(), now=now)
    if refusal == "ended":
        running["zhaopin"].control("end_tokens", {})
    else:
        running["zhaopin"].fault("search", "envelope", code=40101)

    assert boards["zhaopin"].search(JobQuery(), now=now).jobs
    assert running["zhaopin"].operations().count("token") == 2


def test_board_that_refuses_every_token_is_asked_twice_and_no_more(boards, running, now):
    running["zhaopin"].fault("search", "envelope", code=40101, times=9)

    with pytest.raises(CredentialRejected):
        boards["zhaopin"].search(JobQuery(), now=now)

    assert running["zhaopin"].operations() == ["token", "search", "token", "search"]


def test_token_is_given_up_a_minute_before_its_end(boards, running, now, monkeypatch):
    running["zhaopin"].control("limits", {"lifetime_s": 90})
    boards["zhaopin"].search(JobQuery(), now=now)
    later = clock.now() + timedelta(seconds=31)
    monkeypatch.setattr(clock, "now", lambda: later)
    boards["zhaopin"].search(JobQuery(), now=now)

    assert running["zhaopin"].operations().count("token") == 2


@pytest.mark.parametrize("kept", ["nonsense", {"token": 1}, {"token": "x", "expires_at": "never"}, None])
def test_a_cache_that_holds_no_token_is_passed_over(boards, cache, now, kept):
    cache.kept["jobs:zhaopin:token:zp-local-client"] = kept

    assert boards["zhaopin"].search(JobQuery(), now=now).jobs


@pytest.mark.parametrize("name", ["zhaopin", "boss"])
def test_credential_is_named_when_the_secret_is_wrong(settings, http, cache, now, name):
    wrong = settings[name].model_copy(update={"secret": SecretStr("wrong")})

    with pytest.raises(CredentialRejected):
        JobBoard(MAPPINGS[name], wrong, http, cache).search(JobQuery(), now=now)


def test_a_clock_that_is_wrong_is_refused_by_the_signature(boards, running, now):
    running["boss"].control("clock", {"offset_s": 400})

    with pytest.raises(CredentialRejected):
        boards["boss"].search(JobQuery(), now=now)


def test_secrets_stay_out_of_records_and_errors(boards, running, records, now):
    running["zhaopin"].fault("search", "status", status=503)
    with pytest.raises(VendorUnavailable) as lost:
        boards["zhaopin"].search(JobQuery(keyword="秘密"), now=now)

    told = f"{records} {lost.value} {lost.value.facts}"
    assert [secret for secret in ("zp-local-secret", "zp_", "秘密") if secret in told] == []


# -- troubles ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind", "options", "error"),
    [
        ("zhaopin", "status", {"status": 500}, VendorUnavailable),
        ("zhaopin", "status", {"status": 429}, VendorBusy),
        ("zhaopin", "status", {"status": 403}, CredentialRejected),
        ("zhaopin", "status", {"status": 400}, VendorRejected),
        ("zhaopin", "status", {"status": 302}, VendorUnavailable),
        ("zhaopin", "drop", {}, VendorUnavailable),
        ("zhaopin", "drop", {"when": "middle"}, VendorUnavailable),
        ("zhaopin", "malformed", {}, VendorReplyInvalid),
        ("zhaopin", "malformed", {"body": "[]"}, VendorRejected),
        ("zhaopin", "malformed", {"body": '{"code":200,"data":{"count":9}}'}, VendorReplyInvalid),
        ("zhaopin", "malformed", {"body": "<html>登录</html>"}, VendorUnavailable),
        ("zhaopin", "captcha", {}, VendorUnavailable),
        ("zhaopin", "envelope", {"code": 429}, VendorBusy),
        ("zhaopin", "envelope", {"code": 500}, VendorUnavailable),
        ("zhaopin", "envelope", {"code": 9999}, VendorRejected),
        ("boss", "captcha", {}, VendorUnavailable),
        ("boss", "robot", {}, VendorUnavailable),
        ("boss", "status", {"status": 502}, VendorUnavailable),
        ("boss", "malformed", {"body": "[" * 100_000}, VendorReplyInvalid),
        ("boss", "malformed", {"body": '{"code":31}'}, VendorBusy),
    ],
)
def test_trouble_has_its_meaning(boards, running, now, name, kind, options, error):
    running[name].fault("search", kind, **options)

    with pytest.raises(error) as met:
        boards[name].search(JobQuery(), now=now)

    assert met.type is error


@pytest.mark.parametrize("kind", ["captcha", "malformed"])
def test_token_route_that_fails_is_no_credential_trouble(boards, running, now, kind):
    running["zhaopin"].fault("token", kind)

    with pytest.raises((VendorUnavailable, VendorReplyInvalid)):
        boards["zhaopin"].search(JobQuery(), now=now)


def test_board_that_counts_us_out_is_busy(boards, running, now):
    running["boss"].control("limits", {"per_minute": 1})
    boards["boss"].search(JobQuery(), now=now)

    with pytest.raises(VendorBusy):
        boards["boss"].search(JobQuery(), now=now)


def test_board_is_not_asked_again_by_itself(boards, running, now):
    running["boss"].fault("search", "status", status=503)

    with pytest.raises(VendorUnavailable):
        boards["boss"].search(JobQuery(), now=now)

    assert running["boss"].operations() == ["search"]


# -- records that are none ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"jobName": "会计"},
        {"encryptJobId": "x"},
        {"encryptJobId": "../../etc", "jobName": "会计"},
        {"encryptJobId": {"a": 1}, "jobName": "会计"},
        "会计",
        None,
        7,
    ],
)
def test_record_is_passed_over_when_it_is_no_job(boards, running, now, record):
    running["boss"].fault("search", "malformed", body=page_of(record, {"encryptJobId": "good", "jobName": "会计"}))

    page = boards["boss"].search(JobQuery(), now=now)

    assert [job.job_id for job in page.jobs] == ["good"]


@pytest.mark.parametrize(
    ("field", "value", "ours"),
    [
        ("jobUrl", "javascript:alert(1)", "link"),
        ("jobUrl", "https://zhipin.com.evil.example.com/x", "link"),
        ("jobUrl", "https://www.zhipin.com@evil.example.com/", "link"),
        ("jobUrl", "http://www.zhipin.com/x", "link"),
        ("jobUrl", ["https://www.zhipin.com/x"], "link"),
        ("lastModifyTime", "gestern", "published_at"),
        ("lastModifyTime", 10**30, "published_at"),
        ("lastModifyTime", True, "published_at"),
        ("salaryDesc", {"low": 1}, "salary"),
        ("jobDegree", 7, "degree"),
        ("cityName", "", "city"),
    ],
)
def test_value_is_left_out_when_it_is_of_no_use(boards, running, now, field, value, ours):
    record = {"encryptJobId": "good", "jobName": "会计", field: value}
    running["boss"].fault("search", "malformed", body=page_of(record))

    (job,) = boards["boss"].search(JobQuery(), now=now).jobs

    assert getattr(job, ours) is None


def page_of(*records):
    return json.dumps({"code": 0, "zpData": {"hasMore": False, "jobList": list(records)}})
