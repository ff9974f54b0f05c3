"""A bucket event: one or several records, keys as /appid/bucket/key, Chinese raw or percent-encoded."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from common.errors import BadRequest
from common.platform.events.origin import as_origin

#: Where the writer of an object says which request began the chain (common/vendors/cos/client.py writes it).
ORIGIN = "x-cos-meta-request-id"


@dataclass(frozen=True)
class CosRecord:
    """`bucket` is name-appid; `key` is as delivered, and `decoded_key` differs when it was percent-encoded.

    `origin` is the id of the request that began it all; empty when the object does not say, or says no id.
    """

    bucket: str
    key: str
    event_name: str
    size_bytes: int
    request_id: str
    origin: str = ""

    @property
    def decoded_key(self) -> str:
        return unquote(self.key)

    @property
    def is_folder(self) -> bool:
        return self.key.endswith("/")


def read_cos_event(event: Mapping[str, Any]) -> list[CosRecord]:
    """Raises BadRequest for anything that is not a bucket event."""
    records = event.get("Records")
    if not isinstance(records, list) or not records:
        raise BadRequest(reason="not a COS event")
    return [_record(record) for record in records]


def _record(record: Any) -> CosRecord:
    try:
        cos, happening = record["cos"], record["event"]
        bucket, stored = cos["cosBucket"], cos["cosObject"]
        meta = stored.get("meta") or {}
        return CosRecord(
            bucket=f"{bucket['name']}-{bucket['appid']}",
            key=_object_key(str(stored["key"])),
            event_name=str(happening.get("eventName") or ""),
            size_bytes=int(stored.get("size") or 0),
            request_id=str(meta.get("x-cos-request-id") or ""),
            origin=as_origin(meta.get(ORIGIN)),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise BadRequest(reason="not a COS event") from None


def _object_key(path: str) -> str:
    """/appid/bucket/a/b.pdf → a/b.pdf: exactly the first two parts go, once, whatever the key itself contains."""
    parts = path.split("/", 3)
    return parts[3] if path.startswith("/") and len(parts) == 4 else path
