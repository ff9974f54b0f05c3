"""docs/runbook.md: every alert somebody can get has an entry, and no entry is about one that nobody gets."""

import re
from typing import Any

import yaml

from common.domain.monitoring.thresholds import THRESHOLDS
from tests.contract.source_tree import ROOT

PAGE = (ROOT / "docs/runbook.md").read_text("utf-8")
ALARMS: list[dict[str, Any]] = yaml.safe_load((ROOT / "scripts/deployment/alarms.yml").read_text("utf-8"))["alarms"]


def _entries() -> dict[str, str]:
    """Heading → text, of the third level."""
    parts = re.split(r"^### (.+)$", PAGE, flags=re.MULTILINE)
    return dict(zip(parts[1::2], (text.split("\n## ")[0] for text in parts[2::2]), strict=True))


def test_every_alert_has_an_entry_and_every_entry_an_alert() -> None:
    alerts = {threshold.name for threshold in THRESHOLDS} | {alarm["name"] for alarm in ALARMS}

    assert len(alerts) >= 20
    assert set(_entries()) == alerts


def test_every_entry_says_what_it_means_where_to_look_and_what_to_do() -> None:
    empty = [
        name
        for name, text in _entries().items()
        if len(text.split("\n- ")[0].strip()) < 40 or "- Look" not in text or not re.search(r"[Dd]o: ", text)
    ]

    assert empty == []


def test_the_urgent_ones_are_called_urgent() -> None:
    called = {name for name, text in _entries().items() if "Urgent." in text}

    assert called == {threshold.name for threshold in THRESHOLDS if threshold.urgent}
