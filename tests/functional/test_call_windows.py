"""Every call to a vendor is in the counts of its minute, handed in at the end of the invocation that made it."""

from collections.abc import Callable

import pytest

from common.domain.monitoring.calls import by_vendor
from common.persistence.call_windows import RedisCallWindows
from common.persistence.redis_connection import RedisConnection
from tests.functional import files
from tests.functional.cloud import Cloud


def _counted(cloud: Cloud) -> dict[str, int]:
    redis = RedisConnection(cloud.settings["REDIS_URL"])
    try:
        counts = RedisCallWindows(lambda: redis).recent(now=cloud.clock.now(), minutes=3)
    finally:
        redis.close()
    return {vendor: calls.calls for vendor, calls in by_vendor(counts).items()}


def _logged(lines: list[str], vendor: str) -> int:
    return sum(f'"vendor": "{vendor}"' in line and '"kind": "call"' in line for line in lines)


def test_counts_are_those_of_the_log_when_a_resume_went_all_the_way(
    cloud: Cloud, capsys: pytest.CaptureFixture[str]
) -> None:
    phone = cloud.member()
    phone.accept_message()

    phone.finish(files.docx())

    lines = capsys.readouterr().out.splitlines()
    counted = _counted(cloud)
    assert {"wechat", "cos", "deepseek"} <= set(counted)
    assert counted == {vendor: _logged(lines, vendor) for vendor in counted}


def test_failures_are_counted_when_a_vendor_is_down(cloud: Cloud) -> None:
    cloud.fault("cos", "HeadObject", kind="status", status=500, times=3)

    cloud.call("monitor", "GET", "/health")

    redis = RedisConnection(cloud.settings["REDIS_URL"])
    counts = RedisCallWindows(lambda: redis).recent(now=cloud.clock.now(), minutes=1)
    redis.close()
    assert by_vendor(counts)["cos"].errors == {"vendor_unavailable": 1}


def test_login_goes_on_when_redis_is_down(cloud: Cloud, down: Callable[[str], None]) -> None:
    down("redis")

    assert cloud.member().call("GET", "/user/me").status == 200
