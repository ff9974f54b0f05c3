"""The private bucket on Tencent COS. Implements the port Objects; keys are immutable, `create` refuses to overwrite."""

import math
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import unquote

from common.domain.uploads import UploadForm
from common.errors import (
    FileTooLarge,
    MojianError,
    VendorError,
    VendorObjectMissing,
    VendorReplyInvalid,
)
from common.http.records import Recorder, recorded
from common.http.retry import time_left_s, with_retries
from common.vendors.cos import forms, sdk
from common.vendors.cos.errors import meaning_of
from common.vendors.cos.integrity import check_whole
from common.vendors.cos.models import ENCRYPTION, CosCredentials
from common.vendors.cos.settings import CosSettings

Reply = TypeVar("Reply")

VENDOR = "cos"
ATTEMPTS = 3
CHUNK_BYTES = 256 * 1024
PAGE = 1000

#: The user metadata that says which request an object comes from; events of the bucket carry it on.
REQUEST_ID = "x-cos-meta-request-id"


def _no_limit() -> float:
    return math.inf


class Cos:
    """One bucket. `credentials` is asked for every call: inside a function they change from invocation to invocation.

    Every method raises VendorError; all of them are safe to repeat and are repeated on 5xx and lost connections, within
    `remaining_s`. What is written bears `request_id`, so that the function it starts can say where it comes from.
    """

    def __init__(
        self,
        settings: CosSettings,
        credentials: Callable[[], CosCredentials],
        record: Recorder,
        remaining_s: Callable[[], float] = _no_limit,
        request_id: Callable[[], str] = str,
    ) -> None:
        self._settings = settings
        self._credentials = credentials
        self._record = record
        self._remaining_s = remaining_s
        self._request_id = request_id

    def create(self, key: str, content: bytes, *, media_type: str) -> None:
        """Raises ObjectAlreadyExists; after a lost answer that may be our own first try.

        The SDK knows no forbid-overwrite argument, but sends "metadata" as headers. It does nothing on a bucket that
        ever had versioning.
        """
        self._call(
            "create",
            lambda client: client.put_object(
                Bucket=self._settings.bucket,
                Key=key,
                Body=content,
                ContentType=media_type,
                ServerSideEncryption=ENCRYPTION,
                Metadata={"x-cos-forbid-overwrite": "true", **self._origin},
            ),
        )

    @property
    def _origin(self) -> dict[str, str]:
        return {REQUEST_ID: found} if (found := self._request_id()) else {}

    def read(self, key: str, *, max_bytes: int) -> bytes:
        """Raises VendorObjectMissing, FileTooLarge without reading further than `max_bytes`, and VendorReplyInvalid for bytes
        that are not the object.
        """
        return self._call("read", lambda client: _read(client, self._settings.bucket, key, max_bytes))

    def exists(self, key: str) -> bool:
        try:
            self._call("exists", lambda client: client.head_object(Bucket=self._settings.bucket, Key=key))
        except VendorObjectMissing:
            return False
        return True

    def delete(self, key: str) -> None:
        """COS answers the same whether the object was there or not."""
        self._call("delete", lambda client: client.delete_object(Bucket=self._settings.bucket, Key=key))

    def keys_under(self, prefix: str) -> Iterator[str]:
        """Every key that begins with `prefix`, in order."""
        marker = ""
        while True:
            page = self._page(prefix, marker)
            keys = [unquote(item["Key"]) for item in page.get("Contents", [])]
            yield from keys
            if page.get("IsTruncated") != "true" or not keys:
                return
            marker = unquote(page.get("NextMarker") or "") or keys[-1]

    def _page(self, prefix: str, after: str) -> dict[str, Any]:
        return self._call("list", lambda client: _list(client, self._settings.bucket, prefix, after))

    def redeliver(self, key: str) -> None:
        """Copy the object onto itself: content, type and origin stay, and COS announces it again (ObjectCreated:Copy)."""
        self._call("redeliver", lambda client: _copy_onto_itself(client, self._settings, key))

    def is_private(self) -> bool:
        """Whether nobody but the owner is granted anything; for operators."""
        grants = self._call("acl", lambda client: client.get_bucket_acl(Bucket=self._settings.bucket))
        listed = grants.get("AccessControlList", {}).get("Grant", [])
        everybody = ("AllUsers", "AuthenticatedUsers", "anonymous")
        return not any(name in str(grant.get("Grantee", {})) for grant in listed for name in everybody)

    def upload_form(
        self, key: str, *, max_bytes: int, media_type: str | None, now: datetime, lifetime_s: int
    ) -> UploadForm:
        """For wx.uploadFile: this key only, 1 to `max_bytes` bytes, until `now` + `lifetime_s`. No request is made."""
        return forms.upload_form(
            self._settings,
            self._credentials(),
            key,
            max_bytes=max_bytes,
            media_type=media_type,
            now=now,
            lifetime_s=lifetime_s,
            metadata=self._origin,
        )

    def download_url(self, key: str, *, filename: str, now: datetime, lifetime_s: int) -> str:
        """For wx.downloadFile: a link that saves as `filename`. No request is made; the object may be missing."""
        return forms.download_url(
            self._settings, self._credentials(), key, filename=filename, now=now, lifetime_s=lifetime_s
        )

    def _call(self, operation: str, act: Callable[[Any], Reply]) -> Reply:
        with recorded(self._record, VENDOR, operation) as call:

            def attempt() -> Reply:
                call.attempts += 1
                call.status = None
                reply = self._attempt(operation, act)
                call.status = 200
                return reply

            try:
                return with_retries(attempt, attempts=ATTEMPTS, remaining_s=self._remaining_s)
            except VendorError as error:
                status = error.facts.get("status")
                call.status = status if isinstance(status, int) else None
                raise

    def _attempt(self, operation: str, act: Callable[[Any], Reply]) -> Reply:
        from xml.etree.ElementTree import ParseError

        from qcloud_cos import CosClientError, CosServiceError
        from urllib3.exceptions import HTTPError

        left_s = time_left_s(self._remaining_s, vendor=VENDOR, operation=operation)
        try:
            return act(sdk.open_client(self._settings, self._credentials(), left_s))
        except (CosServiceError, CosClientError, HTTPError) as error:  # HTTPError: a body that broke off
            raise _told(meaning_of(error), operation) from None  # its text holds whole URLs
        except ParseError:
            raise _told(VendorReplyInvalid(reason="xml", delivered="unknown"), operation) from None
        except VendorReplyInvalid as error:
            raise _told(error, operation) from None


