"""Where a resume comes in: a form for wx.uploadFile straight to the bucket, paid for by a hold."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field

from common.domain.pipeline import FIRST_REVISION, ResumeId, ResumeRow
from common.domain.uploads import UploadForm
from common.domain.users import UserId
from common.errors import FileEmpty, FileTooLarge, FileTypeUnsupported, InvalidField
from common.services.ports import CreditStore, Objects, RateLimits, ResumeStore

#: What a client may call its file. The content decides in the end; this only refuses early what cannot work.
EXTENSIONS = ("pdf", "docx", "png", "jpg", "jpeg", "webp")
FORM_LIFETIME_S = 900


class RequestUpload(BaseModel):
    """POST /resume/upload-url."""

    filename: Annotated[str, BeforeValidator(lambda name: name.strip() if isinstance(name, str) else name)] = Field(
        min_length=1, max_length=255
    )
    size: int = Field(ge=0)
    jd: str | None = Field(default=None, max_length=8000)
    template: str = Field(default="classic", max_length=40)
    optimise: bool = True


@dataclass(frozen=True)
class UploadTicket:
    resume_id: ResumeId
    upload: UploadForm


@dataclass(frozen=True)
class UploadRules:
    """Prices and limits; `cost` in credits."""

    cost: int
    hold_for: timedelta
    max_bytes: int
    per_hour: int
    templates: tuple[str, ...]


def request_upload(
    command: RequestUpload,
    *,
    user_id: UserId,
    rules: UploadRules,
    resumes: ResumeStore,
    credits: CreditStore,
    objects: Objects,
    limits: RateLimits,
    new_id: Callable[[str], str],
    now: datetime,
) -> UploadTicket:
    """Raises FileEmpty, FileTooLarge, FileTypeUnsupported, InvalidField, CreditsExhausted, TooManyRequests."""
    extension = accepted_extension(command.filename, command.size, max_bytes=rules.max_bytes)
    if command.template not in rules.templates:
        raise InvalidField(field="template")
    limits.hit(f"upload:{user_id}", limit=rules.per_hour, window_s=3600)
    row = ResumeRow(
        id=ResumeId(new_id("s_")),
        user_id=user_id,
        filename=command.filename,
        extension=extension,
        size_bytes=command.size,
        jd=command.jd,
        template=command.template,
        optimise=command.optimise,
        created_at=now,
        uploaded_at=None,
        revision=FIRST_REVISION,
    )
    if command.optimise and rules.cost:
        credits.place_hold(user_id, row.charge_key(), rules.cost, now=now, expires_at=now + rules.hold_for)
    resumes.add(row)
    form = objects.upload_form(
        str(row.upload_key), max_bytes=rules.max_bytes, media_type=None, now=now, lifetime_s=FORM_LIFETIME_S
    )
    return UploadTicket(row.id, form)


def accepted_extension(filename: str, size_bytes: int, *, max_bytes: int) -> str:
    """The extension for the object's key. Raises FileEmpty, FileTooLarge, FileTypeUnsupported."""
    extension = PurePosixPath(filename).suffix.lower().lstrip(".")
    if size_bytes == 0:
        raise FileEmpty
    if size_bytes > max_bytes:
        raise FileTooLarge(max_bytes=max_bytes)
    if extension not in EXTENSIONS:
        raise FileTypeUnsupported(extension=extension or None)
    return extension
