"""Where a resume comes in: a form for wx.uploadFile straight to the bucket, paid for by a hold."""

import json
import re
from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import BeforeValidator, Field

from common.domain.pipeline import FIRST_REVISION, ResumeId, ResumeRow
from common.domain.rendering.options import RenderOptions
from common.domain.uploads import READABLE_ENDINGS, UploadForm, UploadKeys, ending_of
from common.domain.users import UserId
from common.errors import FileEmpty, FileTooLarge, FileTypeUnsupported, InvalidField, MojianError
from common.lazy_model import LazyModel
from common.services.ports import ClientKeys, CreditStore, Objects, RateLimits, ResumeStore
from common.services.publishing import publish

FORM_LIFETIME_S = 900

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def _from_form(options: object) -> object:
    """A form has only texts: there, options are JSON."""
    if not isinstance(options, str):
        return options
    try:
        return json.loads(options)
    except (ValueError, RecursionError):
        raise ValueError("options are not JSON") from None


def _clean_name(name: object) -> object:
    return _CONTROL.sub("", name).strip() if isinstance(name, str) else name


class RequestUpload(LazyModel):
    """POST /resume/upload-url, and the text fields of POST /resume/upload. `sdk` asks for temporary keys too, for a COS SDK."""

    filename: Annotated[str, BeforeValidator(_clean_name)] = Field(min_length=1, max_length=255)
    size: int = Field(ge=0)
    jd: str | None = Field(default=None, max_length=8000)
    template: str = Field(default="classic", max_length=40)
    options: Annotated[RenderOptions, BeforeValidator(_from_form)] = RenderOptions()
    optimise: bool = True
    sdk: bool = False


@dataclass(frozen=True)
class UploadTicket:
    resume_id: ResumeId
    upload: UploadForm
    keys: UploadKeys | None = None


@dataclass(frozen=True)
class UploadReceipt:
    resume_id: ResumeId


@dataclass(frozen=True)
class UploadRules:
    """Prices and limits; `cost` in credits. `templates` holds the names that may be chosen."""

    cost: int
    hold_for: timedelta
    max_bytes: int
    per_hour: int
    templates: Container[str]


@dataclass(frozen=True)
class UploadDesk:
    """What taking a resume in needs."""

    rules: UploadRules
    resumes: ResumeStore
    credits: CreditStore
    objects: Objects
    limits: RateLimits
    new_id: Callable[[str], str]
    now: datetime
    client_keys: ClientKeys | None = None


def request_upload(command: RequestUpload, *, user_id: UserId, desk: UploadDesk) -> UploadTicket:
    """Raises FileEmpty, FileTooLarge, FileTypeUnsupported, InvalidField, CreditsExhausted, TooManyRequests.

    `sdk` where there are no keys to give is an InvalidField: the form would do.
    """
    if command.sdk and desk.client_keys is None:
        raise InvalidField(field="sdk")
    row = _admit(command, user_id, desk)
    try:
        keys = _keys(row, desk) if command.sdk else None
        form = desk.objects.upload_form(
            str(row.upload_key),
            max_bytes=desk.rules.max_bytes,
            media_type=None,
            now=desk.now,
            lifetime_s=FORM_LIFETIME_S,
        )
    except MojianError:
        _forget(row, desk)
        raise
    return UploadTicket(row.id, form, keys)


def _keys(row: ResumeRow, desk: UploadDesk) -> UploadKeys | None:
    if desk.client_keys is None:
        return None
    key, max_bytes = str(row.upload_key), desk.rules.max_bytes
    return desk.client_keys.for_upload(key, max_bytes=max_bytes, now=desk.now, lifetime_s=FORM_LIFETIME_S)


def _admit(command: RequestUpload, user_id: UserId, desk: UploadDesk) -> ResumeRow:
    """Everything that can be refused is refused before credits are held."""
    extension = accepted_extension(command.filename, command.size, max_bytes=desk.rules.max_bytes)
    if command.template not in desk.rules.templates:
        raise InvalidField(field="template")
    desk.limits.hit(f"upload:{user_id}", limit=desk.rules.per_hour, window_s=3600)
    row = ResumeRow(
        id=ResumeId(desk.new_id("s_")),
        user_id=user_id,
        filename=command.filename,
        extension=extension,
        size_bytes=command.size,
        jd=command.jd,
        template=command.template,
        options=command.options,
        optimise=command.optimise,
        created_at=desk.now,
        uploaded_at=None,
        revision=FIRST_REVISION,
    )
    if command.optimise and desk.rules.cost:
        expires_at = desk.now + desk.rules.hold_for
        desk.credits.place_hold(user_id, row.charge_key(), desk.rules.cost, now=desk.now, expires_at=expires_at)
    desk.resumes.add(row)
    return row


def take_upload(command: RequestUpload, content: bytes, *, desk: UploadDesk, user_id: UserId) -> UploadReceipt:
    """The same for a client that sends the file through us: the object is written here, and its event starts the rest."""
    row = _admit(command, user_id, desk)
    try:
        publish(desk.objects, str(row.upload_key), content, media_type="application/octet-stream")
    except MojianError:
        _forget(row, desk)
        raise
    return UploadReceipt(row.id)


def _forget(row: ResumeRow, desk: UploadDesk) -> None:
    """Nothing can arrive any more, so nothing is held and nothing is listed."""
    desk.credits.release_hold(row.charge_key(), now=desk.now)
    desk.resumes.delete(row.id)


def accepted_extension(filename: str, size_bytes: int, *, max_bytes: int) -> str:
    """The extension for the object's key. The content decides in the end; this only refuses early what cannot work.

    Raises FileEmpty, FileTooLarge, FileTypeUnsupported.
    """
    extension = ending_of(filename)
    if size_bytes == 0:
        raise FileEmpty
    if size_bytes > max_bytes:
        raise FileTooLarge(max_bytes=max_bytes)
    if extension not in READABLE_ENDINGS:
        raise FileTypeUnsupported(extension=extension or None)
    return extension
