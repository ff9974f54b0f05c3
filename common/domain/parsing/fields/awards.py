"""Awards: title, date."""

import re
from collections.abc import Sequence

from common.domain.parsing.rows import Row, paragraphs
from common.domain.resume.dates import find_span, undated
from common.domain.resume.model import Award, EntryExtension


def read_awards(rows: Sequence[Row]) -> list[Award]:
    return [_award(text) for text in paragraphs(rows)]


def _award(text: str) -> Award:
    span = find_span(text)
    if span is None:
        return Award(title=text)
    title = re.sub(r"\s*[（(]\s*[)）]$", "", undated(text, span))
    return Award(title=title or text, date=span.end or span.start, x_cn=EntryExtension(date_raw=span.raw))
