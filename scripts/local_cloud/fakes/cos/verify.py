"""Checks the signature of one COS request, in the Authorization header or in the query of a presigned URL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from scripts.local_cloud.fakes.cos.errors import CosError
from scripts.local_cloud.fakes.cos.keyring import AccessKey, KeyRing
from scripts.local_cloud.fakes.cos.signature import http_string, request_signature, same_signature, url_encoded

_PARTS = ("q-sign-algorithm", "q-ak", "q-sign-time", "q-key-time", "q-header-list", "q-url-param-list", "q-signature")
SECURITY_TOKEN = "x-cos-security-token"  # noqa: S105 - the name of a header


@dataclass(frozen=True)
class SignedRequest:
    """What a signature covers: `path` decoded, header names in lower case, query values decoded."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]


def verify_request(request: SignedRequest, keys: KeyRing, now: float) -> AccessKey:
    """Return the access key that signed the request, or raise the CosError that COS would answer.

    The vendor's SDK signs the host without its port, so both forms are tried; every name in the two lists must
    really be in the request.
    """
    parts = _signature_parts(request)
    token = request.headers.get(SECURITY_TOKEN) or request.query.get(SECURITY_TOKEN, "")
    key = keys.find(parts["q-ak"], token, now)
    check_key_time(parts["q-key-time"], now)
    if parts["q-sign-time"] != parts["q-key-time"]:
        raise CosError("AccessDenied", "q-sign-time and q-key-time differ.")
    parameters = _signed_parameters(request, parts["q-url-param-list"])
    for headers in _signed_headers(request, parts["q-header-list"]):
        signed = http_string(request.method, request.path, parameters, headers)
        expected = request_signature(key.secret_key, parts["q-key-time"], signed)
        if same_signature(expected, parts["q-signature"]):
            return key
    raise CosError("SignatureDoesNotMatch")


def check_key_time(key_time: str, now: float) -> None:
    """Raise AccessDenied unless `start;end` (unix seconds) covers `now`."""
    start, separator, end = key_time.partition(";")
    if not (separator and start.isdecimal() and end.isdecimal()):
        raise CosError("AccessDenied", "q-key-time is not of the form start;end.")
    if not int(start) <= now <= int(end):
        raise CosError("AccessDenied", "Request has expired")


def _signature_parts(request: SignedRequest) -> dict[str, str]:
    authorization = request.headers.get("authorization", "")
    source: Mapping[str, str] = request.query
    if authorization:
        source = dict(pair.split("=", 1) for pair in authorization.split("&") if "=" in pair)
    parts = {name: source[name] for name in _PARTS if name in source}
    if len(parts) < len(_PARTS):
        raise CosError("AccessDenied")
    if parts["q-sign-algorithm"] != "sha1":
        raise CosError("AccessDenied", "q-sign-algorithm must be sha1.")
    return parts


def _signed_parameters(request: SignedRequest, listed: str) -> dict[str, str]:
    present = {url_encoded(name).lower(): (name.lower(), value) for name, value in request.query.items()}
    return dict(_pick(present, listed, "query parameter"))


def _signed_headers(request: SignedRequest, listed: str) -> list[dict[str, str]]:
    present = {url_encoded(name).lower(): (name, value) for name, value in request.headers.items()}
    chosen = dict(_pick(present, listed, "header"))
    host = chosen.get("host", "")
    without_port = host.rpartition(":")[0] if ":" in host else host
    return [chosen] if without_port == host else [chosen, {**chosen, "host": without_port}]


def _pick(present: Mapping[str, tuple[str, str]], listed: str, kind: str) -> list[tuple[str, str]]:
    names = [name for name in listed.split(";") if name]
    missing = [name for name in names if name not in present]
    if missing:
        raise CosError("AccessDenied", f"The signed {kind} {unquote(missing[0])} is not in the request.")
    return [present[name] for name in names]
