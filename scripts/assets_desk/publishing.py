"""Publishing: files first, under names that are their content; the signed manifest last, and only if nobody was faster."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from common.domain.rendering.manifest import POINTER, Manifest
from common.errors import ObjectAlreadyExists, SignatureInvalid
from common.security.signed_documents import open_signed, public_key_of, sign
from common.vendors.oss.publisher import AssetPublisher
from scripts.assets_desk.shelf_files import MEDIA_TYPES, FolderFiles

FOR_EVER = "public, max-age=31536000, immutable"
NEVER = "no-cache"


class PublishedMeanwhile(Exception):
    """Somebody else published between our reading and our writing; what they published stands, and nothing of ours is lost."""


def publish(
    templates: Sequence[FolderFiles], publisher: AssetPublisher, *, signing_key: str, now: datetime, plan: bool
) -> list[str]:
    """The lines to show. Cut off anywhere, it leaves what was published before: files that no manifest names are seen by nobody.

    Raises VendorError, PublishedMeanwhile.
    """
    before = publisher.read(POINTER)
    manifest = Manifest(made_at=now, templates={one.name: one.published for one in templates})
    lines = [_upload(key, content, publisher, plan=plan) for one in templates for key, content in one.contents.items()]
    known = _opened(before[0], signing_key) if before else None
    if known is not None and known.templates == manifest.templates:
        return [*filter(None, lines), "the manifest says so already"]
    if not plan:
        content = sign(manifest.model_dump_json(), key=signing_key)
        _point(publisher, content, before[1] if before else None)
    return [*filter(None, lines), *_changes(known, manifest), f"{POINTER}: {len(manifest.templates)} templates"]


def _upload(key: str, content: bytes, publisher: AssetPublisher, *, plan: bool) -> str:
    if publisher.has(key):
        return ""
    if not plan:
        media_type = MEDIA_TYPES[key.rpartition(".")[2]]
        try:
            publisher.put_new(key, content, media_type=media_type, cache=FOR_EVER)
        except ObjectAlreadyExists:  # our own first try, or another publisher of the same file
            return ""
    return f"{key}: {len(content)} bytes"


def _point(publisher: AssetPublisher, content: bytes, seen_etag: str | None) -> None:
    """Looked at once more afterwards: a bucket may pass over the condition."""
    with suppress(ObjectAlreadyExists):  # somebody else, or our own first try whose answer was lost
        publisher.replace(POINTER, content, media_type="application/json", cache=NEVER, seen_etag=seen_etag)
    after = publisher.read(POINTER)
    if after is None or after[0] != content:
        raise PublishedMeanwhile


def _opened(content: bytes, signing_key: str) -> Manifest | None:
    """None for a manifest of another key: a new one then replaces it."""
    try:
        return Manifest.model_validate_json(open_signed(content, public_key=public_key_of(signing_key)))
    except (SignatureInvalid, ValueError):
        return None


def _changes(known: Manifest | None, manifest: Manifest) -> list[str]:
    before = known.templates if known else {}
    words = [
        *(f"new: {name}" for name in manifest.templates if name not in before),
        *(f"changed: {name}" for name, one in manifest.templates.items() if name in before and before[name] != one),
        *(f"withdrawn: {name}" for name in before if name not in manifest.templates),
    ]
    return words or ["changed: whose signature it carries"]
