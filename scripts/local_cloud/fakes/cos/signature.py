"""The COS request signature (q-sign, HMAC-SHA1), written for the fake alone so that it cannot share our client's bugs.

Source: cloud.tencent.com/document/product/436/7778; the published vectors are reproduced in the tests.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import quote


def url_encoded(text: str) -> str:
    """Percent-encode everything except letters, digits and `- _ . ~`."""
    return quote(text, safe="-_.~")


def sign_key(secret_key: str, key_time: str) -> str:
    """Return the hex text that keys the second HMAC; `key_time` is `start;end` in unix seconds."""
    return _hmac_hex(secret_key, key_time)


def http_string(method: str, path: str, parameters: Mapping[str, str], headers: Mapping[str, str]) -> str:
    """Join what is signed; `path` is raw text starting with `/`, the mappings hold only the signed names."""
    return f"{method.lower()}\n{path}\n{_joined(parameters)}\n{_joined(headers)}\n"


def request_signature(secret_key: str, key_time: str, signed: str) -> str:
    """Return the signature of an `http_string`."""
    to_sign = f"sha1\n{key_time}\n{_sha1_hex(signed.encode())}\n"
    return _hmac_hex(sign_key(secret_key, key_time), to_sign)


def policy_signature(secret_key: str, key_time: str, policy_json: bytes) -> str:
    """Return the signature of a POST policy: over the JSON text, not over its base64 form."""
    return _hmac_hex(sign_key(secret_key, key_time), _sha1_hex(policy_json))


def same_signature(left: str, right: str) -> bool:
    return hmac.compare_digest(left.encode(), right.encode())


def _joined(pairs: Mapping[str, str]) -> str:
    encoded = sorted((url_encoded(name).lower(), url_encoded(value)) for name, value in pairs.items())
    return "&".join(f"{name}={value}" for name, value in encoded)


def _sha1_hex(content: bytes) -> str:
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()


def _hmac_hex(key: str, message: str) -> str:
    return hmac.new(key.encode(), message.encode(), hashlib.sha1).hexdigest()
