"""The resume while it is being put together, and the rows that each entry was read from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from common.domain.parsing.found import Found
from common.domain.parsing.rows import Row
from common.domain.resume.dates import DateSpan
from common.domain.resume.model import Entry, EntryExtension, Resume


@dataclass
class Draft:
    """`basics`: field → where it was found. `entry_rows`: (section of the resume, index) → the entry's rows.

    `sure`: (section, index, field) → confidence, for the fields that won a competition.
    """

    resume: Resume = field(default_factory=Resume)
    basics: dict[str, Found] = field(default_factory=dict)
    entry_rows: dict[tuple[str, int], Sequence[Row]] = field(default_factory=dict)
    sure: dict[tuple[str, int, str], float] = field(default_factory=dict)

    def add(self, section: str, entry: Entry, rows: Sequence[Row], *, sure: Mapping[str, float] | None = None) -> None:
        """`sure` is how sure the rules are of single fields of the entry, by their name in the model."""
        entries = getattr(self.resume, section)
        self.entry_rows[section, len(entries)] = rows
        for name, confidence in (sure or {}).items():
            self.sure[section, len(entries), name] = confidence
        entries.append(entry)

    def set_basic(self, name: str, found: Found | None) -> None:
        if found:
            self.basics[name] = found
            setattr(self.resume.basics, name, found.value)


def dated_extension(span: DateSpan | None, heading: str | None, **more: str | list[str] | None) -> EntryExtension:
    return EntryExtension(
        date_raw=span.raw if span else None,
        current=True if span and span.current else None,
        heading=heading,
        **{name: value for name, value in more.items() if value},
    )
