"""Temporary keys for a client's own COS SDK: good for writing one object, and nothing else, for some minutes.

Source: GetFederationToken cloud.tencent.com/document/api/1312/48195, policies document/product/436/14048. A POST form (forms.py)
is simpler and enough for wx.uploadFile; these are for SDKs that show progress, repeat and resume by themselves.
"""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import quote

from pydantic import Field, ValidationError

from common.domain.uploads import UploadKeys
from common.errors import (
    CredentialRejected,
    InternalError,
    MojianError,
    VendorBusy,
    VendorRejected,
    VendorReplyInvalid,
    VendorUnavailable,
)
from common.http.meanings import Meaning
from common.http.records import Recorder
from common.http.tencent_cloud import Place, TencentCloud, TencentKeys, common_client, meaning_in
from common.lazy_model import LazyModel
from common.vendors.cos.settings import CosSettings, StsSettings

VENDOR = "sts"
ATTEMPTS = 2
READ_S = 3.0
LONGEST_S = 7200
NAME = "mojian-upload"
#: One request writes it; parts and listings are not needed below 10 MB.
ACTIONS = ("name/cos:PutObject", "name/cos:PostObject")

#: What may stand in a key: a policy reads `*` and `?` as anything, `${` as a variable, and some servers `..` as the folder above.
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*(?:\.[A-Za-z0-9]+)?")

_GRANT = "let the sub-user of STS_SECRET_ID call sts:GetFederationToken and write below uploads/"
ERRORS: dict[str, Meaning] = {
    "AuthFailure.SignatureExpire": Meaning(CredentialRejected, "set the clock: a signature lives five minutes"),
    "AuthFailure": Meaning(CredentialRejected, "compare STS_SECRET_ID and STS_SECRET_KEY with the console"),
    "UnauthorizedOperation": Meaning(CredentialRejected, _GRANT),
    "InvalidParameter.OverTimeError": Meaning(VendorRejected, "a bug: asked for longer than keys may live"),
    "InvalidParameter": Meaning(VendorRejected, "a bug in our policy"),
    "InternalError": Meaning(VendorUnavailable, "wait; see the Tencent Cloud status page"),
    "RequestLimitExceeded": Meaning(VendorBusy, "ask for more than 600 calls a second if it lasts"),
}


class Credentials(LazyModel):
    token: str = Field(alias="Token", min_length=1, repr=False)
    secret_id: str = Field(alias="TmpSecretId", min_length=1)
    secret_key: str = Field(alias="TmpSecretKey", min_length=1, repr=False)


class Federation(LazyModel):
    """`Response` of a call that succeeded; `ExpiredTime` in unix seconds."""

    credentials: Credentials = Field(alias="Credentials")
    expired_at: int = Field(alias="ExpiredTime")


class ClientKeys:
    """Implements the port ClientKeys."""

    def __init__(
        self, settings: StsSettings, bucket: CosSettings, record: Recorder, remaining_s: Callable[[], float]
    ) -> None:
        self._bucket = bucket
        place = Place(common_client("sts", "2018-08-13"), settings.base_url, settings.region, READ_S)
        keys = TencentKeys(settings.secret_id, settings.secret_key.get_secret_value())
        self._cloud = TencentCloud(VENDOR, place, lambda: keys, record, remaining_s, error_of)

    def for_upload(self, key: str, *, max_bytes: int, now: datetime, lifetime_s: int) -> UploadKeys:
        """Raises CredentialRejected, VendorError; InternalError for a key in which a policy would read more than itself."""
        policy = upload_policy(self._bucket, key, max_bytes=max_bytes)
        seconds = min(lifetime_s, LONGEST_S)
        fields = {"Name": NAME, "Policy": quote(policy, safe=""), "DurationSeconds": seconds}
        granted = self._cloud.call("for_upload", "GetFederationToken", fields, _read, attempts=ATTEMPTS)
        ends_at = min(now + timedelta(seconds=seconds), datetime.fromtimestamp(granted.expired_at, timezone.utc))
        return UploadKeys(
            bucket=self._bucket.bucket,
            region=self._bucket.region,
            key=key,
            tmp_secret_id=granted.credentials.secret_id,
            tmp_secret_key=granted.credentials.secret_key,
            security_token=granted.credentials.token,
            starts_at=int(now.timestamp()),
            expires_at=int(ends_at.timestamp()),
        )


def upload_policy(bucket: CosSettings, key: str, *, max_bytes: int) -> str:
    """Exactly this key, written encrypted, up to `max_bytes`. Raises InternalError."""
    if not _PLAIN_KEY.fullmatch(key):
        raise InternalError(reason="key_not_plain")
    appid = bucket.bucket.rpartition("-")[2]
    resource = f"qcs::cos:{bucket.region}:uid/{appid}:{bucket.bucket}/{key}"
    statement = {
        "effect": "allow",
        "action": list(ACTIONS),
        "resource": [resource],
        "condition": {"numeric_less_than_equal": {"cos:content-length": max_bytes}},
    }
    return json.dumps({"version": "2.0", "statement": [statement]})


def error_of(code: str, _message: str, request_id: str | None) -> MojianError:
    kind = meaning_in(ERRORS, code).error
    return kind(vendor_code=code, request_id=request_id)


def _read(response: Any) -> Federation:
    try:
        return Federation.model_validate(response)
    except ValidationError:
        raise VendorReplyInvalid(reason="not temporary keys") from None
