"""Uploads straight from the phone to the bucket."""

from dataclasses import dataclass, field
from datetime import datetime

#: Endings of the files we read, as users write them. An ending proves nothing: what a file is, its content decides.
READABLE_ENDINGS = ("pdf", "docx", "doc", "wps", "rtf", "htm", "html", "mht", "mhtml", "png", "jpg", "jpeg", "webp")


def ending_of(filename: str) -> str:
    """Lower case, without its dot; empty for a name without one."""
    stem, _, ending = filename.rpartition("/")[2].rpartition(".")
    return ending.lower() if stem else ""


@dataclass(frozen=True)
class UploadForm:
    """For wx.uploadFile straight to the bucket: POST `url`, the file part is called `name`, `form_data` beside it."""

    url: str
    name: str
    form_data: dict[str, str]
    expires_at: datetime


@dataclass(frozen=True)
class UploadKeys:
    """Temporary keys for the client's own COS SDK: `put_object` of `key` in `bucket` and nothing else. Times are unix seconds."""

    bucket: str
    region: str
    key: str
    tmp_secret_id: str
    tmp_secret_key: str = field(repr=False)
    security_token: str = field(repr=False)
    starts_at: int
    expires_at: int
