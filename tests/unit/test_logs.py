"""The log: one JSON line, and nothing in it that nobody listed."""

import json
import logging
import math
from dataclasses import dataclass
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common import logs
from common.errors import VendorRejected

SECRET = "秘密-4f1d"
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.just(SECRET)
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)


def written(capsys) -> dict:
    (line,) = capsys.readouterr().out.removesuffix("\n").split("\n")  # splitlines would also cut at U+0085
    document = json.loads(line, parse_constant=lambda constant: pytest.fail(f"{constant} is no JSON"))
    assert datetime.fromisoformat(document.pop("ts")).tzinfo is not None
    return document


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fields=st.dictionaries(st.text() | st.sampled_from(sorted(logs.FIELDS)), VALUES, max_size=6))
def test_only_listed_fields_get_out_whatever_is_written(capsys, fields):
    capsys.readouterr()

    logs.write("call", fields)

    line = written(capsys)
    assert line["kind"] == "call"
    assert set(line) - {"kind"} <= logs.FIELDS & set(fields)
    assert all(isinstance(value, (str, int, float, list)) for value in line.values())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text().filter(lambda name: name not in logs.FIELDS))
def test_secret_stays_inside_when_its_field_is_not_listed(capsys, name):
    capsys.readouterr()

    logs.write("call", {name: SECRET, "code": "ok"})

    assert SECRET not in capsys.readouterr().out


@pytest.mark.parametrize(
    "value",
    [
        {"body": SECRET},
        SECRET.encode(),
        VendorRejected(body=SECRET),
        ValueError(SECRET),
        {SECRET},
        [[SECRET], {"a": SECRET}],
    ],
)
def test_secret_stays_inside_when_a_listed_field_holds_a_thing_with_an_inside(capsys, value):
    logs.write("call", {"error": value})

    assert SECRET not in capsys.readouterr().out


def test_line_is_readable_when_it_has_numbers_texts_and_lists(capsys):
    logs.write(
        "call",
        {"code": "坏", "status": 503, "cold": True, "latency_ms": 1.5, "problems": ["A: missing", 2], "stage": None},
    )

    assert written(capsys) == {
        "kind": "call",
        "code": "坏",
        "status": 503,
        "cold": True,
        "latency_ms": 1.5,
        "problems": ["A: missing", "2"],
    }


def test_kind_is_the_callers_when_a_field_has_that_name_too(capsys):
    logs.write("call", {"kind": "other"})

    assert written(capsys) == {"kind": "call"}


def test_text_is_cut_when_it_is_endless(capsys):
    logs.write("call", {"path": "x" * 100_000, "problems": ["y"] * 100_000})

    line = written(capsys)
    assert (len(line["path"]), len(line["problems"])) == (logs.LONGEST_TEXT, logs.MOST_ITEMS)


@pytest.mark.parametrize("value", [math.nan, math.inf, "\ud800", "a\nb\u2028c"])
def test_line_stays_one_valid_line_when_a_value_is_odd(capsys, value):
    logs.write("call", {"code": value})

    output = capsys.readouterr().out
    assert output.count("\n") == 1
    assert json.loads(output)["kind"] == "call"


def test_libraries_are_quiet_when_the_platform_made_everything_loud():
    root = logging.getLogger()
    before = root.level
    root.setLevel(logging.DEBUG)

    logs.quiet_libraries()

    loud = [
        name for name in ("httpx", "urllib3", "qcloud_cos") if logging.getLogger(name).isEnabledFor(logging.WARNING)
    ]
    assert (root.level, loud) == (logging.WARNING, [])
    root.setLevel(before)


def test_two_users_are_told_apart_and_not_named_when_written():
    first, second = logs.pseudonym("u_han"), logs.pseudonym("u_li")

    assert first == logs.pseudonym("u_han")
    assert first != second
    assert "han" not in first


@dataclass
class Broken:
    """Its generated __init__ is a frame without a file."""

    text: str

    def __post_init__(self) -> None:
        raise ValueError(self.text)


def test_place_is_named_without_the_message_when_an_error_is_located():
    with pytest.raises(ValueError, match=SECRET) as raised:
        Broken(SECRET)

    place = logs.where(raised.value)

    assert "unit/test_logs.py:" in place
    assert "<string>:" in place
    assert SECRET not in place


def test_place_is_empty_when_an_error_was_never_raised():
    assert logs.where(ValueError()) == ""
