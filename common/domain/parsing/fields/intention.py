"""求职意向: position, cities, salary, when available, kind of employment."""

import re
from collections.abc import Sequence

from common.domain.parsing.fields.places import is_place
from common.domain.parsing.pieces import label_name, pieces
from common.domain.parsing.rows import Row
from common.domain.resume.model import Intention

_SALARY = re.compile(
    r"\d[\d.,]*\s*[kK万元]?\s*[-–~至到]\s*\d[\d.,]*\s*[kK万元]\S*|\d[\d.,]*\s*[kK万元](?:[/每]\S*)?|(?:薪资)?面议"
)
_TYPE = re.compile(r"全职|兼职|实习|校招|社招|应届")
_AVAILABLE = re.compile(r".*到岗|随时.*|离职.*|在职.*|.*周内.*")


def find_intention(rows: Sequence[Row], pairs: Sequence[tuple[str, str, str, Row]]) -> Intention | None:
    """`rows` are those of an intention section; `pairs` are labelled values from anywhere near the top."""
    found = Intention()
    here = {row.number for row in rows}
    for name, _, value, row in pairs:
        if name == "position" or (name == "job" and row.number in here):
            _sort_in(found, pieces(value) or [value])
        elif name == "city":
            found.cities += [city for city in re.split(r"[/、,，\s]+", value) if city]
        elif name in ("salary", "available", "employment_type"):
            setattr(found, name, getattr(found, name) or value)
    for row in rows:
        if not any(label_name(re.split(r"[:：]", part)[0]) for part in re.split(r"\s{2,}|[|｜]", row.plain)):
            _sort_in(found, pieces(row.plain))
    return found if found.model_dump(exclude_defaults=True) else None


def _sort_in(found: Intention, parts: list[str]) -> None:
    for part in parts:
        if _SALARY.fullmatch(part) and not found.salary:
            found.salary = part
        elif is_place(part):
            found.cities.append(part)
        elif _TYPE.fullmatch(part) and not found.employment_type:
            found.employment_type = part
        elif _AVAILABLE.fullmatch(part) and not found.available:
            found.available = part
        elif part not in found.positions and len(part) <= 40:
            found.positions.append(part)
