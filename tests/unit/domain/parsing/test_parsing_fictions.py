"""Resumes of people who do not exist, in the layouts that people really use: every given field has to be right."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from common.domain.parsing.pieces import close_letter_spacing, label_name
from common.domain.parsing.rows import number_rows
from common.domain.parsing.structure import structure
from common.domain.resume.text import fold, han_count
from tests.unit.domain.parsing.fictions import (
    blind,
    campus,
    english,
    forms,
    latex,
    senior,
    sites,
    templates,
    traditional,
)
from tests.unit.domain.parsing.fictions.fiction import Fiction, seen

ALL = (
    *latex.FICTIONS,
    *templates.FICTIONS,
    *forms.FICTIONS,
    *english.FICTIONS,
    *traditional.FICTIONS,
    *campus.FICTIONS,
    *senior.FICTIONS,
    *sites.FICTIONS,
    *blind.FICTIONS,
)


#: Members whose words are ours and not the document's.
OURS = ("startDate", "endDate", "date", "releaseDate", "kind", "network", "unit", "meta", "personal")


#: Words that only join a value to its date.
SERVING = ("年取得",)


def texts_of(value: Any, *, skipped: tuple[str, ...]) -> Iterator[str]:
    """Every text below the value, with the keys of personal fields, which are labels as printed."""
    if isinstance(value, str):
        yield value
    for key, item in value.items() if isinstance(value, dict) else ():
        if key not in skipped:
            yield from item if key == "personal" else ()
            yield from texts_of(item, skipped=skipped)
    for item in value if isinstance(value, list) else ():
        yield from texts_of(item, skipped=skipped)


def words_of(text: str) -> list[str]:
    """Chunks of a row that are neither labels nor single letters (icons, bullets)."""
    chunks = re.split(r"[^\w@.+#*]+", close_letter_spacing(text))
    return [chunk for chunk in chunks if (len(fold(chunk)) > 1 or han_count(chunk)) and not label_name(chunk)]


def is_kept(word: str, kept: str) -> bool:
    """In one piece, or its core: 硕士研究生 becomes 硕士, 文秘专业 becomes 文秘, 在甲担任乙 becomes 甲 and 乙."""
    size = max(min(len(word), 2), len(word) // 3)
    return word in SERVING or any(word[start : start + size] in kept for start in range(len(word) - size + 1))


@pytest.mark.parametrize("fiction", ALL, ids=lambda fiction: fiction.id)
def test_fiction_is_read_as_a_person_would_read_it(fiction: Fiction) -> None:
    expected = fiction.expected

    resume = seen(structure(fiction.lines))

    assert {name: resume[name] for name in expected} == expected


@pytest.mark.parametrize("fiction", ALL, ids=lambda fiction: fiction.id)
def test_fiction_loses_no_line_and_invents_no_value(fiction: Fiction) -> None:
    rows = number_rows(fiction.lines)
    source = "".join(row.folded for row in rows)

    content = structure(fiction.lines).as_json_resume()

    kept = "".join(fold(text) for text in texts_of(content, skipped=("provenance", "review", "warnings")))
    assert [word for row in rows for word in words_of(row.text) if not is_kept(fold(word), kept)] == []
    printed = [part for text in texts_of(content, skipped=OURS) for part in re.split(r"\s{2,}", text)]
    assert [text for text in printed if fold(text) not in source] == []


def test_fictions_have_names_of_their_own() -> None:
    ids = [fiction.id for fiction in ALL]

    assert len(set(ids)) == len(ids) > 50
