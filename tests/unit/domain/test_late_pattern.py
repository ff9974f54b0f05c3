"""Regular expressions that are compiled when they are first used."""

import re

import pytest

from common.domain.late_pattern import late_pattern


def test_late_pattern_finds_what_a_compiled_one_finds() -> None:
    pattern = late_pattern("a(B+)", re.IGNORECASE)

    found = pattern.search("xAbb")

    assert found is not None
    assert found[1] == "bb"
    assert pattern.sub("-", "xabbx") == "x-x"


def test_late_pattern_raises_only_when_it_is_used() -> None:
    broken = late_pattern("(")

    with pytest.raises(re.error):
        broken.search("")
