"""Checking what is published: nobody reads without a signature, and every file is what its name says."""

from __future__ import annotations

import httpx

from common.domain.rendering.manifest import POINTER, Manifest
from common.errors import SignatureInvalid
from common.security.signed_documents import open_signed
from common.vendors.oss.publisher import AssetPublisher
from common.vendors.oss.settings import OssSettings


def problems_of(settings: OssSettings, publisher: AssetPublisher) -> list[str]:
    """Empty when all is well. Raises VendorError."""
    problems = [] if publisher.is_private() else ["the bucket is open to everybody: make its ACL private"]
    kept = publisher.read(POINTER)
    if kept is None:
        return [*problems, "nothing is published: ./scripts/assets publish"]
    if _opens_for_anybody(settings):
        problems.append(f"{POINTER} opens without a signature: look for a bucket policy")
    try:
        manifest = Manifest.model_validate_json(open_signed(kept[0], public_key=settings.public_key))
    except (SignatureInvalid, ValueError):
        return [*problems, f"{POINTER} is not signed by the key of OSS_PUBLIC_KEY"]
    for name, template in manifest.templates.items():
        for file in (template.layout, template.theme, template.preview):
            there = publisher.read(file.key)
            if there is None or not file.is_made_of(there[0]):
                problems.append(f"{name}: {file.key} is {'missing' if there is None else 'not what its name says'}")
    return problems


def _opens_for_anybody(settings: OssSettings) -> bool:
    with httpx.Client(trust_env=False, timeout=10) as anybody:
        return anybody.get(f"{settings.origin}/{POINTER}", headers={"Host": settings.host}).is_success
