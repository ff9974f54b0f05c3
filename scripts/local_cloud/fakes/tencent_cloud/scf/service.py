"""SCF (2018-04-16): every action by its name, and what the account looks like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, ClassVar

from scripts.local_cloud.fakes.tencent_cloud.scf.calling import Calling
from scripts.local_cloud.fakes.tencent_cloud.scf.domains import Domains
from scripts.local_cloud.fakes.tencent_cloud.scf.functions import Lifecycle
from scripts.local_cloud.fakes.tencent_cloud.scf.layers import Layers
from scripts.local_cloud.fakes.tencent_cloud.scf.model import Function, Functions
from scripts.local_cloud.fakes.tencent_cloud.scf.triggers import Triggers
from scripts.local_cloud.fakes.tencent_cloud.scf.versions import Versions
from scripts.local_cloud.fakes.tencent_cloud.scf.world import World
from scripts.local_cloud.fakes.tencent_cloud.services import Action, Service


class ScfService(Service):
    """One account in one region."""

    name: ClassVar[str] = "scf"
    version: ClassVar[str] = "2018-04-16"

    def __init__(self, world: World) -> None:
        self.world = world
        self.forget()

    def forget(self) -> None:
        self.world.failing = Counter()
        self.functions = Functions()
        self.layers = Layers(self.world)
        self._lifecycle = Lifecycle(self.world, self.functions, self.layers)
        self._versions = Versions(self.world, self.functions)
        self._triggers = Triggers(self.world, self.functions)
        self._calling = Calling(self.world, self.functions)
        self.domains = Domains(self.world, self.functions, self._triggers)

    @property
    def actions(self) -> Mapping[str, Action]:
        return {**self._of_functions(), **self._of_surroundings()}

    def _of_functions(self) -> dict[str, Action]:
        return {
            "CreateFunction": self._lifecycle.create,
            "GetFunction": self._lifecycle.show,
            "ListFunctions": self._lifecycle.show_all,
            "UpdateFunctionCode": self._lifecycle.update_code,
            "UpdateFunctionConfiguration": self._lifecycle.update_configuration,
            "DeleteFunction": self._lifecycle.delete,
            "DeleteFunctionVersion": self._lifecycle.delete,
            "PublishVersion": self._versions.publish,
            "ListVersionByFunction": self._versions.show_all,
            "GetAlias": self._versions.show_alias,
            "CreateAlias": self._versions.create_alias,
            "UpdateAlias": self._versions.update_alias,
            "DeleteAlias": self._versions.delete_alias,
        }

    def _of_surroundings(self) -> dict[str, Action]:
        return {
            "PublishLayerVersion": self.layers.publish,
            "GetLayerVersion": self.layers.show,
            "ListLayerVersions": self.layers.show_all,
            "DeleteLayerVersion": self.layers.delete,
            "CreateTrigger": self._triggers.create,
            "UpdateTrigger": self._triggers.update,
            "DeleteTrigger": self._triggers.delete,
            "ListTriggers": self._triggers.show_all,
            "GetFunctionEventInvokeConfig": self._calling.show_retries,
            "UpdateFunctionEventInvokeConfig": self._calling.update_retries,
            "GetReservedConcurrencyConfig": self._calling.show_reserved,
            "PutReservedConcurrencyConfig": self._calling.put_reserved,
            "DeleteReservedConcurrencyConfig": self._calling.delete_reserved,
            "CreateCustomDomain": self.domains.create,
            "UpdateCustomDomain": self.domains.update,
            "GetCustomDomain": self.domains.show,
            "ListCustomDomains": self.domains.show_all,
            "DeleteCustomDomain": self.domains.delete,
        }

    def state(self) -> dict[str, Any]:
        """Everything a caller can cause; no moments in time and no random ids, so two states can be compared."""
        functions = sorted(self.functions.by_name.values(), key=lambda function: (function.namespace, function.name))
        layers = {
            name: [{"number": one.number, "sha256": one.sha256, "description": one.description} for one in versions]
            for name, versions in sorted(self.layers.versions.items())
        }
        shown = {f"{function.namespace}/{function.name}": self._shown(function) for function in functions}
        return {"functions": shown, "layers": layers, "domains": self.domains.by_name}

    def change(self, limits: Mapping[str, Any]) -> None:
        """`busy_s`, `cname_points_here`, and `fail`: {"PublishVersion": 1} for changes that are to end in …Failed."""
        if unknown := set(limits) - {"busy_s", "cname_points_here", "fail"}:
            raise ValueError(f"unknown: {', '.join(sorted(unknown))}; known: busy_s, cname_points_here, fail")
        self.world.busy_s = float(limits.get("busy_s", self.world.busy_s))
        self.world.cname_points_here = bool(limits.get("cname_points_here", self.world.cname_points_here))
        self.world.failing.update({str(action): int(times) for action, times in dict(limits.get("fail", {})).items()})

    def _shown(self, function: Function) -> dict[str, Any]:
        return {
            "status": function.status.read(self.world.now()),
            "runtime": function.runtime,
            "type": function.type,
            "handler": function.handler,
            "code_sha256": function.code_sha256,
            "configuration": function.configuration,
            "versions": {number: version.code_sha256 for number, version in function.versions.items()},
            "aliases": {name: alias.version for name, alias in function.aliases.items()},
            "triggers": sorted(function.triggers, key=str),
            "retries": function.retries,
            "reserved_mb": function.reserved_mb,
        }
