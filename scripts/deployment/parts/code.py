"""A package on its way into the cloud: inside the request when it is small, else through the bucket."""

from __future__ import annotations

import base64

from scripts.deployment.packages import Package
from scripts.deployment.session import Session

#: A request may have 10 MB, and base64 takes a third more. (UpdateFunctionCode itself would take 20 MB, CreateFunction 50.)
MOST_INLINE_BYTES = 7_000_000


def code_of(session: Session, package: Package) -> dict[str, str]:
    """`Code` of a request. The object's key is the content's hash: what is there already is not sent again."""
    content = package.content()
    if len(content) <= MOST_INLINE_BYTES:
        return {"ZipFile": base64.b64encode(content).decode("ascii")}
    key = f"deploy/{package.sha256}.zip"
    if not session.bucket.has(key):
        session.bucket.put(key, content)
    return {
        "CosBucketName": session.settings.bucket_name,
        "CosObjectName": f"/{key}",
        "CosBucketRegion": session.settings.region,
    }


def size(package: Package) -> str:
    if package.size_bytes < 1_000_000:
        return f"{max(1, package.size_bytes // 1000)} KB"
    return f"{package.size_bytes / 1_000_000:.1f} MB"
