"""A multipart/form-data body, as wx.uploadFile sends it: one file and a few text fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from common.errors import BadRequest, InvalidField
from common.platform.events.http import Command, HttpRequest

MOST_PARTS = 20


@dataclass(frozen=True)
class UploadedFile:
    filename: str
    content: bytes


@dataclass(frozen=True)
class Form:
    fields: Mapping[str, str]
    files: Mapping[str, UploadedFile]

    def read(self, command: type[Command], **known: object) -> Command:
        """The text fields as `command`; `known` is what the form does not say itself. Raises InvalidField."""
        return HttpRequest.validate(command, {**self.fields, **known}, strict=False)

    def file(self, name: str) -> UploadedFile:
        """Raises InvalidField when the part is missing."""
        if name not in self.files:
            raise InvalidField(field=name, reason="this file part is missing")
        return self.files[name]


def read_form(request: HttpRequest) -> Form:
    """Raises BadRequest for a body that is not a well-formed form."""
    from multipart import MultipartError, MultipartParser, parse_options_header

    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind != "multipart/form-data" or not options.get("boundary"):
        raise BadRequest(reason="not multipart/form-data")
    limit = len(request.body) + 1
    try:
        parser = MultipartParser(
            BytesIO(request.body), options["boundary"], part_limit=MOST_PARTS, memory_limit=limit, spool_limit=limit
        )
        parts = list(parser)
    except MultipartError:
        raise BadRequest(reason="broken multipart/form-data") from None
    files = {part.name: UploadedFile(part.filename, part.raw) for part in parts if part.filename}
    fields = {part.name: part.value for part in parts if not part.filename}
    return Form(fields, files)
