"""Is this request signed by a key we know, now, for the service it asks?"""

from __future__ import annotations

import hmac

from werkzeug.wrappers import Request

from scripts.local_cloud.fakes.tencent_cloud.errors import TencentCloudError
from scripts.local_cloud.fakes.tencent_cloud.keyring import KeyRing
from scripts.local_cloud.fakes.tencent_cloud.signature import Authorization, canonical_request, signature_of

CLOCK_MAY_DIFFER_S = 300
ALWAYS_SIGNED = {"content-type", "host"}


def verified_service(request: Request, keys: KeyRing, now: float) -> str:
    """The service of the credential scope, such as "ocr". Raises AuthFailure.…"""
    said = Authorization.parse(request.headers.get("Authorization", ""))
    if said is None or not set(said.signed_headers) >= ALWAYS_SIGNED:
        raise TencentCloudError("AuthFailure.InvalidAuthorization")
    timestamp = _timestamp(request)
    if abs(now - timestamp) > CLOCK_MAY_DIFFER_S:
        raise TencentCloudError("AuthFailure.SignatureExpire")
    pair = keys.find(said.secret_id, request.headers.get("X-TC-Token", ""), now)
    headers = {name.lower(): value for name, value in request.headers.items()}
    query = request.query_string.decode("ascii", "replace")
    canonical = canonical_request(request.method, request.path, query, headers, said.signed_headers, request.get_data())
    expected = signature_of(canonical, secret_key=pair.secret_key, timestamp=timestamp, service=said.service)
    if not hmac.compare_digest(expected, said.signature):  # a wrong date in the scope ends here too
        raise TencentCloudError("AuthFailure.SignatureFailure")
    return said.service


def _timestamp(request: Request) -> int:
    text = request.headers.get("X-TC-Timestamp", "")
    if not text.isdecimal():
        raise TencentCloudError("MissingParameter", "The header `X-TC-Timestamp` is missing.")
    return int(text)
