"""bucket.yml, logs.yml and alarms.yml: what they name exists, and alarms ask only for what is indexed."""

from __future__ import annotations

import re

import pytest

from common.logs import FIELDS
from scripts.deployment.parts.alarms import kind_of
from scripts.deployment.parts.logs import index_rule
from scripts.deployment.parts.storage import plain
from scripts.deployment.written import read_own

ALARMS = read_own("alarms")["alarms"]
LOGS = read_own("logs")
INDEXED = {name for kind in ("text", "long", "double") for name in LOGS[kind]}


def test_indexed_fields_are_printed_by_the_product_or_the_platform() -> None:
    ours = {name for name in INDEXED if not name.startswith("SCF_")}

    assert len(ours) >= 20
    assert ours - FIELDS == set()


@pytest.mark.parametrize("alarm", ALARMS, ids=lambda alarm: alarm["name"])
def test_alarm_asks_for_indexed_fields_and_compares_what_it_selects(alarm: dict[str, object]) -> None:
    condition, _, selected = str(alarm["query"]).partition(" | ")
    asked = set(re.findall(r"(\w+):", condition)) | set(re.findall(r"percentile\((\w+)", selected))

    assert asked
    assert asked - INDEXED == set()
    assert " as found" in selected
    assert re.fullmatch(r"\$1\.found (>|=) \d+", str(alarm["tell"]))
    assert alarm["level"] in (0, 1, 2)


def test_names_of_alarms_differ() -> None:
    assert len({alarm["name"] for alarm in ALARMS}) == len(ALARMS) >= 9


def test_numbers_are_indexed_as_numbers_without_words() -> None:
    keys = {entry["Key"]: entry["Value"] for entry in index_rule(LOGS)["KeyValue"]["KeyValues"]}

    assert keys["status"] == {"Type": "long", "SqlFlag": True}
    assert "Tokenizer" in keys["function"]


def test_ids_of_bucket_rules_tell_ours_from_others() -> None:
    rules = [*read_own("bucket")["lifecycle"], *read_own("bucket")["cors"]]

    assert len(rules) >= 3
    assert [rule for rule in rules if not rule["id"].startswith("mojian-")] == []


def test_lifecycle_expires_packages_and_what_was_read_and_nothing_that_is_shown_later() -> None:
    prefixes = read_own("bucket")["prefixes"]

    expiring = [rule["prefix"] for rule in read_own("bucket")["lifecycle"] if "expire_days" in rule]

    assert expiring == ["deploy/", "uploads/"]
    assert "deploy" not in prefixes


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1", "WeCom"),
        ("https://open.feishu.cn/open-apis/bot/v2/hook/1", "Lark"),
        ("https://oapi.dingtalk.com/robot/send", "DingTalk"),
        ("https://example.com/hook", "Http"),
    ],
)
def test_webhook_is_told_by_its_host(url: str, kind: str) -> None:
    assert kind_of(url) == kind


def test_rules_compare_equal_as_they_come_back_from_xml() -> None:
    sent = {"ID": "a", "AllowedMethod": ["GET"], "MaxAgeSeconds": 600, "Filter": {"Prefix": ""}}
    came_back = {"ID": "a", "AllowedMethod": "GET", "MaxAgeSeconds": "600", "Filter": {"Prefix": None}}

    assert plain(sent) == plain(came_back)
