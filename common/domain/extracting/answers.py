"""Answers of the model → one resume's content. Long texts come as numbers of lines and are copied, never written anew."""

from collections.abc import Mapping, Sequence
from typing import Any

from common.domain.extracting.parts import Part
from common.domain.parsing.rows import Row
from common.domain.resume import Resume
from common.domain.resume.text import join_wrapped

#: Members that hold long texts: there a pair of numbers [first, last] stands for those lines.
LONG_TEXTS = frozenset({"summary", "description", "highlights", "reference"})

_MOST_LINES = 40


def read_answer(content: Mapping[str, Any], part: Part) -> dict[str, Any]:
    """The members the part may fill, with lines in the place of their numbers. pydantic's ValidationError for another shape.

    Anything else in the answer is left out: a question about the work cannot change the name.
    """
    by_number = {row.number: row for row in part.rows}
    own = {name: _copied(content[name], "", by_number) for name in part.members if name in content}
    Resume.model_validate(own)
    return own


def merged(draft: Resume, answers: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The rules' reading, with the members that an answer speaks of replaced by it."""
    content = draft.as_json_resume()
    for answer in answers:
        content.update(answer)
    return content


def _copied(value: Any, name: str, rows: Mapping[int, Row]) -> Any:
    if isinstance(value, Mapping):
        return {key: _copied(item, str(key), rows) for key, item in value.items()}
    if name in LONG_TEXTS and _is_range(value):
        return _text(value, rows)
    if isinstance(value, list):
        items = [_copied(item, name, rows) for item in value]
        return [item for item in items if item not in (None, "")]
    return value


def _is_range(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(isinstance(number, int) and not isinstance(number, bool) for number in value)
    )


def _text(numbers: Sequence[int], rows: Mapping[int, Row]) -> str | None:
    """Lines that a page's width broke are one text again; None when the numbers are of no lines of this part."""
    first, last = numbers
    if not first <= last < first + _MOST_LINES:
        return None
    held = [rows[number] for number in range(first, last + 1) if number in rows]
    text = ""
    for row in held:
        text = join_wrapped(text, row.plain or row.text) if text else row.plain or row.text
    return text or None
