"""How a function is called: retries of asynchronous events, reserved concurrency, limits of the account."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from scripts.local_cloud.fakes.tencent_cloud.errors import TencentCloudError
from scripts.local_cloud.fakes.tencent_cloud.scf.model import Functions
from scripts.local_cloud.fakes.tencent_cloud.scf.world import World

MOST_RETRIES = 2
MESSAGE_TTL_S = range(60, 21601)
ACCOUNT_MB = 128_000
NEVER_RESERVED_MB = 12_800


class Calling:
    """The actions on what surrounds an invocation."""

    def __init__(self, world: World, functions: Functions) -> None:
        self._world, self._functions = world, functions

    def show_retries(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        return {"AsyncTriggerConfig": copy.deepcopy(self._functions.find(fields).retries)}

    def update_retries(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        function = self._functions.find_idle(fields, self._world.now())
        if function.type == "HTTP":
            raise TencentCloudError(
                "UnsupportedOperation.UpdateFunctionEventInvokeConfig", "A web function has no events."
            )
        config = fields.get("AsyncTriggerConfig") or {}
        retries = [entry.get("RetryNum") for entry in config.get("RetryConfig") or []]
        if len(retries) != 1 or retries[0] not in range(MOST_RETRIES + 1):
            raise TencentCloudError("LimitExceeded.RetryNum", f"0 to {MOST_RETRIES} retries.")
        if config.get("MsgTTL") not in MESSAGE_TTL_S:
            raise TencentCloudError("LimitExceeded.MsgTTL", "60 to 21600 seconds.")
        function.retries = {"MsgTTL": config["MsgTTL"], "RetryConfig": [{"RetryNum": retries[0]}]}
        return {}

    def show_reserved(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        return {"ReservedMem": self._functions.find(fields).reserved_mb}

    def put_reserved(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        function = self._functions.find_idle(fields, self._world.now())
        wanted_mb = int(fields.get("ReservedConcurrencyMem") or 0)
        others_mb = sum(known.reserved_mb or 0 for known in self._functions.by_name.values() if known is not function)
        if wanted_mb < 0 or others_mb + wanted_mb > ACCOUNT_MB - NEVER_RESERVED_MB:
            raise TencentCloudError(
                "LimitExceeded.FunctionReservedConcurrencyMemory", "More than the account may reserve."
            )
        function.reserved_mb = wanted_mb
        return {}

    def delete_reserved(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        self._functions.find_idle(fields, self._world.now()).reserved_mb = None
        return {}
