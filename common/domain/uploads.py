"""Uploads straight from the phone to the bucket."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class UploadForm:
    """For wx.uploadFile straight to the bucket: POST `url`, the file part is called `name`, `form_data` beside it."""

    url: str
    name: str
    form_data: dict[str, str]
    expires_at: datetime
