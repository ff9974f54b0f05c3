"""The parts of a web archive (MIME multipart/related, RFC 2557), decoded; flat and bounded whatever the file nests."""

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser

_MOST_PARTS = 300
_DEEPEST = 4
_LONGEST_HEADER = 64 * 1024
_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_END_OF_HEADER = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True)
class Part:
    """`charset` as its header names it; `location` is what other parts call it."""

    media_type: str
    charset: str | None
    location: str
    content: bytes


def parts_of(content: bytes) -> Iterator[Part]:
    """In order, multiparts within opened: at most 300 parts, four levels deep. What is damaged is left out."""
    waiting = [(content.lstrip(), 0)]
    for _ in range(_MOST_PARTS):
        if not waiting:
            return
        raw, depth = waiting.pop(0)
        header, body = _split(raw)
        boundary = header.get_boundary() if header.get_content_maintype() == "multipart" else None
        if boundary is None:
            yield Part(
                header.get_content_type(),
                header.get_content_charset(),
                str(header.get("Content-Location", "")),
                _decoded(body, str(header.get("Content-Transfer-Encoding", ""))),
            )
        elif depth < _DEEPEST:
            waiting[:0] = [(piece, depth + 1) for piece in _pieces(body, boundary)]


def _split(raw: bytes) -> tuple[Message, bytes]:
    end = _END_OF_HEADER.search(raw, 0, _LONGEST_HEADER)
    head, body = (raw[: end.start()], raw[end.end() :]) if end else (b"", raw)
    return BytesHeaderParser().parsebytes(head), body


def _pieces(body: bytes, boundary: str) -> list[bytes]:
    """Between the boundary lines; what stands before the first and after the last belongs to nobody."""
    line = re.compile(rb"(?:^|\r?\n)--" + re.escape(boundary.encode("utf-8", "replace")) + rb"(?:--)?[ \t]*(?=\r?\n|$)")
    marks = list(line.finditer(body))[: _MOST_PARTS + 1]
    ends = [*(mark.start() for mark in marks[1:]), len(body)]
    pieces = [body[mark.end() : end].lstrip(b"\r\n") for mark, end in zip(marks, ends, strict=False)]
    return [piece for piece in pieces if piece.strip()]


def _decoded(body: bytes, encoding: str) -> bytes:
    encoding = encoding.strip().lower()
    if encoding == "quoted-printable":
        return quopri.decodestring(body)
    if encoding == "base64":
        digits = _NO_BASE64.sub(b"", body)
        return binascii.a2b_base64(digits[: len(digits) - (len(digits) % 4 == 1)] + b"==")  # as far as it goes
    return body
