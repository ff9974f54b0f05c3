"""Where each value came from: JSON pointer → {page, line, box, method, confidence}."""

from collections.abc import Iterator, Sequence
from typing import Any

from common.domain.parsing.draft import Draft
from common.domain.parsing.found import PATTERN, Found
from common.domain.parsing.rows import Row
from common.domain.resume.text import fold

_OCR_CONFIDENCE = 0.9  # what recognition takes off a rule's confidence
_ENTRY_FIELDS = (
    "name", "position", "location", "organization", "institution", "area", "study_type", "score", "title", "entity", "url",
    "start_date", "end_date",
)  # fmt: skip


def provenance_of(draft: Draft) -> dict[str, dict[str, Any]]:
    """Scalar fields whose row is known: those of basics, and of every entry by the rows it was read from."""
    found = {f"/basics/{name}": place for name, place in draft.basics.items()}
    for (section, index), rows in draft.entry_rows.items():
        entry = getattr(draft.resume, section)[index]
        for name, place in _fields(entry, rows):
            found[f"/{section}/{index}/{name}"] = place
    return {pointer: _where(place) for pointer, place in found.items()}


def _fields(entry: Any, rows: Sequence[Row]) -> Iterator[tuple[str, Found]]:
    raw_date = entry.x_cn.date_raw if entry.x_cn else None
    for name in _ENTRY_FIELDS:
        value = getattr(entry, name, None)
        printed = raw_date if name.endswith("_date") else value
        row = _row_with(printed, rows) if value and printed else None
        if row:
            yield type(entry).model_fields[name].alias or name, Found(str(value), row, PATTERN)


def _row_with(text: str, rows: Sequence[Row]) -> Row | None:
    wanted = fold(text)
    return next((row for row in rows if wanted and wanted in fold(row.text)), None)


def _where(found: Found) -> dict[str, Any]:
    line = found.row.line
    confidence = found.confidence * (_OCR_CONFIDENCE if line.method == "ocr" else 1)
    place: dict[str, Any] = {"page": line.page, "line": found.row.number}
    if line.box:
        place["box"] = [round(edge, 1) for edge in line.box]
    return {**place, "method": line.method, "confidence": round(confidence, 2)}