def _told(error: MojianError, operation: str) -> MojianError:
    error.facts = {"vendor": VENDOR, "operation": operation, **error.facts}
    return error


def _read(client: Any, bucket: str, key: str, max_bytes: int) -> bytes:
    reply = client.get_object(Bucket=bucket, Key=key)
    raw = reply["Body"].get_raw_stream()
    content = bytearray()
    try:
        for chunk in raw.stream(CHUNK_BYTES, decode_content=False):
            content += chunk
            if len(content) > max_bytes:
                raise FileTooLarge(max_bytes=max_bytes)
    finally:
        raw.close()
    whole = bytes(content)
    check_whole(whole, reply)
    return whole


def _list(client: Any, bucket: str, prefix: str, after: str) -> dict[str, Any]:
    """EncodingType makes COS percent-encode the keys; the SDK runs eval() over what is in the list."""
    page: dict[str, Any] = client.list_objects(
        Bucket=bucket, Prefix=prefix, Marker=after, MaxKeys=PAGE, EncodingType="url"
    )
    return page


def _copy_onto_itself(client: Any, settings: CosSettings, key: str) -> None:
    """COS refuses a self copy that changes nothing, so the metadata is "replaced" by what it was."""
    head = {name.lower(): value for name, value in client.head_object(Bucket=settings.bucket, Key=key).items()}
    client.copy_object(
        Bucket=settings.bucket,
        Key=key,
        CopySource={"Bucket": settings.bucket, "Key": key, "Region": settings.region},
        CopyStatus="Replaced",
        ServerSideEncryption=ENCRYPTION,
        ContentType=head.get("content-type", "application/octet-stream"),
        Metadata={REQUEST_ID: head[REQUEST_ID]} if REQUEST_ID in head else {},
    )
