"""Reads the multipart form of POST Object: fields in order, and the file as the last part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from werkzeug.http import parse_options_header
from werkzeug.sansio.multipart import Data, Epilogue, Field, File, MultipartDecoder, NeedData

from scripts.local_cloud.fakes.cos.errors import CosError


@dataclass(frozen=True)
class Form:
    """Field names are in lower case. The type that the file part declares is dropped, as COS does."""

    fields: dict[str, str]
    filename: str
    content: bytes

    @property
    def key(self) -> str:
        """The object key with `${filename}` filled in."""
        return self.fields["key"].replace("${filename}", self.filename)


def read_form(content_type: str, body: bytes) -> Form:
    """Parse a POST Object body. Fields after the file are ignored. Raises MalformedPOSTRequest, InvalidArgument."""
    boundary = parse_options_header(content_type)[1].get("boundary", "")
    if not boundary:
        raise CosError("MalformedPOSTRequest")
    fields: dict[str, str] = {}
    for part, content in _parts(boundary.encode(), body):
        if part.name == "file":
            if "key" not in fields:
                raise CosError("InvalidArgument", "The form must contain the field key before the file.")
            return Form(fields, getattr(part, "filename", None) or "", content)
        fields[part.name.lower()] = content.decode("utf-8", "replace")
    raise CosError("MalformedPOSTRequest", "The form has no part named file.")


def _parts(boundary: bytes, body: bytes) -> Iterator[tuple[Field | File, bytes]]:
    decoder = MultipartDecoder(boundary)
    part: Field | File | None = None
    content = bytearray()
    try:
        decoder.receive_data(body)
        decoder.receive_data(None)
        while not isinstance(event := decoder.next_event(), Epilogue | NeedData):
            if isinstance(event, Field | File):
                part, content = event, bytearray()
            elif isinstance(event, Data) and part is not None:
                content += event.data
                if not event.more_data:
                    yield part, bytes(content)
    except ValueError as error:
        raise CosError("MalformedPOSTRequest") from error
