"""What the platform tells a function about itself: the context dict and fresh temporary keys (scf.md 1.3, 1.4)."""

from __future__ import annotations

import json
import secrets
import time
import uuid
from collections.abc import Callable
from typing import Any

from .manifest import FunctionSpec
from .switches import Account

KEY_LIFETIME_S = 6 * 3600.0
EVENT_RUNTIME_PORT = "28902"

AdmitKey = Callable[[str, str, str, float], None]
"""Told about every minted key: secret id, secret key, token, expiry in unix seconds."""


def new_request_id() -> str:
    return str(uuid.uuid4())


class TemporaryKeys:
    """Mints the keys of a function's execution role; without a role there are none."""

    def __init__(self, admit: AdmitKey | None = None) -> None:
        self._admit = admit

    def mint(self, spec: FunctionSpec) -> dict[str, str]:
        if not spec.role:
            return {}
        secret_id, secret_key = "AKID" + secrets.token_hex(16), secrets.token_hex(16)
        token = secrets.token_urlsafe(48)
        if self._admit:
            self._admit(secret_id, secret_key, token, time.time() + KEY_LIFETIME_S)
        return {
            "TENCENTCLOUD_SECRETID": secret_id,
            "TENCENTCLOUD_SECRETKEY": secret_key,
            "TENCENTCLOUD_SESSIONTOKEN": token,
        }


def account_variables(account: Account, region: str) -> dict[str, str]:
    return {
        "TENCENTCLOUD_REGION": region,
        "TENCENTCLOUD_APPID": account.appid,
        "TENCENTCLOUD_UIN": account.uin,
        "_SCF_SERVER_PORT": EVENT_RUNTIME_PORT,
    }


def build_context(
    spec: FunctionSpec, account: Account, region: str, request_id: str, variables: dict[str, str]
) -> dict[str, Any]:
    """The handler's second argument. `variables` are the ones that are fresh for this event."""
    environment = {**spec.environment, "SCF_NAMESPACE": spec.namespace, **variables}
    return {
        "request_id": request_id,
        "memory_limit_in_mb": spec.memory_mb,
        "time_limit_in_ms": spec.timeout_s * 1000,
        "function_name": spec.name,
        "function_version": "$LATEST",
        "namespace": spec.namespace,
        "environment": json.dumps(environment, ensure_ascii=False),
        "environ": ";".join(f"{name}={value}" for name, value in environment.items() if _fits(value)),
        "tencentcloud_region": region,
        "tencentcloud_appid": account.appid,
        "tencentcloud_uin": account.uin,
    }


def _fits(value: str) -> bool:
    """The `K=V;K=V` text has no escape: a value with its separator would be cut when it is re-applied."""
    return ";" not in value and "\n" not in value
