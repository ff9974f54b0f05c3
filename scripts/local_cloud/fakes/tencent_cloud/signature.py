"""TC3-HMAC-SHA256, written from its documentation (cloud.tencent.com/document/api/382/52072), not from the product."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone

ALGORITHM = "TC3-HMAC-SHA256"

_AUTHORIZATION = re.compile(
    rf"{ALGORITHM}\s+Credential=([^/\s]+)/(\d{{4}}-\d\d-\d\d)/([a-z0-9]+)/tc3_request,\s*"
    r"SignedHeaders=([a-z0-9;-]+),\s*Signature=([0-9a-f]{64})"
)


@dataclass(frozen=True)
class Authorization:
    """What the header of that name says."""

    secret_id: str
    date: str
    service: str
    signed_headers: tuple[str, ...]
    signature: str

    @classmethod
    def parse(cls, header: str) -> Authorization | None:
        found = _AUTHORIZATION.fullmatch(header.strip())
        return cls(found[1], found[2], found[3], tuple(found[4].split(";")), found[5]) if found else None


def canonical_request(
    method: str, path: str, query: str, headers: Mapping[str, str], signed: tuple[str, ...], body: bytes
) -> str:
    """`headers` by lower-case name; names and values go in lower case, without blanks around them."""
    lines = "".join(f"{name}:{headers.get(name, '').strip().lower()}\n" for name in signed)
    return "\n".join([method, path, query, lines, ";".join(signed), hashlib.sha256(body).hexdigest()])


def signature_of(canonical: str, *, secret_key: str, timestamp: int, service: str) -> str:
    """The hexadecimal signature over a canonical request."""
    date = datetime.fromtimestamp(timestamp, timezone.utc).strftime("%Y-%m-%d")
    scope = f"{date}/{service}/tc3_request"
    to_sign = "\n".join([ALGORITHM, str(timestamp), scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = f"TC3{secret_key}".encode()
    for step in (date, service, "tc3_request"):
        key = hmac.digest(key, step.encode(), "sha256")
    return hmac.digest(key, to_sign.encode(), "sha256").hex()
