"""The alarms of scripts/deployment/alarms.yml, asked of lines that functions really wrote: each finds what it is about."""

import json
import re
from typing import Any

import pytest
import yaml

from common.errors import InternalError
from tests.functional import files
from tests.functional.cloud import Cloud
from tests.functional.scf import ROOT

ALARMS = yaml.safe_load((ROOT / "scripts/deployment/alarms.yml").read_text("utf-8"))["alarms"]
QUERIES = {alarm["name"]: alarm["query"] for alarm in ALARMS if "SCF_" not in alarm["query"]}
Line = dict[str, Any]


def _holds(condition: str, line: Line) -> bool:
    field, _, wanted = condition.partition(":")
    value = line.get(field)
    if wanted.startswith(">="):
        return isinstance(value, int) and value >= int(wanted[2:])
    return str(value) == wanted.strip('"')


def _found(query: str, lines: list[Line]) -> list[Line]:
    """AND of conditions and of (a OR b), which is all that our queries use."""
    search = query.partition("|")[0]
    parts = [part.strip(" ()").split(" OR ") for part in search.split(" AND ")]
    return [line for line in lines if all(any(_holds(one, line) for one in part) for part in parts)]


@pytest.fixture
def lines(cloud: Cloud, capsys: pytest.CaptureFixture[str]) -> list[Line]:
    """A bad day: the bucket is down, a vendor fails, an event is repeated, and a timer runs."""
    cloud.fault("cos", "HeadObject", kind="status", status=500, times=3)
    cloud.call("monitor", "GET", "/health")
    phone = cloud.member()
    resume_id = phone.upload(files.docx())
    cloud.fault("cos", "GetObject", kind="status", status=500, times=3)
    cloud.fault("webhooks", "wecom", kind="drop")
    (key,) = [key for key in cloud.keys if resume_id in key]
    with pytest.raises(InternalError):
        cloud.deliver("parse", key)
    cloud.fault("cos", "HeadObject", kind="status", status=500, times=3)
    cloud.tick("monitor")
    return [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]


def test_every_alarm_of_ours_is_asked() -> None:
    assert len(QUERIES) >= 5


@pytest.mark.parametrize("name", QUERIES)
def test_query_finds_a_line_when_what_it_is_about_happened(name: str, lines: list[Line]) -> None:
    found = _found(QUERIES[name], lines)

    counted = re.findall(r"approx_percentile\((\w+)", QUERIES[name])
    assert found
    assert len(found) < len(lines)
    assert all(isinstance(line[field], int) for line in found for field in counted)
