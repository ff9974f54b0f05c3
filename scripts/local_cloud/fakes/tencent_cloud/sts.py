"""STS (2018-08-13): GetFederationToken, which cuts temporary keys out of the rights of a permanent one."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any, ClassVar
from urllib.parse import unquote

from scripts.local_cloud.fakes.tencent_cloud.errors import TencentCloudError
from scripts.local_cloud.fakes.tencent_cloud.services import Action, Service

LONGEST_S = 7200
USUAL_S = 1800


@dataclass(frozen=True)
class Granted:
    """One issued pair. `policy` is what it may do; `expires_at` in unix seconds."""

    secret_id: str
    secret_key: str = field(repr=False)
    token: str = field(repr=False)
    expires_at: float
    policy: Mapping[str, Any]


class StsService(Service):
    """`on_issue` hears of every pair, so that the bucket knows it too."""

    name: ClassVar[str] = "sts"
    version: ClassVar[str] = "2018-08-13"
    permanent_keys_only: ClassVar[bool] = True

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self.on_issue: Callable[[Granted], None] = lambda _granted: None
        self.forget()

    def forget(self) -> None:
        self.issued: list[Granted] = []

    @property
    def actions(self) -> Mapping[str, Action]:
        return {"GetFederationToken": self.federate}

    def state(self) -> dict[str, Any]:
        return {"issued": [{"policy": dict(one.policy), "expires_at": one.expires_at} for one in self.issued]}

    def change(self, limits: Mapping[str, Any]) -> None:
        raise ValueError(f"nothing to set; not {', '.join(limits)}")

    def federate(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        name, seconds = fields.get("Name"), fields.get("DurationSeconds", USUAL_S)
        if not isinstance(name, str) or not name:
            raise TencentCloudError("MissingParameter", "Name is missing.")
        if not isinstance(seconds, int) or not 0 < seconds <= LONGEST_S:
            raise TencentCloudError("InvalidParameter.OverTimeError", "DurationSeconds is not 1 to 7200.")
        granted = Granted(
            secret_id="AKID" + secrets.token_hex(16),
            secret_key=secrets.token_hex(16),
            token=secrets.token_urlsafe(64),
            expires_at=self._now() + seconds,
            policy=_policy(fields.get("Policy")),
        )
        self.issued.append(granted)
        self.on_issue(granted)
        ends_at = datetime.fromtimestamp(granted.expires_at, timezone.utc)
        return {
            "Credentials": {
                "Token": granted.token,
                "TmpSecretId": granted.secret_id,
                "TmpSecretKey": granted.secret_key,
            },
            "ExpiredTime": int(granted.expires_at),
            "Expiration": ends_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }


def _policy(text: object) -> Mapping[str, Any]:
    """URL-encoded JSON of version 2.0 with statements that name effect, action and resource."""
    if not isinstance(text, str) or '"' in text:
        raise TencentCloudError("InvalidParameter.PolicyError", "The policy is not URL-encoded.")
    try:
        policy: dict[str, Any] = json.loads(unquote(text))
        whole = all({"effect", "action", "resource"} <= set(one) for one in policy["statement"])
    except (KeyError, TypeError, ValueError):
        raise TencentCloudError("InvalidParameter.PolicyError", "The policy is not a policy.") from None
    if not whole or policy.get("version") != "2.0":
        raise TencentCloudError("InvalidParameter.PolicyError", "The policy is not whole, or not of version 2.0.")
    return policy
