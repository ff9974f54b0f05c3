"""Where each value came from: JSON pointer (RFC 6901) → {page, line, box, method, confidence}, for every text of the resume."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from common.domain.parsing.draft import Draft
from common.domain.parsing.found import PATTERN
from common.domain.parsing.rows import Row
from common.domain.resume.text import fold

_RECOGNISED = 0.9  # what recognition takes off a rule's confidence when the engine does not say how sure it is
_LISTED = 0.85  # a text that was put where its section says
_DERIVED = 0.7  # a conclusion (internship, GitHub) drawn from the entry it stands in
_ENOUGH = 0.6  # share of a joined paragraph that its rows have to make up
_DATES = frozenset({"startDate", "endDate", "date", "releaseDate"})
_Leaf = tuple[tuple[str | int, ...], str]


def provenance_of(draft: Draft, content: Mapping[str, Any], rows: Sequence[Row]) -> dict[str, dict[str, Any]]:
    """`content` is the draft in its outer shape, `rows` are all rows; a value of an entry is looked for in its own rows first."""
    found: dict[str, dict[str, Any]] = {}
    for path, value in _leaves({name: part for name, part in content.items() if name != "meta"}):
        own = _own_rows(path, draft)
        at = locate(_printed(path, value, content), own) or locate(value, rows)
        if at or own:
            found[pointer(path)] = _where(at or own[:1], _sure(path, draft, printed=bool(at)))
    return found


def located(content: Mapping[str, Any], rows: Sequence[Row]) -> dict[str, dict[str, Any]]:
    """The same for a reading of which nothing is known but that its values stand in the document."""
    found = ((path, locate(value, rows)) for path, value in _leaves({k: v for k, v in content.items() if k != "meta"}))
    return {pointer(path): _where(at, _LISTED) for path, at in found if at}


def pointer(path: Sequence[str | int]) -> str:
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def locate(text: str, rows: Sequence[Row]) -> list[Row]:
    """The row that holds the text, else the rows that were joined into it; empty when it stands nowhere."""
    wanted = fold(text)
    if not wanted:
        return []
    for row in rows:
        if wanted in row.folded:
            return [row]
    parts = [row for row in rows if len(row.folded) > 1 and row.folded in wanted]
    return parts if sum(len(row.folded) for row in parts) >= _ENOUGH * len(wanted) else []


def _leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[_Leaf]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _leaves(item, (*path, str(key)))
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from _leaves(item, (*path, place))


def _own_rows(path: Sequence[str | int], draft: Draft) -> Sequence[Row]:
    if path[0] == "basics" and len(path) == 2 and path[1] in draft.basics:
        return [draft.basics[str(path[1])].row]
    return draft.entry_rows.get((str(path[0]), int(path[1])), ()) if len(path) > 2 and isinstance(path[1], int) else ()


def _printed(path: Sequence[str | int], value: str, content: Mapping[str, Any]) -> str:
    """A date is looked for as it was printed."""
    if path[-1] not in _DATES or not isinstance(path[1], int):
        return value
    raw = content[str(path[0])][path[1]].get("x_cn", {}).get("date_raw")
    return raw if isinstance(raw, str) else value


def _sure(path: Sequence[str | int], draft: Draft, *, printed: bool) -> float:
    if path[0] == "basics" and len(path) == 2 and path[1] in draft.basics:
        return draft.basics[str(path[1])].confidence
    if len(path) == 3 and isinstance(path[1], int):
        name = _snake(str(path[2]))
        if (str(path[0]), path[1], name) in draft.sure:
            return draft.sure[str(path[0]), path[1], name]
    if path[-1] in _DATES:
        return PATTERN
    return _LISTED if printed else _DERIVED


def _snake(name: str) -> str:
    return "".join("_" + char.lower() if char.isupper() else char for char in name)


def _where(rows: Sequence[Row], sure: float) -> dict[str, Any]:
    """Of the first row; `box` is around all rows on its page, in the unit of the source."""
    first = rows[0]
    trusts = [_trust(row) for row in rows]
    place: dict[str, Any] = {"page": first.line.page, "line": first.number}
    boxes = [row.line.box for row in rows if row.line.box and row.line.page == first.line.page]
    if boxes:
        left, top, right, bottom = zip(*boxes, strict=True)
        place["box"] = [round(edge, 1) for edge in (min(left), min(top), max(right), max(bottom))]
    return {**place, "method": first.line.method, "confidence": round(sure * min(trusts), 2)}


def _trust(row: Row) -> float:
    if row.line.method != "ocr":
        return 1.0
    return row.line.confidence if row.line.confidence < 1 else _RECOGNISED
