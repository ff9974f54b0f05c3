"""Checks the policy of a POST Object form: its signature, its life and each of its conditions.

Source: cloud.tencent.com/document/api/436/14690. The condition is called q-sign-time, the form field q-key-time.
"""

from __future__ import annotations

import base64
import binascii
import json
from datetime import datetime
from typing import Any

from scripts.local_cloud.fakes.cos.errors import CosError
from scripts.local_cloud.fakes.cos.form import Form
from scripts.local_cloud.fakes.cos.keyring import AccessKey, KeyRing
from scripts.local_cloud.fakes.cos.signature import policy_signature, same_signature
from scripts.local_cloud.fakes.cos.verify import SECURITY_TOKEN, check_key_time

_SIGNED_FIELDS = ("q-sign-algorithm", "q-ak", "q-key-time", "q-signature")
_DEMANDED_CONDITIONS = {"q-sign-algorithm", "q-ak", "q-sign-time"}


def check_policy(form: Form, bucket: str, keys: KeyRing, now: float) -> AccessKey:
    """Return the key that signed the form, or raise the CosError that COS would answer.

    `bucket` has the name-appid form, `now` is unix seconds.
    """
    policy_json = _policy_json(form)
    signer = _check_signature(form, policy_json, keys, now)
    policy = _parsed(policy_json)
    if _unix_seconds(str(policy.get("expiration", ""))) < now:
        raise CosError("AccessDenied", "You post object request has been expired")
    conditions = [_as_triple(condition) for condition in policy.get("conditions", [])]
    missing = _DEMANDED_CONDITIONS - {name for operator, name, _ in conditions if operator == "eq"}
    if missing:
        raise CosError("AccessDenied", f"Policy must contain the condition {min(missing)}.")
    known = {**form.fields, "bucket": bucket, "key": form.key, "q-sign-time": form.fields["q-key-time"]}
    for operator, name, wanted in conditions:
        _check_condition(operator, name, wanted, known.get(name, ""), len(form.content))
    return signer


def _policy_json(form: Form) -> bytes:
    if any(name not in form.fields for name in ("policy", *_SIGNED_FIELDS)):
        raise CosError("AccessDenied")
    try:
        return base64.b64decode(form.fields["policy"], validate=True)
    except binascii.Error as error:
        raise CosError("InvalidArgument", "The policy is not base64.") from error


def _check_signature(form: Form, policy_json: bytes, keys: KeyRing, now: float) -> AccessKey:
    key = keys.find(form.fields["q-ak"], form.fields.get(SECURITY_TOKEN, ""), now)
    key_time = form.fields["q-key-time"]
    check_key_time(key_time, now)
    if not same_signature(policy_signature(key.secret_key, key_time, policy_json), form.fields["q-signature"]):
        raise CosError("SignatureDoesNotMatch")
    return key


def _parsed(policy_json: bytes) -> dict[str, Any]:
    try:
        policy = json.loads(policy_json)
    except ValueError as error:
        raise CosError("InvalidArgument", "The policy is not JSON.") from error
    if not isinstance(policy, dict) or not isinstance(policy.get("conditions"), list):
        raise CosError("InvalidArgument", "The policy has no conditions.")
    return policy


def _unix_seconds(expiration: str) -> float:
    if not expiration.endswith("Z"):
        raise CosError("InvalidArgument", "The expiration must be ISO 8601 in UTC, ending in Z.")
    try:
        return datetime.fromisoformat(f"{expiration[:-1]}+00:00").timestamp()
    except ValueError as error:
        raise CosError("InvalidArgument", "The expiration is not ISO 8601.") from error


def _as_triple(condition: Any) -> tuple[str, str, Any]:
    """Bring both spellings to (operator, field name in lower case, wanted value or range)."""
    if isinstance(condition, dict) and len(condition) == 1:
        ((name, wanted),) = condition.items()
        return "eq", name.lower(), wanted
    if isinstance(condition, list) and len(condition) == 3:
        if condition[0] == "content-length-range" and all(isinstance(bound, int) for bound in condition[1:]):
            return "content-length-range", "", tuple(condition[1:])
        if condition[0] in ("eq", "starts-with"):
            return condition[0], str(condition[1]).removeprefix("$").lower(), condition[2]
    raise CosError("InvalidArgument", "The policy has a condition of an unknown form.")


def _check_condition(operator: str, name: str, wanted: Any, got: str, size_bytes: int) -> None:
    if operator == "content-length-range":
        smallest, largest = wanted
        if size_bytes > largest:
            raise CosError("EntityTooLarge")
        if size_bytes < smallest:
            raise CosError("EntityTooSmall")
        return
    holds = got.startswith(str(wanted)) if operator == "starts-with" else got == wanted
    if not holds:
        raise CosError("AccessDenied", f"Condition key {name} doesn't match the value {wanted}")
