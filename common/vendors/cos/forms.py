"""What phones get to reach the bucket without us: an upload form and a download link."""

import base64
import json
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from urllib.parse import quote, urlsplit

from common.domain.uploads import UploadForm
from common.vendors.cos import signature
from common.vendors.cos.models import ENCRYPTION, ENCRYPTION_HEADER, CosCredentials
from common.vendors.cos.settings import CosSettings


def upload_form(
    settings: CosSettings,
    credentials: CosCredentials,
    key: str,
    *,
    max_bytes: int,
    media_type: str | None,
    now: datetime,
    lifetime_s: int,
    metadata: Mapping[str, str],
) -> UploadForm:
    """A POST Object form that takes exactly this key, 1 to `max_bytes` bytes, for `lifetime_s` seconds; the object bears
    `metadata`.

    POST Object overwrites silently and nothing in a form forbids it: `key` has to be fresh and unguessable.
    """
    period = signature.key_time(now, lifetime_s)
    expires_at = now + timedelta(seconds=lifetime_s)
    typed = {"Content-Type": media_type} if media_type else {}
    chosen = {"key": key, ENCRYPTION_HEADER: ENCRYPTION, **typed, **metadata}
    policy = _policy(settings, credentials, period, expires_at, chosen, max_bytes)
    token = {"x-cos-security-token": credentials.token} if credentials.token else {}
    form = {
        **chosen,
        "success_action_status": "204",
        "policy": base64.b64encode(policy.encode()).decode(),
        "q-sign-algorithm": "sha1",
        "q-ak": credentials.secret_id,
        "q-key-time": period,
        "q-signature": signature.sign_policy(credentials.secret_key, period, policy),
        **token,
    }
    return UploadForm(url=f"{settings.origin}/", name="file", form_data=form, expires_at=expires_at)


def download_url(
    settings: CosSettings, credentials: CosCredentials, key: str, *, filename: str, now: datetime, lifetime_s: int
) -> str:
    """A GET link that saves the object as `filename`."""
    query = signature.presigned_query(
        credentials,
        signature.key_time(now, lifetime_s),
        path=f"/{key}",
        host=urlsplit(settings.origin).hostname or settings.host,
        query={"response-content-disposition": _attachment(filename)},
    )
    return f"{settings.origin}/{quote(key, safe='/-_.~')}?{query}"


def _attachment(filename: str) -> str:
    """RFC 6266 with the UTF-8 form only, every character that is not plain percent-encoded: nothing can break out."""
    return f"attachment; filename*=UTF-8''{quote(filename, safe='-_.')}"


def _policy(
    settings: CosSettings,
    credentials: CosCredentials,
    period: str,
    expires_at: datetime,
    chosen: dict[str, str],
    max_bytes: int,
) -> str:
    conditions: list[object] = [
        {"q-sign-algorithm": "sha1"},
        {"q-ak": credentials.secret_id},
        {"q-sign-time": period},
        {"bucket": settings.bucket},
        *({name: value} for name, value in chosen.items()),
        ["content-length-range", 1, max_bytes],
    ]
    expiration = expires_at.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return json.dumps({"expiration": expiration, "conditions": conditions}, ensure_ascii=False)
