"""What is wanted, in the words of the API where they are sent as they are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scripts.deployment.packages import Package


@dataclass(frozen=True)
class WantedLayer:
    """`folder` is the name under layers/, `name` the one on the platform."""

    folder: str
    name: str
    runtimes: tuple[str, ...]
    description: str
    package: Package


@dataclass(frozen=True)
class WantedTrigger:
    """`description` is TriggerDesc as it is sent: JSON, or the seven fields of a timer."""

    kind: str
    name: str
    description: str
    qualifier: str
    enabled: bool
    argument: str = ""

    @property
    def label(self) -> str:
        if self.kind == "timer":
            return f"timer {self.name} ({self.description})"
        if self.kind == "http":
            return "function URL"
        asked = json.loads(self.description)
        return f"{asked['event']} {asked['filter']['Prefix']}*{asked['filter']['Suffix']}"


@dataclass(frozen=True)
class WantedRetries:
    """Of asynchronous events: how often a failed one is tried again, and how long one may wait."""

    retries: int
    ttl_s: int


@dataclass(frozen=True)
class WantedFunction:
    """`configuration` is in the API's words, without Layers and Description. `alias` is what its triggers name."""

    key: str
    name: str
    namespace: str
    type: str
    runtime: str
    handler: str
    role: str
    configuration: Mapping[str, Any]
    layers: tuple[WantedLayer, ...]
    package: Package
    alias: str
    triggers: tuple[WantedTrigger, ...]
    retries: WantedRetries | None
    reserved_mb: int | None = None

    @property
    def environment(self) -> dict[str, str]:
        return {entry["Key"]: entry["Value"] for entry in self.configuration["Environment"]["Variables"]}

    @property
    def fingerprint(self) -> str:
        """16 hexadecimal digits that differ when a published version would: code, settings or bound layers."""
        parts = {
            "code": self.package.sha256,
            "handler": self.handler,
            "runtime": self.runtime,
            "configuration": self.configuration,
            "layers": [[layer.name, layer.package.sha256] for layer in self.layers],
        }
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class WantedRoute:
    """`function` is the name on the platform."""

    path: str
    function: str
    namespace: str
    qualifier: str

    def as_wire(self) -> dict[str, str]:
        return {
            "Namespace": self.namespace,
            "FunctionName": self.function,
            "Qualifier": self.qualifier,
            "PathMatch": self.path,
        }


@dataclass(frozen=True)
class WantedDomain:
    name: str
    protocol: str
    certificate_id: str
    routes: tuple[WantedRoute, ...]


@dataclass(frozen=True)
class WantedCloud:
    """Everything of one stage. `log_set_id` and `log_topic_id` are empty when the platform's own topic is to be used."""

    app: str
    stage: str
    region: str
    namespace: str
    functions: tuple[WantedFunction, ...]
    layers: tuple[WantedLayer, ...]
    domain: WantedDomain | None
    log_set_id: str
    log_topic_id: str

    @property
    def mark(self) -> str:
        """Begins the description of what this deployer made: letters and blanks only, as the platform demands."""
        return f"{self.app} {self.stage}"
