"""Certificates: name, date, score (CET-6 580)."""

import re
from collections.abc import Sequence

from common.domain.parsing.rows import Row, paragraphs
from common.domain.resume.dates import find_span, without_span
from common.domain.resume.model import Certificate, EntryExtension

_SCORE = re.compile(
    r"(?:CET|TOEFL|IELTS|GRE|GMAT|TOEIC|雅思|托福|四级|六级)\D{0,8}(\d{1,3}(?:\.\d)?)(?:\s*分)?(?!\d)", re.IGNORECASE
)


def read_certificates(rows: Sequence[Row]) -> list[Certificate]:
    texts = [part for text in paragraphs(rows) for part in (re.split(r"[、；;]", text) if len(text) < 60 else [text])]
    return [_certificate(text.strip(" 。，,")) for text in texts if text.strip(" 。，,")]


def _certificate(text: str) -> Certificate:
    span = find_span(text)
    single = span if span and not span.is_range else None
    name = without_span(text, single).strip(" -–—,，:：|·") if single else text
    score = _SCORE.search(name)
    extension = EntryExtension(
        date_raw=single.raw if single else None, score=score[1] if score and "-" + score[1] not in name else None
    )
    return Certificate(name=name or text, date=single.end if single else None, x_cn=extension)
