"""Functions themselves: created, shown, given code and settings, deleted; each change takes a while."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from scripts.local_cloud.fakes.tencent_cloud.errors import TencentCloudError
from scripts.local_cloud.fakes.tencent_cloud.scf import limits
from scripts.local_cloud.fakes.tencent_cloud.scf.code import (
    MOST_UNPACKED_BYTES,
    check_entry,
    read_code,
    sha256_of,
    unpacked_bytes,
)
from scripts.local_cloud.fakes.tencent_cloud.scf.layers import Layers
from scripts.local_cloud.fakes.tencent_cloud.scf.model import CONFIGURATION, LATEST, Function, Functions
from scripts.local_cloud.fakes.tencent_cloud.scf.triggers import without_bound_resources
from scripts.local_cloud.fakes.tencent_cloud.scf.world import Status, World

MOST_IN_NAMESPACE = 50
MOST_INLINE_UPDATE_BYTES = 20 * 1024 * 1024


class Lifecycle:
    """The actions on one function as a whole."""

    def __init__(self, world: World, functions: Functions, layers: Layers) -> None:
        self._world, self._functions, self._layers = world, functions, layers

    def create(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        name, namespace = str(fields.get("FunctionName") or ""), str(fields.get("Namespace") or "default")
        kind, runtime = str(fields.get("Type") or "Event"), str(fields.get("Runtime") or "Python2.7")
        limits.check_name(name)
        limits.check_runtime(runtime)
        if (namespace, name) in self._functions.by_name:
            raise TencentCloudError("ResourceInUse.Function", f"The function {name} exists already.")
        if sum(1 for known, _ in self._functions.by_name if known == namespace) >= MOST_IN_NAMESPACE:
            raise TencentCloudError("LimitExceeded.Function", f"A namespace holds {MOST_IN_NAMESPACE} functions.")
        handler = "" if kind == "HTTP" else str(fields.get("Handler") or "")
        if kind != "HTTP":
            limits.check_handler(handler)
        code = read_code(fields.get("Code"), self._world)
        configuration = {**copy.deepcopy(CONFIGURATION), **self._checked(fields, kind, runtime)}
        self._check_code(code, kind, handler, configuration, runtime)
        end = self._world.outcome("CreateFunction", "Active", "CreateFailed")
        self._functions.by_name[namespace, name] = Function(
            name, namespace, runtime, kind, handler, configuration, code, sha256_of(code), self._busy("Creating", end)
        )
        return {}

    def show(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """$LATEST or a version; `Qualifier` may also be an alias."""
        function = self._functions.find(fields)
        qualifier = str(fields.get("Qualifier") or LATEST)
        number = function.aliases[qualifier].version if qualifier in function.aliases else qualifier
        if number != LATEST and number not in function.versions:
            raise TencentCloudError("ResourceNotFound.Function", f"{function.name} has no version {number}.")
        version = function.versions.get(number)
        status = (version.status if version else function.status).read(self._world.now())
        configuration = version.configuration if version else function.configuration
        return {
            **copy.deepcopy(configuration),
            "FunctionName": function.name,
            "Namespace": function.namespace,
            "FunctionVersion": number,
            "Qualifier": number,
            "Runtime": function.runtime,
            "Type": function.type,
            "Handler": function.handler,
            "CodeSize": len(function.code),
            "Status": status,
            "StatusReasons": [_reason(status)] if status.endswith("Failed") else [],
            "Triggers": [without_bound_resources(trigger) for trigger in function.triggers],
        }

    def show_all(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """20 by default, as everywhere in this API."""
        namespace = str(fields.get("Namespace") or "default")
        found = [function for (known, _), function in sorted(self._functions.by_name.items()) if known == namespace]
        start = int(fields.get("Offset") or 0)
        page = found[start : start + int(fields.get("Limit") or 20)]
        shown = [
            {
                "FunctionName": function.name,
                "Namespace": function.namespace,
                "Description": function.configuration["Description"],
                "Runtime": function.runtime,
                "Type": function.type,
                "Status": function.status.read(self._world.now()),
            }
            for function in page
        ]
        return {"Functions": shown, "TotalCount": len(found)}

    def update_code(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        function = self._functions.find_idle(fields, self._world.now())
        handler = str(fields.get("Handler") or function.handler)
        code = read_code(fields.get("Code") or fields, self._world, most_inline_bytes=MOST_INLINE_UPDATE_BYTES)
        self._check_code(code, function.type, handler, function.configuration, function.runtime)
        end = self._world.outcome("UpdateFunctionCode", "Active", "UpdateFailed")
        function.handler, function.status = handler, self._busy("Updating", end)
        if end == "Active":
            function.code, function.code_sha256 = code, sha256_of(code)
        return {}

    def update_configuration(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        function = self._functions.find_idle(fields, self._world.now())
        if fields.get("Runtime") not in (None, function.runtime):
            raise TencentCloudError("InvalidParameterValue.Runtime", "The runtime of a function cannot be changed.")
        changed = self._checked(fields, function.type, function.runtime)
        self._check_code(
            function.code, function.type, function.handler, {**function.configuration, **changed}, function.runtime
        )
        end = self._world.outcome("UpdateFunctionConfiguration", "Active", "UpdateFailed")
        function.status = self._busy("Updating", end)
        if end == "Active":
            function.configuration.update(changed)
        return {}

    def delete(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        function = self._functions.find(fields)
        if function.status.read(self._world.now()) in ("Creating", "Updating", "Publishing"):
            raise TencentCloudError("FailedOperation.FunctionStatusError", f"{function.name} is busy; try again later.")
        qualifier = str(fields.get("Qualifier") or "")
        if not qualifier:
            del self._functions.by_name[function.namespace, function.name]
        elif qualifier in {alias.version for alias in function.aliases.values()}:
            raise TencentCloudError("FailedOperation.DeleteFunction", f"An alias points to version {qualifier}.")
        elif function.versions.pop(qualifier, None) is None:
            raise TencentCloudError("ResourceNotFound.Function", f"{function.name} has no version {qualifier}.")
        return {}

    def _checked(self, fields: Mapping[str, Any], kind: str, runtime: str) -> dict[str, Any]:
        """The configuration in a request, in the form it is kept in. Raises whatever the platform refuses."""
        limits.check_configuration(fields)
        changed = {name: copy.deepcopy(fields[name]) for name in CONFIGURATION if fields.get(name) is not None}
        if changed.get("Role") and not self._world.has_role(changed["Role"]):
            raise TencentCloudError("ResourceNotFound.Role", f"There is no role {changed['Role']}.")
        topic = (changed.get("ClsLogsetId") or "", changed.get("ClsTopicId") or "")
        if any(topic) and not self._world.has_topic(*topic):
            raise TencentCloudError("FailedOperation.TopicNotExist", f"There is no log topic {topic[1]} in {topic[0]}.")
        if changed.get("InstanceConcurrencyConfig") and kind != "HTTP":
            raise TencentCloudError("InvalidParameterValue.InstanceConcurrencyConfig", "Only web functions have this.")
        if "Environment" in changed:
            variables = [variable for variable in changed["Environment"].get("Variables") or [] if variable["Key"]]
            changed["Environment"] = {"Variables": variables}
        if "Layers" in changed:
            bound = self._layers.bound(changed["Layers"], runtime)
            changed["Layers"] = [{"LayerName": version.name, "LayerVersion": version.number} for version in bound]
        return changed

    def _check_code(self, code: bytes, kind: str, handler: str, configuration: Mapping[str, Any], runtime: str) -> None:
        check_entry(code, kind, handler)
        bound = self._layers.bound(configuration["Layers"], runtime) if configuration["Layers"] else []
        total = unpacked_bytes(code) + sum(version.unpacked for version in bound)
        if total > MOST_UNPACKED_BYTES:
            raise TencentCloudError("InvalidParameterValue.Code", f"{total} bytes unpacked, 500 MB are allowed.")

    def _busy(self, present: str, then: str) -> Status:
        return Status(present, then, self._world.now() + self._world.busy_s)


def _reason(status: str) -> dict[str, Any]:
    return {"ErrorCode": "InternalError", "ErrorMessage": f"{status}: the fake was told to fail this change"}
