"""AWS Signature V4 for GET, in the header and in links; OSS takes it at its S3-compatible address.

Source: docs.aws.amazon.com/AmazonS3/latest/API, "Authenticating Requests", whose examples are in the tests. boto3 signs what we
publish; reading has this signer of its own, because importing boto3 and making a client takes 0.6 s of a cold start.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from urllib.parse import quote

ALGORITHM = "AWS4-HMAC-SHA256"
EMPTY_SHA256 = hashlib.sha256(b"").hexdigest()
UNSIGNED = "UNSIGNED-PAYLOAD"


@dataclass(frozen=True)
class Signer:
    """One key pair in one region of one service."""

    key_id: str
    secret: str = field(repr=False)
    region: str
    service: str = "s3"

    def headers(self, *, host: str, path: str, now: datetime, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """What a GET of `path` (percent-encoded, with its slash) has to carry. `more` is signed too."""
        stamp = _stamp(now)
        signed = {"host": host, "x-amz-content-sha256": EMPTY_SHA256, "x-amz-date": stamp, **(more or {})}
        names = ";".join(sorted(signed))
        signature = self._signature(stamp, _request("GET", path, "", signed, EMPTY_SHA256))
        credential = f"{self.key_id}/{self._scope(stamp)}"
        authorization = f"{ALGORITHM} Credential={credential},SignedHeaders={names},Signature={signature}"
        return {**signed, "authorization": authorization}

    def presigned_query(self, *, host: str, path: str, now: datetime, lifetime_s: int) -> str:
        """The query string of a GET link."""
        stamp = _stamp(now)
        parts = {
            "X-Amz-Algorithm": ALGORITHM,
            "X-Amz-Credential": f"{self.key_id}/{self._scope(stamp)}",
            "X-Amz-Date": stamp,
            "X-Amz-Expires": str(lifetime_s),
            "X-Amz-SignedHeaders": "host",
        }
        query = "&".join(f"{_encoded(name)}={_encoded(value)}" for name, value in sorted(parts.items()))
        signature = self._signature(stamp, _request("GET", path, query, {"host": host}, UNSIGNED))
        return f"{query}&X-Amz-Signature={signature}"

    def _scope(self, stamp: str) -> str:
        return f"{stamp[:8]}/{self.region}/{self.service}/aws4_request"

    def _signature(self, stamp: str, request: str) -> str:
        digest = hashlib.sha256(request.encode()).hexdigest()
        key = f"AWS4{self.secret}".encode()
        for step in (stamp[:8], self.region, self.service, "aws4_request"):
            key = hmac.digest(key, step.encode(), "sha256")
        return hmac.digest(key, "\n".join([ALGORITHM, stamp, self._scope(stamp), digest]).encode(), "sha256").hex()


def _request(method: str, path: str, query: str, headers: Mapping[str, str], payload: str) -> str:
    lines = "".join(f"{name}:{headers[name].strip()}\n" for name in sorted(headers))
    return "\n".join([method, path, query, lines, ";".join(sorted(headers)), payload])


def _stamp(now: datetime) -> str:
    return now.astimezone(timezone.utc).strftime("%Y%m%dT%H%M%SZ")


def _encoded(text: str) -> str:
    return quote(text, safe="-_.~")
