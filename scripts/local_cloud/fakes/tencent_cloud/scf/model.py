"""A function as the platform keeps it: its configuration, and its published versions, aliases and triggers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scripts.local_cloud.fakes.tencent_cloud.errors import TencentCloudError
from scripts.local_cloud.fakes.tencent_cloud.scf.world import Status

LATEST = "$LATEST"
DEFAULT = "$DEFAULT"
RETRIES = {"MsgTTL": 21600, "RetryConfig": [{"RetryNum": 2}]}

#: What a configuration holds, and what it is when nobody says anything.
CONFIGURATION: dict[str, Any] = {
    "Description": "",
    "MemorySize": 128,
    "Timeout": 3,
    "InitTimeout": 65,
    "Environment": {"Variables": []},
    "Role": "",
    "Layers": [],
    "VpcConfig": {"VpcId": "", "SubnetId": ""},
    "PublicNetConfig": {"PublicNetStatus": "ENABLE", "EipConfig": {"EipStatus": "DISABLE"}},
    "ClsLogsetId": "",
    "ClsTopicId": "",
    "DeadLetterConfig": {"Type": "", "Name": "", "FilterType": ""},
    "InstanceConcurrencyConfig": None,
}


@dataclass
class Version:
    """What was published under a number; it never changes again."""

    configuration: dict[str, Any]
    code_sha256: str
    status: Status


@dataclass
class Alias:
    version: str
    description: str = ""
    weights: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Function:
    """`fixed` cannot be changed after creation: Runtime, Type, Handler changes with the code."""

    name: str
    namespace: str
    runtime: str
    type: str
    handler: str
    configuration: dict[str, Any]
    code: bytes
    code_sha256: str
    status: Status
    versions: dict[str, Version] = field(default_factory=dict)
    aliases: dict[str, Alias] = field(default_factory=lambda: {DEFAULT: Alias(LATEST)})
    triggers: list[dict[str, Any]] = field(default_factory=list)
    retries: dict[str, Any] = field(default_factory=lambda: dict(RETRIES))
    reserved_mb: int | None = None
    last_version: int = 0

    def has_qualifier(self, qualifier: str) -> bool:
        return qualifier == LATEST or qualifier in self.versions or qualifier in self.aliases


class Functions:
    """Every function of the account by namespace and name."""

    def __init__(self) -> None:
        self.by_name: dict[tuple[str, str], Function] = {}

    def find(self, fields: Mapping[str, Any]) -> Function:
        """Raises MissingParameter, ResourceNotFound.Function."""
        name = fields.get("FunctionName")
        if not name:
            raise TencentCloudError("MissingParameter", "FunctionName is missing.")
        function = self.by_name.get((str(fields.get("Namespace") or "default"), str(name)))
        if function is None:
            raise TencentCloudError("ResourceNotFound.Function", f"The function {name} does not exist.")
        return function

    def find_idle(self, fields: Mapping[str, Any], now: float) -> Function:
        """One that a change may begin on. Raises FailedOperation.FunctionStatusError."""
        function = self.find(fields)
        status = function.status.read(now)
        if status not in ("Active", "UpdateFailed", "PublishFailed"):
            raise TencentCloudError(
                "FailedOperation.FunctionStatusError", f"The function {function.name} is {status}; try again later."
            )
        return function
