"""What to cut from a resume that does not fit on its page: concrete places, the least important first, until enough is won."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from common.domain.rendering.measure import entry_lines, line_count, section_lines
from common.domain.rendering.view import EntryView, ResumeView, Section

#: A recruiter misses these least.
_DISPENSABLE = ("other", "references", "interests")
_STORIES = ("projects", "volunteer", "work")
#: Entries of a section that are told in full; later ones are further back.
_TOLD_IN_FULL = 2
_FAIR_BULLET_LINES = 2
_FAIR_SUMMARY_LINES = 3
_FAIR_LIST_ENTRIES = 3
_QUOTED = 14
#: Characters (in widths of a Han) on a full line of A4.
EM_PER_LINE = 50.0


@dataclass(frozen=True)
class _Cut:
    advice: str
    lines: int


def what_to_cut(view: ResumeView, lines_over: int) -> tuple[str, ...]:
    """In Chinese, ready to show. If all of it is not enough, the last one says so."""
    advice: list[str] = []
    left = ceil(lines_over)
    for cut in _possible_cuts(view):
        if left <= 0:
            break
        if cut.lines > 0:
            advice.append(f"{cut.advice}（约省 {cut.lines} 行）")
            left -= cut.lines
    if left > 0:
        advice.append(f"以上都删减后仍多出约 {left} 行，建议使用两页，或换用“紧凑一页”模板")
    return tuple(advice)


def _possible_cuts(view: ResumeView) -> Iterator[_Cut]:
    sections = (*view.sections, *view.aside)
    for kind in _DISPENSABLE:
        for section in _of_kind(sections, kind):
            yield _Cut(f"删去“{section.title}”一节", section_lines(section, EM_PER_LINE))
    for section in sections:
        if section.compact and len(section.entries) > _FAIR_LIST_ENTRIES:
            extra = section.entries[_FAIR_LIST_ENTRIES:]
            lines = sum(entry_lines(entry, EM_PER_LINE) for entry in extra)
            yield _Cut(f"“{section.title}”只留最重要的 {_FAIR_LIST_ENTRIES} 条", lines)
    yield from _older_entries(sections)
    yield from _long_texts(sections)


def _of_kind(sections: tuple[Section, ...], kind: str) -> Iterator[Section]:
    return (section for section in sections if section.kind == kind)


def _older_entries(sections: tuple[Section, ...]) -> Iterator[_Cut]:
    for kind in _STORIES:
        for section in _of_kind(sections, kind):
            for entry in reversed(section.entries[_TOLD_IN_FULL:]):
                body = entry_lines(entry, EM_PER_LINE) - 1
                yield _Cut(f"“{_short(entry.title)}”时间较早，只留一行标题", body)


def _long_texts(sections: tuple[Section, ...]) -> Iterator[_Cut]:
    """Longest first: what is longest is least read."""
    cuts = [cut for section in sections for cut in _wordy(section)]
    yield from sorted(cuts, key=lambda cut: -cut.lines)


def _wordy(section: Section) -> Iterator[_Cut]:
    summary = sum(line_count(text, EM_PER_LINE) for text in section.paragraphs)
    if section.kind == "summary" and summary > _FAIR_SUMMARY_LINES:
        yield _Cut(f"“{section.title}”缩到 {_FAIR_SUMMARY_LINES} 行以内", summary - _FAIR_SUMMARY_LINES)
    for entry in section.entries:
        yield from _wordy_entry(section, entry)


def _wordy_entry(section: Section, entry: EntryView) -> Iterator[_Cut]:
    for text in (*entry.paragraphs, *entry.bullets):
        lines = line_count(text, EM_PER_LINE)
        if lines > _FAIR_BULLET_LINES:
            yield _Cut(f"“{_short(text)}”这一条缩到 {_FAIR_BULLET_LINES} 行以内", lines - _FAIR_BULLET_LINES)
    if section.kind in _STORIES and len(entry.bullets) > _FAIR_LIST_ENTRIES:
        shortest = min(entry.bullets, key=len)
        yield _Cut(f"“{_short(entry.title)}”可删去“{_short(shortest)}”这一条", line_count(shortest, EM_PER_LINE))


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"
