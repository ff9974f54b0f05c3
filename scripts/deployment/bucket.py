"""The private bucket, for the deployer: code that is too large for a request, and rules of the whole bucket."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlsplit

from scripts.deployment.errors import CloudRefused, CloudUnreachable
from scripts.deployment.settings import Settings

TIMEOUT_S = 120
#: Grantees of an ACL that are everybody, with or without an account.
EVERYBODY = ("AllUsers", "AuthenticatedUsers", "anonymous")
MISSING = ("NoSuchCORSConfiguration", "NoSuchLifecycleConfiguration", "NoSuchKey", "NoSuchResource")


class Bucket:
    """Every method raises CloudRefused or CloudUnreachable."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._opened: Any = None
        self.writes = 0

    def has(self, key: str) -> bool:
        return self._call("HeadObject", "head_object", Key=key) is not None

    def put(self, key: str, content: bytes) -> None:
        self.writes += 1
        self._call("PutObject", "put_object", Key=key, Body=content, ContentType="application/zip")

    def is_private(self) -> bool:
        """Whether nobody is granted anything whom the owner does not know."""
        found = self._call("GetBucketACL", "get_bucket_acl") or {}
        grants = _rules(found.get("AccessControlList"), "Grant")
        return not any(name in str(grant.get("Grantee", {})) for grant in grants for name in EVERYBODY)

    def lifecycle(self) -> list[dict[str, Any]]:
        return _rules(self._call("GetBucketLifecycle", "get_bucket_lifecycle"), "Rule")

    def put_lifecycle(self, rules: list[dict[str, Any]]) -> None:
        self.writes += 1
        self._call("PutBucketLifecycle", "put_bucket_lifecycle", LifecycleConfiguration={"Rule": rules})

    def cors(self) -> list[dict[str, Any]]:
        return _rules(self._call("GetBucketCors", "get_bucket_cors"), "CORSRule")

    def put_cors(self, rules: list[dict[str, Any]]) -> None:
        self.writes += 1
        self._call("PutBucketCors", "put_bucket_cors", CORSConfiguration={"CORSRule": rules})

    def _call(self, action: str, method: str, **arguments: Any) -> Any:
        """What the SDK gives, None when there is no such thing."""
        from qcloud_cos.cos_exception import CosClientError, CosServiceError

        try:
            found = getattr(self._client(), method)(Bucket=self._settings.bucket, **arguments)
            return {} if found is None else found
        except CosServiceError as error:
            code = str(error.get_error_code())
            if code in MISSING or (action == "HeadObject" and error.get_status_code() == 404):
                return None
            raise CloudRefused(action, code, str(error.get_error_msg()), str(error.get_request_id() or "")) from error
        except CosClientError as error:
            raise CloudUnreachable(action, type(error).__name__) from error

    def _client(self) -> Any:
        if self._opened is None:
            from qcloud_cos import CosConfig, CosS3Client

            logging.getLogger("qcloud_cos").setLevel(logging.CRITICAL + 1)
            settings = self._settings
            where: dict[str, Any] = {"Scheme": "https"}
            if settings.cos_endpoint:
                address = urlsplit(settings.cos_endpoint)
                where = {"Scheme": address.scheme, "IP": address.hostname, "Port": address.port}
            self._opened = CosS3Client(
                CosConfig(
                    Region=settings.region,
                    SecretId=settings.secret_id,
                    SecretKey=settings.secret_key,
                    Token=settings.token or None,
                    Timeout=TIMEOUT_S,
                    **where,
                ),
                retry=0,
            )
        return self._opened


def _rules(found: Any, key: str) -> list[dict[str, Any]]:
    listed = (found or {}).get(key) or []
    return listed if isinstance(listed, list) else [listed]
