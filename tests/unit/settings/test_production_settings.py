"""What production refuses to start with."""

import pytest

from common.settings import production_problems

FIT = {
    "APP_BASE_URL": "https://api.example.com",
    "DATABASE_URL": "mysql://mojian:secret-value@10.0.0.5:3306/mojian",
    "REDIS_URL": "redis://:pa127.0.0.1ss@10.0.0.6:6379/0",
    "WECHAT_BASE_URL": "https://api.weixin.qq.com",
    "COS_ENDPOINT": "",
    "WECHAT_PAY_MCHID": "1900000001",
}


def names(**changes: str) -> list[str]:
    return [problem.partition(":")[0] for problem in production_problems({**FIT, **changes})]


def test_nothing_is_wrong_when_everything_is_public():
    assert production_problems(FIT) == []


def test_sandbox_is_refused_when_it_would_give_credits_away():
    assert names(XPAY_ENV="sandbox") == ["XPAY_ENV"]
    assert names(XPAY_ENV="production") == []


@pytest.mark.parametrize(
    "url",
    [
        "http://api.weixin.qq.com",
        "http://127.0.0.1:8080",
        "https://127.0.0.1",
        "https://localhost:9000",
        "https://LOCALHOST",
        "https://fake.localhost",
        "https://user@127.0.0.1/",
        "https://[::1]:9000",
        "https://0.0.0.0",
        "https://",
        "api.weixin.qq.com",
        "https://[broken",
    ],
)
def test_address_is_refused_by_name_when_it_is_not_public(url):
    assert names(WECHAT_BASE_URL=url) == ["WECHAT_BASE_URL"]


def test_endpoint_is_refused_when_it_points_at_a_fake():
    assert names(COS_ENDPOINT="http://127.0.0.1:9301") == ["COS_ENDPOINT"]


@pytest.mark.parametrize("unset", ["", " ", "undefined"])
def test_address_is_no_problem_when_it_was_never_set(unset):
    assert names(COS_ENDPOINT=unset) == []


def test_database_is_refused_when_it_is_a_file():
    assert names(DATABASE_URL="sqlite:////tmp/mojian.db") == ["DATABASE_URL"]


@pytest.mark.parametrize("url", ["redis://127.0.0.1:6379/0", "redis://:secret@localhost/0", "rediss://[::1]:6379"])
def test_redis_is_refused_when_it_is_on_this_machine(url):
    assert names(REDIS_URL=url) == ["REDIS_URL"]


@pytest.mark.parametrize("missing", ["", "undefined"])
def test_own_address_is_asked_for_when_the_function_takes_payments(missing):
    assert names(APP_BASE_URL=missing) == ["APP_BASE_URL"]
    assert production_problems({"APP_BASE_URL": missing}) == []


def test_all_problems_come_at_once_and_without_values_when_there_are_several():
    problems = production_problems(
        {**FIT, "WECHAT_BASE_URL": "http://secret-value", "DATABASE_URL": "sqlite:///secret-value.db"}
    )

    assert len(problems) == 2
    assert "secret-value" not in str(problems)
