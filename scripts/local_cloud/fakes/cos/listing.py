"""The XML of GET Bucket: keys under a prefix, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from itertools import islice
from urllib.parse import quote
from xml.sax.saxutils import escape

from scripts.local_cloud.fakes.cos.errors import CosError
from scripts.local_cloud.fakes.cos.state import ObjectStore, StoredObject

_LARGEST_PAGE = 1000


def list_xml(bucket: str, query: Mapping[str, str], store: ObjectStore) -> bytes:
    """Answer GET Bucket. Reads prefix, marker, delimiter, max-keys (1000 at most) and encoding-type=url."""
    prefix, marker, delimiter = (query.get(name, "") for name in ("prefix", "marker", "delimiter"))
    size = _page_size(query.get("max-keys", ""))
    rows = _rows(store.after(prefix, marker), prefix, marker, delimiter)
    page = dict(islice(rows.items(), size))
    shown = _url_text if query.get("encoding-type") == "url" else escape
    truncated = len(rows) > len(page) and size > 0
    parts = [
        "<?xml version='1.0' encoding='utf-8' ?>\n<ListBucketResult>",
        f"<Name>{bucket}</Name>",
        "<EncodingType>url</EncodingType>" if shown is _url_text else "",
        f"<Prefix>{shown(prefix)}</Prefix><Marker>{shown(marker)}</Marker><MaxKeys>{size}</MaxKeys>",
        f"<Delimiter>{shown(delimiter)}</Delimiter>" if delimiter else "",
        f"<IsTruncated>{str(truncated).lower()}</IsTruncated>",
        f"<NextMarker>{shown(list(page)[-1])}</NextMarker>" if truncated else "",
        *(_contents(stored, shown(name)) for name, stored in page.items() if stored is not None),
        *(
            f"<CommonPrefixes><Prefix>{shown(name)}</Prefix></CommonPrefixes>"
            for name, stored in page.items()
            if stored is None
        ),
        "</ListBucketResult>",
    ]
    return "".join(parts).encode()


def iso_time(unix_s: float) -> str:
    """Return the ISO 8601 form with milliseconds that COS uses in its XML."""
    return datetime.fromtimestamp(unix_s, tz=timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _rows(objects: list[StoredObject], prefix: str, marker: str, delimiter: str) -> dict[str, StoredObject | None]:
    """Map each key to its object, and each common prefix (up to the delimiter) to None."""
    rows: dict[str, StoredObject | None] = {}
    for stored in objects:
        head, found, _ = stored.key[len(prefix) :].partition(delimiter) if delimiter else ("", "", "")
        if not found:
            rows[stored.key] = stored
        elif (common := prefix + head + delimiter) > marker:
            rows[common] = None
    return rows


def _page_size(text: str) -> int:
    if text and not text.isdecimal():
        raise CosError("InvalidArgument", "max-keys must be a number from 0 to 1000.")
    return min(int(text), _LARGEST_PAGE) if text else _LARGEST_PAGE


def _url_text(text: str) -> str:
    return quote(text, safe="/-_.~")


def _contents(stored: StoredObject, key: str) -> str:
    return (
        f"<Contents><Key>{key}</Key><LastModified>{iso_time(stored.modified_at)}</LastModified>"
        f"<ETag>{escape(stored.etag)}</ETag><Size>{stored.size_bytes}</Size>"
        "<Owner><ID>1250000000</ID><DisplayName>1250000000</DisplayName></Owner>"
        "<StorageClass>STANDARD</StorageClass></Contents>"
    )
