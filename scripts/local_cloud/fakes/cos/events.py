"""What the COS fake tells the local cloud after an object was created or removed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

CREATED_BY_PUT = "cos:ObjectCreated:Put"
CREATED_BY_POST = "cos:ObjectCreated:Post"
CREATED_BY_COPY = "cos:ObjectCreated:Copy"
REMOVED = "cos:ObjectRemove:Delete"


@dataclass(frozen=True)
class ObjectEvent:
    """One change of one object. It is reported only once the change would survive a restart.

    `bucket` is the name WITHOUT the appid, as in `cosBucket.name` of a trigger event; `full_bucket` is the
    name-appid form that settings and triggers use. `key` is raw text without a leading slash, `etag` keeps its
    quotes, `meta` holds the `x-cos-meta-*` headers in lower case.
    """

    bucket: str
    appid: str
    region: str
    key: str
    size_bytes: int
    event_name: str
    content_type: str
    etag: str
    request_id: str
    meta: Mapping[str, str] = field(default_factory=dict)

    @property
    def full_bucket(self) -> str:
        return f"{self.bucket}-{self.appid}"
