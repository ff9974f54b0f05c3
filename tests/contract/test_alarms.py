"""What scripts/deployment asks of the log service is what our lines really have: fields, kinds, triggers, and their types."""

import ast
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from common.logs import FIELDS
from tests.contract.source_tree import ROOT, sources

OWN = ROOT / "scripts/deployment"
ALARMS: list[dict[str, Any]] = yaml.safe_load((OWN / "alarms.yml").read_text("utf-8"))["alarms"]
INDEX: dict[str, Any] = yaml.safe_load((OWN / "logs.yml").read_text("utf-8"))
INDEXED = {name: kind for kind in ("text", "long", "double") for name in INDEX[kind]}

#: Fields that are in every line, beside those of FIELDS.
ALWAYS = {"kind", "ts"}

_CONDITION = re.compile(r"(\w+):(?:\"(\w+)\"|([<>=]*\d+))")
_WORDS_OF_SQL = {"select", "as", "found", "count", "approx_percentile"}


def _query(alarm: dict[str, Any]) -> tuple[list[tuple[str, str]], set[str]]:
    """The conditions as (field, value), and the fields that the SQL behind the bar counts."""
    search, _, sql = alarm["query"].partition("|")
    return [(field, text or number) for field, text, number in _CONDITION.findall(search)], set(
        re.findall(r"[a-z_]+", sql)
    ) - _WORDS_OF_SQL


def _kinds() -> set[str]:
    """What `logs.write`, `note` and their like are called with, in the code."""
    return {text for file in sources("common") for call in _calls(file.tree) for text in _first_texts(call)}


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("write", "note"):
            yield node


def _first_texts(call: ast.Call) -> Iterator[str]:
    for node in ast.walk(call.args[0]) if call.args else ():
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _is_ours(field: str) -> bool:
    return field in FIELDS | ALWAYS or field.startswith("SCF_")


@pytest.mark.parametrize("alarm", ALARMS, ids=lambda alarm: alarm["name"])
def test_query_asks_for_fields_that_lines_have_and_the_index_knows(alarm: dict[str, Any]) -> None:
    conditions, counted = _query(alarm)

    asked = {field for field, _ in conditions} | counted
    assert asked
    assert [field for field in asked if not _is_ours(field)] == []
    assert [field for field in asked if field not in INDEXED] == []


@pytest.mark.parametrize("alarm", ALARMS, ids=lambda alarm: alarm["name"])
def test_numbers_are_compared_and_texts_are_searched(alarm: dict[str, Any]) -> None:
    conditions, counted = _query(alarm)

    wrong = [field for field, value in conditions if value[-1].isdigit() != (INDEXED[field] != "text")]

    assert wrong == []
    assert [field for field in counted if INDEXED[field] == "text"] == []


def test_every_kind_that_is_searched_is_written() -> None:
    searched = {value for alarm in ALARMS for field, value in _query(alarm)[0] if field == "kind"}

    assert len(searched) >= 3
    assert searched <= _kinds()
    assert "diary" not in _kinds()


def test_every_trigger_that_is_searched_is_written() -> None:
    searched = {value for alarm in ALARMS for field, value in _query(alarm)[0] if field == "trigger"}
    platform = "".join(file.text for file in sources("common/platform"))

    assert searched == {"http", "web", "timer"}
    assert [trigger for trigger in searched if f'"{trigger}"' not in platform] == []


def test_the_index_names_only_fields_that_lines_have() -> None:
    assert len(INDEXED) >= 20
    assert [field for field in INDEXED if not _is_ours(field)] == []
    assert len(INDEXED) == sum(len(INDEX[kind]) for kind in ("text", "long", "double"))
