"""What a child says about a file, as JSON, and the distrust with which it is heard: no pickle, nothing beyond the limits.

The readers run on hostile bytes. Whoever takes over the child may answer anything, but nothing that a reader could not say.
"""

import base64
import binascii
import json
from dataclasses import dataclass, field, is_dataclass, replace
from typing import Any

from common.documents.limits import MAX_LINES, MAX_OCR_IMAGE_BYTES, MAX_PDF_PAGES, MAX_TEXT_CHARACTERS
from common.domain.parsing.source import PageImage, Photo, SourceDocument
from common.errors import FileRefused, FileTooComplex, all_errors

MAX_ANSWER_BYTES = 96 * 1024 * 1024  # thirty pages of two megabytes, in base64
_MEDIA_TYPES = ("image/png", "image/jpeg")
_LONGEST_FACT = 200
_IMPOSSIBLE = {"reason": "answer_impossible"}

Fact = bool | int | float | str | None


@dataclass(frozen=True)
class Answer:
    """A document; or the code and facts of a refusal; or what went wrong in the reader: an exception's name and place."""

    document: SourceDocument | None = None
    refused: str | None = None
    facts: dict[str, Fact] = field(default_factory=dict)
    failed: str | None = None


def encode(answer: Answer) -> bytes:
    """Raises ValueError for a number that JSON does not have."""
    return json.dumps(answer, default=_plain, allow_nan=False).encode("ascii")


def document_of(raw: bytes) -> SourceDocument:
    """The document that a child's answer holds. Raises FileRefused as the child did, FileTooComplex for anything else."""
    from pydantic import TypeAdapter, ValidationError

    try:
        answer = TypeAdapter(Answer).validate_json(raw, strict=True)
        document = answer.document and _with_pictures(answer.document)
    except (ValidationError, binascii.Error) as error:
        raise FileTooComplex(reason="answer_unreadable") from error
    if answer.refused:
        raise _refusal(answer.refused, answer.facts)
    if not document or not _is_possible(document):
        raise FileTooComplex(**({"reason": "reader_failed", "at": answer.failed} if answer.failed else _IMPOSSIBLE))
    return document


def facts_of(error: FileRefused) -> dict[str, Fact]:
    """What of an error's facts can be told."""
    return {
        name: value if isinstance(value, Fact) else str(value)[:_LONGEST_FACT] for name, value in error.facts.items()
    }


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if is_dataclass(value):
        return vars(value)
    raise TypeError(type(value).__name__)


def _with_pictures(document: SourceDocument) -> SourceDocument:
    """Raises binascii.Error."""
    unread = tuple(replace(page, content=_binary(page.content)) for page in document.unread)
    photo = document.photo and replace(document.photo, content=_binary(document.photo.content))
    return replace(document, unread=unread, photo=photo)


def _binary(text: bytes) -> bytes:
    return base64.b64decode(text, validate=True)


def _refusal(code: str, facts: dict[str, Fact]) -> FileRefused:
    kind = next((kind for kind in all_errors() if kind.code == code and issubclass(kind, FileRefused)), None)
    if kind is None or not all(name.isidentifier() for name in facts):
        return FileTooComplex(**_IMPOSSIBLE)
    return kind(**facts)


def _is_possible(document: SourceDocument) -> bool:
    pictures: list[PageImage | Photo] = [*document.unread, *([document.photo] if document.photo else [])]
    return (
        len(document.unread) <= MAX_PDF_PAGES
        and len(document.lines) <= MAX_LINES
        and sum(len(line.text) for line in document.lines) <= MAX_TEXT_CHARACTERS
        and all(len(one.content) <= MAX_OCR_IMAGE_BYTES and one.media_type in _MEDIA_TYPES for one in pictures)
    )
