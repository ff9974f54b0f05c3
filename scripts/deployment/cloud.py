"""The APIs of Tencent Cloud behind one call each, by the official SDK. Reading is repeated when it fails; writing never is.

A call whose answer was lost may have been done. Nothing here guesses: the next run reads what is there and goes on.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from tencentcloud.common.credential import Credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile

from scripts.deployment.errors import CloudRefused, CloudUnreachable
from scripts.deployment.settings import Settings

VERSIONS = {"scf": "v20180416", "cam": "v20190116", "cls": "v20201016"}
READING = ("Get", "List", "Describe")
READ_TRIES = 3
PAUSE_S = 0.5
TIMEOUT_S = 60

#: Nothing was done, so the same call may be made again.
NOTHING_DONE = ("RequestLimitExceeded", "InternalError.ServerBusy")
NO_ANSWER = ("ClientNetworkError", "ServerNetworkError", "ClientError", "InternalError")

Pause = Callable[[float], None]


class Cloud:
    """`pause` sleeps; tests move a clock instead."""

    def __init__(self, settings: Settings, pause: Pause) -> None:
        self.pause = pause
        self._settings = settings
        self._clients: dict[str, Any] = {}
        self.writes = 0

    def scf(self, action: str, **fields: Any) -> dict[str, Any]:
        return self._call("scf", action, fields)

    def cam(self, action: str, **fields: Any) -> dict[str, Any]:
        return self._call("cam", action, fields)

    def cls(self, action: str, **fields: Any) -> dict[str, Any]:
        return self._call("cls", action, fields)

    def every(
        self, call: Callable[..., dict[str, Any]], action: str, key: str, *, size: int = 100, **fields: Any
    ) -> list[dict[str, Any]]:
        """All pages of a list that is asked for by Offset and Limit."""
        found: list[dict[str, Any]] = []
        while True:
            page = call(action, Offset=len(found), Limit=size, **fields).get(key) or []
            found += page
            if len(page) < size:
                return found

    def _call(self, service: str, action: str, fields: dict[str, Any]) -> dict[str, Any]:
        """The answer's fields without those that are null. Raises CloudRefused, CloudUnreachable."""
        reading = action.startswith(READING)
        self.writes += 0 if reading else 1
        for again in reversed(range(READ_TRIES)):
            try:
                return self._once(service, action, fields)
            except TencentCloudSDKException as error:
                code = str(error.get_code())
                safe = code.startswith(NOTHING_DONE) or (reading and code.startswith(NO_ANSWER))
                if not (safe and again):
                    raise _translated(action, error) from error
            self.pause(PAUSE_S * (READ_TRIES - again))
        raise AssertionError("unreachable")

    def _once(self, service: str, action: str, fields: dict[str, Any]) -> dict[str, Any]:
        models = _module(service, "models")
        request = getattr(models, f"{action}Request")()
        request._deserialize(fields)  # warns about a name the API does not have
        answer = getattr(self._client(service), action)(request)
        read: dict[str, Any] = json.loads(answer.to_json_string())
        plain: dict[str, Any] = without_nulls(read)
        return plain

    def _client(self, service: str) -> Any:
        if service not in self._clients:
            settings = self._settings
            kind = getattr(_module(service, f"{service}_client"), f"{service.title()}Client")
            profile = ClientProfile(httpProfile=_http_profile(settings.api_endpoint))
            credential = Credential(settings.secret_id, settings.secret_key, settings.token or None)
            self._clients[service] = kind(credential, settings.region, profile)
        return self._clients[service]


def _module(service: str, name: str) -> Any:
    return importlib.import_module(f"tencentcloud.{service}.{VERSIONS[service]}.{name}")


def _http_profile(endpoint: str) -> HttpProfile:
    profile = HttpProfile(reqTimeout=TIMEOUT_S, keepAlive=True)
    if endpoint:
        address = urlsplit(endpoint)
        profile.scheme, profile.endpoint = address.scheme, address.netloc
    return profile


def _translated(action: str, error: TencentCloudSDKException) -> CloudRefused | CloudUnreachable:
    code, message = str(error.get_code()), str(error.get_message())
    if code.startswith("Client") or code in ("ServerNetworkError", "JSONDecodeError", "KeyError"):
        return CloudUnreachable(action, code)
    return CloudRefused(action, code, message, str(error.get_request_id() or ""))


def without_nulls(value: Any) -> Any:
    """null means absent everywhere in these APIs."""
    if isinstance(value, dict):
        return {key: without_nulls(one) for key, one in value.items() if one is not None}
    return [without_nulls(one) for one in value] if isinstance(value, list) else value
