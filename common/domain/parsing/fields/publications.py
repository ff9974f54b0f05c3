"""Publications, patents: one entry per paragraph."""

from collections.abc import Sequence

from common.domain.parsing.rows import Row, paragraphs
from common.domain.resume.dates import find_span
from common.domain.resume.model import Publication


def read_publications(rows: Sequence[Row]) -> list[Publication]:
    return [_publication(text) for text in paragraphs(rows)]


def _publication(text: str) -> Publication:
    span = find_span(text)
    return Publication(name=text, release_date=span.end if span and not span.is_range else None)
