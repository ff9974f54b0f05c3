"""A resume as an editable Word file: real headings, lists and styles, dates at a right tab; the same view as the PDF."""

import io
from typing import TYPE_CHECKING

from common.documents import word_styles
from common.documents.template_shelf import Look, theme
from common.documents.typesetting import photo
from common.documents.typesetting.length import refuse_a_book
from common.documents.word import BAR, Paper
from common.documents.zip_bytes import with_fixed_times
from common.domain.rendering.arrange import arrange
from common.domain.rendering.options import RenderOptions, styled
from common.domain.rendering.present import present
from common.domain.rendering.view import EntryView, Fact, ResumeView, Section
from common.domain.resume.model import Resume

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph as DocxParagraph


def write_docx(
    resume: Resume, *, template: str, options: RenderOptions | None = None, look: Look | None = None
) -> bytes:
    """The same resume gives the same bytes. Raises InvalidField(field="template"), FileHasTooManyPages."""
    style = styled((look or Look(theme(template))).theme, options or RenderOptions())
    view = arrange(present(resume, language=style.language), style)
    refuse_a_book(view)
    paper = Paper(style, language_tag=view.language_tag)
    _write_head(paper, view)
    for section in view.sections:
        _write_section(paper, section, view.colon)
    paper.describe(title=view.document_title, author=view.name, subject=view.headline)
    buffer = io.BytesIO()
    paper.document.save(buffer)
    paper.let_go()
    return with_fixed_times(buffer.getvalue())


def _write_head(paper: Paper, view: ResumeView) -> None:
    picture = photo.prepare(view.photo)
    name = paper.paragraph(view.name, style=word_styles.NAME) if view.name or picture else None
    if picture and name is not None:
        paper.float_right(name, picture)
    if view.headline:
        paper.paragraph(view.headline, style=word_styles.HEADLINE)
    if view.contacts:
        line = paper.paragraph(style=word_styles.CONTACTS)
        for index, piece in enumerate(view.contacts):
            paper.add_gap(line, first=index == 0)
            paper.add_piece(line, piece)
    for facts in (view.personal, view.intention):
        if facts:
            _write_facts(paper, facts, view.colon, named=word_styles.CONTACTS)


def _write_section(paper: Paper, section: Section, colon: str) -> None:
    paper.paragraph(section.title, style=word_styles.HEADING)
    for line in section.paragraphs:
        paper.paragraph(line)
    for entry in section.entries:
        _write_entry(paper, entry, colon, compact=section.compact)
    for row in section.rows:
        _write_row(paper, row, colon)
    for line in section.bullets:
        paper.paragraph(line, style=word_styles.BULLET)


def _write_entry(paper: Paper, entry: EntryView, colon: str, *, compact: bool) -> None:
    line = paper.paragraph(style=word_styles.COMPACT_ENTRY if compact else word_styles.ENTRY)
    line.paragraph_format.keep_with_next = entry.has_body
    paper.add_text(line, entry.title, bold=not compact)
    for detail in entry.details:
        paper.add_text(line, BAR, colour=paper.theme.colours.rule)
        paper.add_text(line, detail)
    if entry.date:
        paper.add_text(line, f"\t{entry.date}", colour=paper.theme.colours.muted)
    if entry.facts or entry.link:
        facts = _write_facts(paper, entry.facts, colon, named=word_styles.TEXT)
        if entry.link:
            paper.add_gap(facts, first=not entry.facts)
            paper.add_piece(facts, entry.link)
    for text in entry.paragraphs:
        paper.paragraph(text)
    for text in entry.bullets:
        paper.paragraph(text, style=word_styles.BULLET)


def _write_facts(paper: Paper, facts: tuple[Fact, ...], colon: str, *, named: str) -> "DocxParagraph":
    line = paper.paragraph(style=named)
    for index, fact in enumerate(facts):
        paper.add_gap(line, first=index == 0)
        if fact.label:
            paper.add_text(line, fact.label + colon, colour=paper.theme.colours.muted)
        paper.add_text(line, fact.value)
    return line


def _write_row(paper: Paper, row: Fact, colon: str) -> None:
    line = paper.paragraph(style=word_styles.ROW if row.label else word_styles.TEXT)
    if row.label:
        paper.add_text(line, row.label + colon.rstrip(), bold=True)
        paper.add_text(line, f"\t{row.value}")
    else:
        paper.add_text(line, row.value)
