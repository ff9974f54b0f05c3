"""Custom domains: one public host, its certificate, and which function URL answers which path."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import Any

from scripts.local_cloud.fakes.tencent_cloud.errors import TencentCloudError
from scripts.local_cloud.fakes.tencent_cloud.scf.model import Functions
from scripts.local_cloud.fakes.tencent_cloud.scf.triggers import Triggers
from scripts.local_cloud.fakes.tencent_cloud.scf.world import World

_DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
_PATH = re.compile(r"/(\*|[^*?#\s]*[^*?#\s/](/\*)?)?")


class Domains:
    """Domains by name, in the wire's own words."""

    def __init__(self, world: World, functions: Functions, triggers: Triggers) -> None:
        self._world, self._functions, self._triggers = world, functions, triggers
        self.by_name: dict[str, dict[str, Any]] = {}

    def create(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        name = str(fields.get("Domain") or "")
        if name in self.by_name:
            raise TencentCloudError("ResourceInUse.Cdn", f"The domain {name} is bound already.")
        self._keep(name, fields)
        return {}

    def update(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        name = str(fields.get("Domain") or "")
        self._known(name)
        self._keep(name, {**self.by_name[name], **{key: value for key, value in fields.items() if value is not None}})
        return {}

    def show(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        return copy.deepcopy(self._known(str(fields.get("Domain") or "")))

    def show_all(self, _fields: Mapping[str, Any]) -> dict[str, Any]:
        return {"Domains": copy.deepcopy(list(self.by_name.values())), "Total": len(self.by_name)}

    def delete(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        name = str(fields.get("Domain") or "")
        self._known(name)
        del self.by_name[name]
        self._mark_urls()
        return {}

    def _known(self, name: str) -> dict[str, Any]:
        if name not in self.by_name:
            raise TencentCloudError("FailedOperation.Domain.UnExist", f"The domain {name} is not bound.")
        return self.by_name[name]

    def _keep(self, name: str, fields: Mapping[str, Any]) -> None:
        if not _DOMAIN.fullmatch(name):
            raise TencentCloudError("InvalidParameterValue.Domain", f"{name!r} is no domain.")
        if not self._world.cname_points_here:
            raise TencentCloudError("FailedOperation.CNAME", f"The CNAME of {name} does not lead to this region.")
        protocol, certificate = fields.get("Protocol"), fields.get("CertConfig") or {}
        if protocol not in ("HTTP", "HTTPS", "HTTP&HTTPS"):
            raise TencentCloudError("InvalidParameterValue.ProtocolType", f"{protocol!r} is no protocol.")
        if "HTTPS" in protocol and not certificate.get("CertificateId"):
            raise TencentCloudError("FailedOperation.Ssl", "HTTPS needs a certificate.")
        endpoints = [self._endpoint(entry) for entry in fields.get("EndpointsConfig") or []]
        paths = [entry["PathMatch"] for entry in endpoints]
        if not endpoints or len(set(paths)) < len(paths):
            raise TencentCloudError("InvalidParameterValue.Domain", "Routes are missing, or a path is routed twice.")
        kept = {"Domain": name, "Protocol": protocol, "CertConfig": dict(certificate), "EndpointsConfig": endpoints}
        self.by_name[name] = kept
        self._mark_urls()

    def _endpoint(self, entry: Mapping[str, Any]) -> dict[str, Any]:
        """Raises when the path has no form, or there is no function URL behind it."""
        function = self._functions.find(entry)
        qualifier, path = str(entry.get("Qualifier") or ""), str(entry.get("PathMatch") or "")
        if not _PATH.fullmatch(path):
            raise TencentCloudError("InvalidParameterValue.Domain", f"{path!r} is no path.")
        if not self._triggers.urls_of(function, qualifier):
            raise TencentCloudError("ResourceNotFound.Trigger", f"{function.name} has no function URL for {qualifier}.")
        return {
            "Namespace": function.namespace,
            "FunctionName": function.name,
            "Qualifier": qualifier,
            "PathMatch": path,
            "PathRewrite": list(entry.get("PathRewrite") or []),
        }

    def _mark_urls(self) -> None:
        """A URL that a domain leads to cannot be deleted."""
        leading = {
            (entry["Namespace"], entry["FunctionName"], entry["Qualifier"]): domain["Domain"]
            for domain in self.by_name.values()
            for entry in domain["EndpointsConfig"]
        }
        for function in self._functions.by_name.values():
            for trigger in function.triggers:
                if trigger["Type"] == "http":
                    key = (function.namespace, function.name, trigger["Qualifier"])
                    trigger["BoundResources"] = leading.get(key, "")
