"""What a layout shows of a resume: texts in reading order, labelled and dated, with no rule left for the layout to decide."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

LayoutLanguage = Literal["zh", "en"]


@dataclass(frozen=True)
class Piece:
    """A text that may be a link; `url` is http(s) or mailto, never anything else."""

    text: str
    url: str | None = None


@dataclass(frozen=True)
class Fact:
    """A labelled value. An empty label means that the value says what it is."""

    label: str
    value: str


@dataclass(frozen=True)
class EntryView:
    """One employer, school, project, award …; `details` stand beside the title, `date` at the right edge."""

    title: str = ""
    details: tuple[str, ...] = ()
    date: str = ""
    link: Piece | None = None
    facts: tuple[Fact, ...] = ()
    paragraphs: tuple[str, ...] = ()
    bullets: tuple[str, ...] = ()

    @property
    def has_body(self) -> bool:
        """Whether something stands under the title line, which must then not end a page."""
        return bool(self.facts or self.link or self.paragraphs or self.bullets)


@dataclass(frozen=True)
class Section:
    """`compact` entries are a line each (awards, certificates) and do not want the weight of an employer's name."""

    kind: str
    title: str
    paragraphs: tuple[str, ...] = ()
    entries: tuple[EntryView, ...] = ()
    rows: tuple[Fact, ...] = ()
    bullets: tuple[str, ...] = ()
    compact: bool = False


@dataclass(frozen=True)
class ResumeView:
    language: LayoutLanguage
    colon: str
    document_title: str
    name: str
    headline: str
    contacts: tuple[Piece, ...]
    personal: tuple[Fact, ...]
    intention: tuple[Fact, ...]
    photo: str | None  #: a data: URI of a PNG or JPEG
    sections: tuple[Section, ...]
    aside: tuple[Section, ...] = ()  #: those of a narrow column beside the others, where a layout has one

    @property
    def language_tag(self) -> str:
        return "zh-CN" if self.language == "zh" else "en"

    def texts(self) -> Iterator[str]:
        """Every text that a layout prints, in reading order."""
        yield from filter(None, (self.name, self.headline))
        yield from (piece.text for piece in self.contacts)
        yield from _fact_texts((*self.personal, *self.intention))
        for section in (*self.sections, *self.aside):
            yield section.title
            yield from section.paragraphs
            for entry in section.entries:
                yield from _entry_texts(entry)
            yield from _fact_texts(section.rows)
            yield from section.bullets


def _entry_texts(entry: EntryView) -> Iterator[str]:
    yield from filter(None, (entry.title, *entry.details, entry.date))
    if entry.link:
        yield entry.link.text
    yield from _fact_texts(entry.facts)
    yield from entry.paragraphs
    yield from entry.bullets


def _fact_texts(facts: tuple[Fact, ...]) -> Iterator[str]:
    for fact in facts:
        yield from filter(None, (fact.label, fact.value))
