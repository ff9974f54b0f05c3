"""What holds for every document: nothing is lost, nothing is invented, nothing raises."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.domain.parsing.labels import LABELS
from common.domain.parsing.source import Line
from common.domain.parsing.structure import structure
from common.domain.resume.sections import simplified
from common.domain.resume.text import fold
from tests.unit.domain.parsing import sources

PRINTED_LABELS = {fold(label) for forms in LABELS.values() for label in forms.split()}
OURS = ("startDate", "endDate", "date", "releaseDate", "kind", "network", "provenance", "warnings", "review", "unit")
POOL = sorted({row for text in sources.ALL.values() for row in text.split("\n")})
NOISE = st.text(alphabet="教育经历：|·• -（）2019.07至今AbC项目名称学校\t0/", max_size=30)


def printed(value: Any) -> Iterator[str]:
    """Every text of the result that claims to come from the document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in OURS:
                yield from printed(item)
    elif isinstance(value, list):
        for item in value:
            yield from printed(item)


def words(row: str) -> list[str]:
    """The row's words that are neither a label nor an icon."""
    joined = re.sub(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])\s+([\u4e00-\u9fff])(?=\s*(?:[:：|]|$))", r"\1\2", row)
    parts = (fold(part) for part in re.split(r"[\s,，;；、|·•:：()（）\-–—~/。.]+", joined))
    return [part for part in parts if len(part) > 1 and simplified(part) not in PRINTED_LABELS]


def lost(rows: list[str]) -> list[str]:
    result = structure([Line(row) for row in rows]).as_json_resume()
    whole = fold(" ".join(str(part) for part in _everything(result)))
    return [word for row in rows for word in words(row) if not _held(word, whole)]


def _held(word: str, whole: str) -> bool:
    """In one piece, or cut where a level or a date was taken out of it (了解Go, 3月至今)."""
    return word in whole or any(word[:cut] in whole and word[cut:] in whole for cut in range(1, len(word)))


def _everything(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _everything(item)
    elif isinstance(value, list):
        for item in value:
            yield from _everything(item)
    else:
        yield value


@pytest.mark.parametrize("name", sources.ALL)
def test_structure_keeps_every_word_of_a_resume(name: str) -> None:
    assert lost(sources.ALL[name].split("\n")) == []


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.sampled_from(POOL), max_size=30))
def test_structure_keeps_every_word_when_the_rows_come_in_any_order(rows: list[str]) -> None:
    assert lost(rows) == []


@pytest.mark.parametrize("name", sources.ALL)
def test_structure_invents_nothing(name: str) -> None:
    result = structure(sources.lines(sources.ALL[name])).as_json_resume()
    result["meta"]["x_cn"].pop("headings")

    source = fold(sources.ALL[name])

    assert [
        text for text in printed(result) if fold(text) not in source and text not in result["x_cn"]["personal"]
    ] == []


@settings(max_examples=80, deadline=None)
@given(rows=st.lists(st.one_of(NOISE, st.sampled_from(POOL)), max_size=25))
def test_structure_never_raises_whatever_the_rows_are(rows: list[str]) -> None:
    resume = structure([Line(row, box=(1, 12.0 * place, 90, 12.0 * place + 9)) for place, row in enumerate(rows)])

    assert all(entry.x_cn is not None for entry in resume.work + resume.education)


def test_structure_of_nothing_is_an_empty_resume_with_warnings() -> None:
    resume = structure([])

    assert resume.basics.name is None
    assert "没有找到姓名，请补充" in resume.meta.x_cn.warnings
