"""Published versions, and the aliases that traffic goes through."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import Any

from scripts.local_cloud.fakes.tencent_cloud.errors import TencentCloudError
from scripts.local_cloud.fakes.tencent_cloud.scf.model import DEFAULT, LATEST, Alias, Function, Functions, Version
from scripts.local_cloud.fakes.tencent_cloud.scf.world import Status, World

MOST_VERSIONS = 1000

_ALIAS = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")


class Versions:
    """The actions on versions and aliases."""

    def __init__(self, world: World, functions: Functions) -> None:
        self._world, self._functions = world, functions

    def publish(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The function cannot be changed while its version is being published."""
        function = self._functions.find_idle(fields, self._world.now())
        if len(function.versions) >= MOST_VERSIONS:
            raise TencentCloudError("LimitExceeded.FunctionVersions", f"A function holds {MOST_VERSIONS} versions.")
        function.last_version += 1
        number = str(function.last_version)
        configuration = copy.deepcopy(function.configuration)
        configuration["Description"] = str(fields.get("Description") or "")
        end = self._world.outcome("PublishVersion", "Active", "PublishFailed")
        at = self._world.now() + self._world.busy_s
        function.versions[number] = Version(configuration, function.code_sha256, Status("Publishing", end, at))
        function.status = Status("Publishing", "Active", at)
        return {"FunctionVersion": number, "Namespace": function.namespace}

    def show_all(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        function = self._functions.find(fields)
        now = self._world.now()
        known = [
            {
                "Version": number,
                "Description": version.configuration["Description"],
                "Status": version.status.read(now),
            }
            for number, version in sorted(function.versions.items(), key=lambda item: -int(item[0]))
        ]
        latest = {"Version": LATEST, "Description": "", "Status": function.status.read(now)}
        start = int(fields.get("Offset") or 0)
        everything = [latest, *known]
        page = everything[start : start + int(fields.get("Limit") or 20)]
        return {
            "FunctionVersion": [entry["Version"] for entry in page],
            "Versions": page,
            "TotalCount": len(everything),
        }

    def show_alias(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        name, alias = self._alias(fields)
        return {
            "Name": name,
            "FunctionVersion": alias.version,
            "Description": alias.description,
            "RoutingConfig": {"AdditionalVersionWeights": copy.deepcopy(alias.weights)},
        }

    def create_alias(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        function, name = self._functions.find(fields), str(fields.get("Name") or "")
        if not _ALIAS.fullmatch(name):
            raise TencentCloudError("InvalidParameterValue.Alias", f"{name!r} is no name of an alias.")
        if name in function.aliases:
            raise TencentCloudError("ResourceInUse.Alias", f"The alias {name} exists already.")
        function.aliases[name] = self._pointing(function, fields)
        return {}

    def update_alias(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        name, _ = self._alias(fields)
        function = self._functions.find(fields)
        function.aliases[name] = self._pointing(function, fields)
        return {}

    def delete_alias(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        name, _ = self._alias(fields)
        function = self._functions.find(fields)
        if name == DEFAULT or any(trigger["Qualifier"] == name for trigger in function.triggers):
            raise TencentCloudError("UnsupportedOperation.AliasBind", f"The alias {name} is in use.")
        del function.aliases[name]
        return {}

    def _alias(self, fields: Mapping[str, Any]) -> tuple[str, Alias]:
        function, name = self._functions.find(fields), str(fields.get("Name") or "")
        if name not in function.aliases:
            raise TencentCloudError("ResourceNotFound.Alias", f"{function.name} has no alias {name}.")
        return name, function.aliases[name]

    def _pointing(self, function: Function, fields: Mapping[str, Any]) -> Alias:
        number = str(fields.get("FunctionVersion") or "")
        weights = (fields.get("RoutingConfig") or {}).get("AdditionalVersionWeights") or []
        for wanted in (number, *(str(entry.get("Version")) for entry in weights)):
            if wanted == LATEST:
                continue
            if wanted not in function.versions:
                raise TencentCloudError("ResourceNotFound.FunctionVersion", f"{function.name} has no version {wanted}.")
            if function.versions[wanted].status.read(self._world.now()) != "Active":
                raise TencentCloudError(
                    "FailedOperation.FunctionVersionStatusNotActive", f"Version {wanted} is not Active."
                )
        return Alias(number, str(fields.get("Description") or ""), copy.deepcopy(weights))
