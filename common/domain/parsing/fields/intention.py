"""求职意向: position, cities, salary, when available, kind of employment."""

import re
from collections.abc import Sequence

from common.domain.parsing.fields.places import is_place
from common.domain.parsing.pieces import label_name, pieces
from common.domain.parsing.rows import Row
from common.domain.resume.model import Intention
from common.domain.resume.salary import Salary, is_salary

_TYPE = re.compile(r"(?:全职|兼职|实习|校招|社招|应届|全職|兼職)(?:生|/(?:全职|兼职|实习))?")
_AVAILABLE = re.compile(
    r".{0,12}到岗|随时.{0,12}|离职.{0,12}|在职.{0,16}|.{0,8}周内.{0,6}|.{0,8}个?月内.{0,6}|即日起?|一周|立即|即時.{0,6}"
)
_SEPARATORS = re.compile(r"[/、,，;；]|\s{2,}|\s+(?=[\u4e00-\u9fff])")
_LONGEST_POSITION = 40


def find_intention(rows: Sequence[Row], pairs: Sequence[tuple[str, str, str, Row]]) -> Intention | None:
    """`rows` are those of an intention section; `pairs` are labelled values from anywhere near the top."""
    found = Intention()
    here = {row.number for row in rows}
    for name, _, value, row in pairs:
        if name == "position" or (name == "job" and row.number in here):
            _sort_in(found, pieces(value) or [value])
        elif name == "city":
            found.cities += [city for city in _SEPARATORS.split(value) if city and city not in found.cities]
        elif name == "salary" and found.salary is None:
            found.salary = Salary.from_text(value)
        elif name in ("available", "employment_type") and not getattr(found, name):
            setattr(found, name, value)
    for row in rows:
        if not re.search(r"[:：]", row.plain) and not any(
            label_name(re.split(r"[:：]", part)[0]) for part in re.split(r"\s{2,}|[|｜]", row.plain)
        ):
            _sort_in(found, pieces(row.plain))
    return found if found.model_dump(exclude_defaults=True) else None


def _sort_in(found: Intention, parts: Sequence[str]) -> None:
    for part in parts:
        if is_salary(part) and found.salary is None:
            found.salary = Salary.from_text(part)
        elif is_place(part):
            found.cities += [] if part in found.cities else [part]
        elif _TYPE.fullmatch(part) and not found.employment_type:
            found.employment_type = part
        elif _AVAILABLE.fullmatch(part) and not found.available:
            found.available = part
        elif part not in found.positions and len(part) <= _LONGEST_POSITION and not re.search(r"[:：]", part):
            found.positions.append(part)
