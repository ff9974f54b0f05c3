"""What the parts of one deployment share: the wanted cloud, the APIs, and what earlier steps have found out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from scripts.deployment.bucket import Bucket
from scripts.deployment.cloud import Cloud
from scripts.deployment.errors import CloudRefused, DeployError
from scripts.deployment.plan import Plan
from scripts.deployment.settings import Settings
from scripts.deployment.wanted import WantedCloud, WantedFunction, WantedLayer

POLL_S = 0.5
LONGEST_WAIT_S = 300
BUSY = ("Creating", "Updating", "Publishing", "Deleting")

#: What exists in the cloud under no name; the error codes that say so.
ABSENT = (
    "ResourceNotFound",
    "InvalidParameter.RoleNotExist",
    "InvalidParameter.PolicyIdNotExist",
    "FailedOperation.Domain.UnExist",
)


@dataclass(frozen=True)
class Published:
    """One version of ours. `release` sorts by time, `state` is a function's fingerprint."""

    number: int
    release: str
    state: str
    status: str


@dataclass
class Session:
    """`layer_versions` holds the number of every wanted layer; one that is still to be published comes with its step.

    `latest` is $LATEST of every function as it was found. `release` names this run in the versions that it publishes.
    """

    settings: Settings
    wanted: WantedCloud
    cloud: Cloud
    bucket: Bucket
    now: Callable[[], datetime]
    plan: Plan = field(default_factory=Plan)
    layer_versions: dict[str, int] = field(default_factory=dict)
    layers_found: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    versions_found: dict[str, list[Published]] = field(default_factory=dict)
    latest: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def release(self) -> str:
        return self.now().strftime("%Y%m%dT%H%M%S")

    def numbers_of(self, layers: tuple[WantedLayer, ...]) -> list[dict[str, Any]]:
        return [{"LayerName": layer.name, "LayerVersion": self.layer_versions[layer.name]} for layer in layers]

    def wait_for(self, function: WantedFunction, qualifier: str = "$LATEST") -> None:
        """Until the last change of it is done. Raises DeployError when that failed or takes longer than five minutes."""
        what = function.name if qualifier == "$LATEST" else f"version {qualifier} of {function.name}"

        def look() -> dict[str, Any]:
            return self.cloud.scf(
                "GetFunction", FunctionName=function.name, Namespace=function.namespace, Qualifier=qualifier
            )

        self.settle(look, what)

    def wait_for_idle(self, function: WantedFunction) -> dict[str, Any]:
        """Until nothing is under way, however it ended; the function as it is then."""
        fields = {"FunctionName": function.name, "Namespace": function.namespace}
        return self._look_until_final(lambda: self.cloud.scf("GetFunction", **fields), function.name)

    def settle(self, look: Callable[[], dict[str, Any]], what: str) -> None:
        """Until the Status is a final one. Raises DeployError when that is a failure."""
        found = self._look_until_final(look, what)
        if found.get("Status") != "Active":
            raise DeployError(
                f"{what} is {found.get('Status')}{_reason(found)}: run again; if it stays so, look in the console"
            )

    def _look_until_final(self, look: Callable[[], dict[str, Any]], what: str) -> dict[str, Any]:
        waited_s = 0.0
        while (found := look()).get("Status") in BUSY:
            if waited_s >= LONGEST_WAIT_S:
                raise DeployError(
                    f"{what} is still {found['Status']} after {LONGEST_WAIT_S} s: run the same command again"
                )
            self.cloud.pause(POLL_S)
            waited_s += POLL_S
        return found


def _reason(found: Mapping[str, Any]) -> str:
    reasons = found.get("StatusReasons")
    told = reasons[0].get("ErrorMessage") if isinstance(reasons, list) and reasons else found.get("StatusDesc")
    return f" ({told})" if told else ""


def or_none(call: Callable[[], dict[str, Any]]) -> dict[str, Any] | None:
    """The answer, or None when there is no such thing."""
    try:
        return call()
    except CloudRefused as error:
        if error.code.startswith(ABSENT):
            return None
        raise
