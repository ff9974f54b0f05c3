"""The rows of one section → entries. A date range, or a label such as 项目名称, is where an entry shows itself.

Authors are consistent inside a section: if one line stands above the first date, one line stands above every date.
That habit, read off the first entry, decides whether a short line closes the entry above or opens the one below.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from common.domain.parsing.columns import cells_by_name, cells_of, column_names
from common.domain.parsing.fields.places import is_place
from common.domain.parsing.pieces import label_name
from common.domain.parsing.rows import Row, aligned, is_full_line
from common.domain.resume.dates import DateSpan, find_span, without_span
from common.domain.resume.text import FIELD_GAP, han_count, join_wrapped

_MOST_LINES_ABOVE_A_DATE = 2
_LONGEST_REMAINDER = 100  # in half-width characters
_DESCRIBED = re.compile(r"[^:：，。]{2,60}[:：]\s*\S")
_NUMBERED_PROJECT = re.compile(r"^(?:项目|案例|作品)[一二三四五六七八九十\d]{1,2}\s*[:：、.]?\s*\S")
_DURATION = re.compile(r"[（(]\s*(?:\d+\s*年)?\s*(?:零?\d+\s*个?月)?\s*[)）]")  # said of the date, not a name
_EXPECTED = re.compile(r"预计|预期|将于|expected", re.IGNORECASE)


@dataclass
class EntryRows:
    """`header` are the texts that name the entry, without the date; `body` what follows; `rows` all of its rows.

    `cells` are the values of a table row by the canonical name of their column.
    """

    header: list[str]
    span: DateSpan | None
    body: list[Row]
    rows: list[Row] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)


def split_entries(rows: Sequence[Row], *, opened_by: str) -> list[EntryRows]:
    """`opened_by` is the label that names an entry here: "school", "company" or "project"."""
    head = next((place for place, row in enumerate(rows) if column_names(row)), None)
    if head is not None:
        table = _table_entries(rows[head + 1 :], column_names(rows[head]) or [])
        before = _free_entries(rows[:head], opened_by=opened_by) if head else []
        return before + (table or _free_entries(rows[head + 1 :], opened_by=opened_by))
    return _free_entries(rows, opened_by=opened_by)


def _table_entries(rows: Sequence[Row], names: Sequence[str]) -> list[EntryRows]:
    """Rows of that many cells are entries, other rows are what their entry did; none when no row fits."""
    entries: list[EntryRows] = []
    for row in rows:
        cells = cells_by_name(row, names)
        if cells and not column_names(row):
            entries.append(_table_entry(row, names, cells))
        elif entries:
            entries[-1].rows.append(row)
            entries[-1].body.append(row)
        else:
            return []
    return entries


def _table_entry(row: Row, names: Sequence[str], cells: dict[str, str]) -> EntryRows:
    content = [
        cell
        for name, cell in zip(names, cells_of(row), strict=True)
        if name in ("duties", "other") and re.search(r"\w", cell)
    ]
    span = find_span(cells["time"]) if "time" in cells else row.span
    return EntryRows([], span, [replace(row, text=cell) for cell in content], [row], cells)


def _free_entries(rows: Sequence[Row], *, opened_by: str) -> list[EntryRows]:
    labelled = [place for place, row in enumerate(rows) if _opens_by_label(row, opened_by)]
    if labelled:
        return [_labelled_entry(part) for part in _cut(rows, _with_dates_above(rows, labelled))]
    dated = _dated_headers(rows)
    if not dated:
        return [_undated_entry(part) for part in _cut(rows, _undated_starts(rows))]
    above = _habit(rows, dated[0])
    starts = _starts(rows, dated, above)
    before = rows[: starts[0]]
    entries = [
        _dated_entry(part, anchor - start)
        for part, anchor, start in zip(_cut(rows, starts), dated, starts, strict=True)
    ]
    if opened_by != "project":
        return entries
    undated = [_undated_entry(part) for part in _cut(before, _undated_starts(before))]
    return [*undated, *(part for entry in entries for part in _with_undated_followers(entry))]


def _with_dates_above(rows: Sequence[Row], labelled: Sequence[int]) -> list[int]:
    """2017年3月—至今 / 公司：…: where the first label has its date above it, every label has."""
    if labelled[0] == 0 or not _is_bare_date(rows[labelled[0] - 1]):
        return list(labelled)
    return [place - 1 if _is_bare_date(rows[place - 1]) else place for place in labelled]


def _is_bare_date(row: Row) -> bool:
    """ "2017年3月—至今" or "工作时间：2017年3月—至今"."""
    span = find_span(row.plain)
    return bool(span and span.is_range and not _kept(row, span))


def _dated_headers(rows: Sequence[Row]) -> list[int]:
    """Bullets count only when the first entry is one itself: elsewhere a bullet with a date is content."""
    dated = [place for place, row in enumerate(rows) if _is_dated_header(row) and not _is_text(rows, place)]
    if dated and not rows[dated[0]].bulleted:
        dated = [place for place in dated if not rows[place].bulleted]
    return [place for place in dated if not (place - 1 in dated and _belongs_above(rows[place - 1], rows[place]))]


def _is_text(rows: Sequence[Row], place: int) -> bool:
    """A date inside running text; a line that begins with its date is never that."""
    span = rows[place].span
    return bool(span and span.begin > 0 and _wraps(rows, place))


def _belongs_above(first: Row, second: Row) -> bool:
    """ "预计 2016 年 3 月毕业", or the lower of two stacked date cells (end above start)."""
    return bool(_EXPECTED.search(second.text)) or _stacked(first, second) is not None


def _stacked(first: Row, second: Row) -> DateSpan | None:
    later, earlier = first.span, second.span
    if not later or not earlier or later.is_range or earlier.is_range or later.begin or earlier.begin:
        return None
    if not (earlier.has_month and later.has_month and (earlier.end or "") < (later.end or "")):
        return None
    return later._replace(raw=f"{later.raw.strip()}{FIELD_GAP}{earlier.raw.strip()}", start=earlier.end, is_range=True)


def _opens_by_label(row: Row, opened_by: str) -> bool:
    label = re.split(r"[:：]|\s\|\s", row.plain)[0]
    opens = (opened_by, "name") if opened_by == "project" else (opened_by,)
    named = len(label) < len(row.plain) and label_name(label) in opens
    return named or (opened_by == "project" and bool(_NUMBERED_PROJECT.match(row.plain)))


def _is_dated_header(row: Row) -> bool:
    """A range on a line with little else; a single date only at an edge of a line that is no bullet."""
    span = row.span
    if span is None or _width(without_span(row.text, span)) > _LONGEST_REMAINDER:
        return False
    if span.is_range:
        return not (row.bulleted and span.begin > 30 and row.text.endswith("。"))
    alone = re.search(r"(?:\s{2,}|\|\s*)$", row.text[: span.begin]) and re.match(
        r"毕业?(?=\s{2,}|\s*\|)|\s{2,}|\s*\|", row.text[span.stop :]
    )
    edge = (
        alone
        or re.fullmatch(r"[\s(（|·,，]*", row.text[: span.begin])
        or re.fullmatch(r"[\s)）|.·]*(?:年?毕业)?", row.text[span.stop :])
    )
    apart = re.search(r"\s{4,}$|\|\s*$|[(（]$|^$", row.text[: span.begin]) or re.match(
        r"\s{2,}|\s*\|", row.text[span.stop :]
    )
    return bool(edge and not row.bulleted and (span.has_month or apart) and not row.text.endswith(("。", "；")))


def _width(text: str) -> int:
    """In half-width characters, without punctuation."""
    words = re.sub(r"\W", "", text)
    return len(words) + han_count(words)


def _habit(rows: Sequence[Row], first: int) -> int:
    """How many naming lines stand above a date in this section (0, 1 or 2)."""
    count = 0
    while count < min(first, _MOST_LINES_ABOVE_A_DATE) and _names(rows[first - count - 1], rows[first]):
        count += 1
    return count


def _names(row: Row, anchor: Row) -> bool:
    return row.is_header_like and aligned(row, anchor) and not row.span


def _starts(rows: Sequence[Row], dated: Sequence[int], above: int) -> list[int]:
    starts: list[int] = []
    earliest = 0
    for anchor in dated:
        start = anchor
        while start > earliest and anchor - start < above and _names(rows[start - 1], rows[anchor]):
            start -= 1
        if start == anchor > earliest and _is_rest(rows[anchor - 1], rows[anchor]):
            start -= 1
        starts.append(start)
        earliest = anchor + 1
    return starts


def _cut(rows: Sequence[Row], starts: Sequence[int]) -> list[list[Row]]:
    stops = [*starts[1:], len(rows)] if starts else []
    return [list(rows[start:stop]) for start, stop in zip(starts, stops, strict=True)]


def _dated_entry(rows: list[Row], anchor: int) -> EntryRows:
    span = find_span(rows[anchor].plain)
    remainder = without_span(rows[anchor].plain, span) if span else rows[anchor].plain
    if lasted := _DURATION.match(remainder):
        remainder = f"{remainder[lasted.end() :].strip()}{FIELD_GAP}{lasted.group().strip()}".strip()
    header = [row.plain for row in rows[:anchor]] + ([remainder] if remainder else [])
    if len(header) > 1 and _is_rest_of(header[-2], remainder):
        header[-2:] = [join_wrapped(header[-2], remainder)]
    stacked = _stacked(*rows[anchor : anchor + 2]) if len(rows) > anchor + 1 else None
    body = rows[anchor + 1 :]
    if stacked:
        body = [replace(body[0], text=without_span(body[0].text, find_span(body[0].text) or stacked)), *body[1:]]
    return EntryRows(header, stacked or span, [row for row in body if row.text], rows)


def _is_rest(above: Row, row: Row) -> bool:
    span = row.span
    return bool(
        span
        and above.is_header_like
        and not above.span
        and _is_rest_of(above.plain, without_span(row.plain, find_span(row.plain) or span))
    )


def _is_rest_of(text: str, rest: str) -> bool:
    """A header that a narrow column broke: 后端开发工程 / 师    2014/7-2018/2; "… of Science in Electrical" / Engineering."""
    return bool(
        (re.fullmatch(r"[\u4e00-\u9fff]{1,2}", rest) and not is_place(rest))
        or (re.fullmatch(r"[A-Z][a-z]+", rest) and re.search(r"\b(?:in|of|and|&) [A-Z]\w+$", text))
    )


def _labelled_entry(rows: list[Row]) -> EntryRows:
    """The date may stand on its own line (项目时间：…) or behind the name."""
    for place, row in enumerate(rows[:5]):
        span = find_span(row.plain)
        if span and (span.is_range or place == 0):
            if place == 0:
                return EntryRows([without_span(row.plain, span)], span, rows[1:], rows)
            return EntryRows([rows[0].plain], span, [*rows[1:place], *_kept(row, span), *rows[place + 1 :]], rows)
    return EntryRows([rows[0].plain], None, rows[1:], rows)


def _kept(row: Row, span: DateSpan) -> list[Row]:
    """A line that only gives the time is used up by the date."""
    rest = without_span(row.plain, span).strip(" :：")
    return [] if not rest or label_name(rest) == "time" else [row]


def _undated_entry(rows: list[Row]) -> EntryRows:
    return EntryRows([rows[0].plain], None, rows[1:], rows)


def _undated_starts(rows: Sequence[Row]) -> list[int]:
    """Every naming line that follows content opens an entry; in a plain list every item is one."""
    if not rows:
        return []
    if all(row.bulleted for row in rows):
        return list(range(len(rows)))
    if described := _described_items(rows):
        return described
    starts = [0]
    for place in range(1, len(rows)):
        if _opens_undated(rows, place, starts[-1]):
            starts.append(place)
    return starts


def _described_items(rows: Sequence[Row]) -> list[int]:
    """ "• Name: what it is" over several lines each: every bullet opens one."""
    bulleted = [place for place, row in enumerate(rows) if row.bulleted]
    if len(bulleted) < 2 or bulleted[0] or not all(_DESCRIBED.match(rows[place].plain) for place in bulleted):
        return []
    return [] if any(label_name(re.split(r"[:：]", rows[place].plain)[0]) for place in bulleted) else bulleted


def _opens_undated(rows: Sequence[Row], place: int, start: int) -> bool:
    seen_content = any(row.bulleted or not row.is_header_like for row in rows[start + 1 : place])
    row, head = rows[place], rows[start]
    same_look = row.line.bold == head.line.bold and (row.line.size or 0) >= 0.97 * (head.line.size or 0)
    return (
        seen_content
        and not head.bulleted
        and row.is_header_like
        and aligned(row, head)
        and same_look
        and not _wraps(rows, place)
    )


def _wraps(rows: Sequence[Row], place: int) -> bool:
    """The line above is a full line of text that goes on here."""
    row, above = rows[place], rows[place - 1]
    if place == 0 or row.bulleted or FIELD_GAP in row.text + above.text or " | " in row.text + above.text:
        return False
    edge = max((row.line.box[2] for row in rows if row.line.box), default=0.0)
    return is_full_line(above, edge) and not above.text.endswith(("。", "."))


def _with_undated_followers(entry: EntryRows) -> list[EntryRows]:
    """Entries without a date hide in the body of the dated one before them; only geometry can tell."""
    if not entry.body or entry.rows[0].line.box is None or not any(row.bulleted for row in entry.body):
        return [entry]
    whole = entry.rows
    starts = [start for start in _undated_starts(whole) if start >= len(whole) - len(entry.body) and start > 0]
    if not starts:
        return [entry]
    kept = len(entry.body) - (len(whole) - starts[0])
    first = EntryRows(entry.header, entry.span, entry.body[:kept], whole[: starts[0]])
    return [first, *(_undated_entry(part) for part in _cut(whole, starts))]
