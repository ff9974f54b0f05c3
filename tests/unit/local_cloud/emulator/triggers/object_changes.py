"""Object changes as a store reports them, for the tests of COS triggers and the queue."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Change:
    """What an object store reports."""

    key: str
    event_name: str = "cos:ObjectCreated:Put"
    bucket: str = "sample"
    appid: str = "1250000000"
    region: str = "ap-guangzhou"
    size_bytes: int = 7
    content_type: str = "application/pdf"
    etag: str = '"0f"'
    request_id: str = "NjIx"
    meta: dict[str, str] = field(default_factory=lambda: {"x-cos-meta-owner": "u1"})
