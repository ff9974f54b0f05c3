"""What an export says of a resume, by the rules of the JSON Resume schema, and how old its file is."""

import re
from datetime import datetime, timezone
from typing import Any

import pytest

from common.domain.exporting import export_key, exported_at_s, plain_json_resume
from common.domain.resume import Resume
from common.domain.users import UserId

NOW = datetime(2026, 11, 25, 12, tzinfo=timezone.utc)

#: Members and their types, `format: uri`, and the pattern of dates: what the upstream schema (v1.0.0) asks for.
SECTIONS = {
    *("work", "volunteer", "education", "awards", "certificates", "publications"),
    *("skills", "languages", "interests", "references", "projects"),
}
DATES = {"startDate", "endDate", "date", "releaseDate"}
DATE = re.compile(r"[1-2]\d{3}(-[0-1]\d(-[0-3]\d)?)?")
URI = re.compile(r"[a-z][a-z0-9+.-]*:[!-~]+")

RESUME = {
    "basics": {"name": "林晓雯", "url": "example.com/林", "profiles": [{"network": "GitHub", "url": "github.com/lin"}]},
    "work": [{"name": "云帆", "startDate": "2019-03", "url": "https://a.example", "x_cn": {"current": True}}],
    "education": [{"institution": "东湖大学", "endDate": "2016", "x_cn": {"tags": ["985"]}}],
    "x_cn": {"personal": {"民族": "汉"}},
    "meta": {"version": "v1.0.0", "x_cn": {"provenance": {"/basics/name": {"page": 1}}, "unplaced": ["x"]}},
}


def _breaches(value: Any, name: str = "", path: str = "") -> list[str]:
    if isinstance(value, dict):
        own = [f"{path}/x_cn"] if "x_cn" in value else []
        return own + [breach for key, part in value.items() for breach in _breaches(part, key, f"{path}/{key}")]
    if isinstance(value, list):
        return [breach for part in value for breach in _breaches(part, name, f"{path}/#")]
    wrong = (name in DATES and not DATE.fullmatch(value)) or (name == "url" and not URI.fullmatch(value))
    return [path] if wrong else []


def test_resume_is_plain_json_resume_when_it_is_exported() -> None:
    ours = Resume.model_validate(RESUME).as_json_resume()

    plain = plain_json_resume(ours)

    assert len(_breaches(ours)) >= 6
    assert _breaches(plain) == []
    assert set(plain) - {"basics", "meta"} <= SECTIONS
    assert all(isinstance(plain[section], list) for section in set(plain) & SECTIONS)
    assert plain["basics"]["url"] == "https://example.com/%E6%9E%97"
    assert plain["work"][0] == {"name": "云帆", "startDate": "2019-03", "url": "https://a.example"}
    assert plain["meta"] == {"version": "v1.0.0"}


@pytest.mark.parametrize(
    ("written", "exported"),
    [
        ("github.com/lin", "https://github.com/lin"),
        ("http://a.example/x?y=1#z", "http://a.example/x?y=1#z"),
        ("mailto:a@example.com", "mailto:a@example.com"),
        ("a.example/a b", "https://a.example/a%20b"),
    ],
)
def test_address_is_a_uri_when_it_is_exported(written: str, exported: str) -> None:
    assert plain_json_resume({"basics": {"url": written}}) == {"basics": {"url": exported}}


def test_nothing_is_left_of_an_entry_when_all_of_it_was_ours() -> None:
    assert plain_json_resume({"work": [{"x_cn": {"heading": "经历"}}, {"name": "云帆"}]}) == {
        "work": [{"name": "云帆"}]
    }


def test_age_of_an_export_is_read_from_its_key() -> None:
    key = export_key(UserId("u_1"), "06f", now=NOW)

    assert key == f"exports/u_1/{int(NOW.timestamp())}-06f.json"
    assert exported_at_s(key) == int(NOW.timestamp())
    assert exported_at_s("exports/u_1/x.json") is None
