"""Windows of long texts, and the worst of several rulings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.domain.moderation import OVERLAP, POLICIES, WINDOW, picture_state, windows, worst


@given(st.integers(0, 12_000))
def test_windows_cover_the_text_and_overlap(length):
    text = "".join(chr(0x4E00 + index % 997) for index in range(length))

    found = list(windows(text))

    assert all(len(window) <= WINDOW for window in found)
    assert found[0] + "".join(window[OVERLAP:] for window in found[1:]) == text if found else text == ""


def test_nothing_is_checked_when_there_are_only_blanks():
    assert list(windows(" \n\t")) == []


@pytest.mark.parametrize(
    ("rulings", "expected"),
    [([], "shown"), (["shown", "held"], "held"), (["held", "refused", "shown"], "refused")],
)
def test_worst_ruling_counts(rulings, expected):
    assert worst(rulings) == expected


@pytest.mark.parametrize("policy", POLICIES.values())
def test_risky_text_is_refused_everywhere(policy):
    assert policy.on("risky") == "refused"
    assert policy.on("pass") == "shown"


@pytest.mark.parametrize(("suggestion", "state"), [("pass", "passed"), ("review", "refused"), ("risky", "refused")])
def test_picture_is_shown_only_when_it_passed(suggestion, state):
    assert picture_state(suggestion) == state
