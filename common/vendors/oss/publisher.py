"""Writing our assets, through boto3 at OSS's S3-compatible address. For commands only: no function loads boto3.

Closed: chunked bodies with trailing checksums, the default over https, which OSS refuses (`when_required`); path style, which OSS
refuses too (`virtual`, also for addresses that are numbers); retries without end, and 60 s timeouts; environment proxies.
"""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from common.errors import MojianError, VendorObjectMissing, VendorUnavailable
from common.vendors.oss.errors import error_of
from common.vendors.oss.settings import OssSettings

ATTEMPTS = 3
CONNECT_S = 3
READ_S = 20


class AssetPublisher:
    """One bucket. Every method raises VendorError."""

    def __init__(self, settings: OssSettings) -> None:
        self._settings = settings
        self._client = _client(settings)

    def has(self, key: str) -> bool:
        try:
            self._call(self._client.head_object, Key=key)
        except VendorObjectMissing:
            return False
        return True

    def put_new(self, key: str, content: bytes, *, media_type: str, cache: str) -> None:
        """An object that never changes. Raises ObjectAlreadyExists where the bucket has it (and knows the condition)."""
        self._put(key, content, media_type, cache, {"IfNoneMatch": "*"})

    def read(self, key: str) -> tuple[bytes, str] | None:
        """The content and its ETag; None when there is no such object."""
        try:
            reply = self._call(self._client.get_object, Key=key)
        except VendorObjectMissing:
            return None
        content: bytes = reply["Body"].read()
        return content, str(reply["ETag"])

    def replace(self, key: str, content: bytes, *, media_type: str, cache: str, seen_etag: str | None) -> None:
        """Write over what was seen, or nothing where nothing was. Raises ObjectAlreadyExists when it has changed since."""
        condition = {"IfMatch": seen_etag} if seen_etag else {"IfNoneMatch": "*"}
        self._put(key, content, media_type, cache, condition)

    def is_private(self) -> bool:
        """Whether nobody is granted anything beside the owner. Raises VendorError."""
        grants = self._call(self._client.get_bucket_acl)["Grants"]
        return all(grant["Grantee"].get("Type") != "Group" for grant in grants)

    def _put(self, key: str, content: bytes, media_type: str, cache: str, condition: dict[str, str]) -> None:
        what = {"Key": key, "Body": content, "ContentType": media_type, "CacheControl": cache}
        self._call(self._client.put_object, **what, **condition)

    def _call(self, method: Any, **arguments: Any) -> Any:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            return method(Bucket=self._settings.bucket, **arguments)
        except ClientError as error:
            raise _meaning_of(error) from None
        except BotoCoreError as error:
            raise VendorUnavailable(vendor="oss", reason=type(error).__name__) from None


def _client(settings: OssSettings) -> Any:
    import boto3
    from botocore.config import Config

    config = Config(
        signature_version="s3v4",
        s3={"addressing_style": "virtual"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
        connect_timeout=CONNECT_S,
        read_timeout=READ_S,
        proxies={},
    )
    session = boto3.session.Session(
        aws_access_key_id=settings.access_key_id,
        aws_secret_access_key=settings.access_key_secret.get_secret_value(),
        region_name=settings.signing_region,
    )
    client = session.client("s3", endpoint_url=settings.service_url, config=config)
    if settings.cname or settings.endpoint:
        client.meta.events.register_first("before-sign.s3", _reached_at(settings))
    return client


def _reached_at(settings: OssSettings) -> Any:
    """boto3 knows no bucket with a host name of its own: the address is put right before it is signed."""
    target = urlsplit(settings.origin)

    def redirect(request: Any, **_more: Any) -> None:
        asked = urlsplit(request.url)
        request.url = urlunsplit((target.scheme, target.netloc, asked.path, asked.query, ""))
        request.headers["Host"] = settings.host

    return redirect


def _meaning_of(error: Any) -> MojianError:
    reply = error.response
    code, status = str(reply["Error"].get("Code")), int(reply["ResponseMetadata"].get("HTTPStatusCode", 0))
    if status == 404 and code != "NoSuchBucket":  # an answer to HEAD has no body
        code = "NoSuchKey"
    fault = error_of(code, status, reply["ResponseMetadata"].get("RequestId"))
    fault.facts = {"vendor": "oss", **fault.facts}
    return fault
