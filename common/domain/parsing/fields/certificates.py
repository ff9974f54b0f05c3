"""Certificates: name, date, score (CET-6 580)."""

import re
from collections.abc import Sequence

from common.domain.parsing.rows import Row, paragraphs
from common.domain.resume.dates import find_span, undated
from common.domain.resume.model import Certificate, EntryExtension

_SCORE = re.compile(
    r"(?:CET|TOEFL|IELTS|GRE|GMAT|TOEIC|雅思|托福|四级|六级)\D{0,8}(\d{1,3}(?:\.\d)?)(?:\s*分)?(?!\d)", re.IGNORECASE
)


_CERTIFICATE = re.compile(
    r"证书?(?:$|[（(\s])|[证證][书書照]|资格|資格|执业|CET|TEM-?\d|[四六]级|[一二三]级|等级|认证|認證|普通话|驾驶|雅思|托福|IELTS|TOEFL|TOEIC|GRE|PMP|CPA|ACCA|CFA|"
    r"[（(][初中高]级[)）]|职称|师$|Certifi|License|软考|NCRE",
    re.IGNORECASE,
)
_SKILL_WORDS = re.compile(r"^(?:熟练|熟悉|掌握|精通|了解|擅长|能够|具备|会)")


def is_certificate(text: str) -> bool:
    """Under 技能证书 stand both: CET-6 is a certificate, 熟练使用 Excel a skill."""
    return len(text) <= 40 and bool(_CERTIFICATE.search(text)) and not _SKILL_WORDS.search(text)


def read_certificates(rows: Sequence[Row]) -> list[Certificate]:
    texts = [part for text in paragraphs(rows) for part in (re.split(r"[、；;]", text) if len(text) < 60 else [text])]
    return [_certificate(text.strip(" 。，,")) for text in texts if text.strip(" 。，,")]


def _certificate(text: str) -> Certificate:
    span = find_span(text)
    single = span if span and not span.is_range else None
    name = undated(text, single) if single else text
    score = _SCORE.search(name)
    extension = EntryExtension(
        date_raw=single.raw if single else None, score=score[1] if score and "-" + score[1] not in name else None
    )
    return Certificate(name=name or text, date=single.end if single else None, x_cn=extension)
