"""Layers: numbered versions that are published, become Active, and are bound by functions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scripts.local_cloud.fakes.tencent_cloud.errors import TencentCloudError
from scripts.local_cloud.fakes.tencent_cloud.scf.code import read_code, sha256_of, unpacked_bytes
from scripts.local_cloud.fakes.tencent_cloud.scf.limits import RUNTIMES
from scripts.local_cloud.fakes.tencent_cloud.scf.world import Status, World

MOST_LAYERS_IN_REGION = 20
MOST_VERSIONS = 200

_NAME = re.compile(r"[A-Za-z]([A-Za-z0-9_-]{0,62}[A-Za-z0-9])?")


@dataclass
class LayerVersion:
    name: str
    number: int
    runtimes: list[str]
    description: str
    sha256: str
    unpacked: int
    status: Status

    def as_info(self, now: float) -> dict[str, Any]:
        return {
            "LayerName": self.name,
            "LayerVersion": self.number,
            "CompatibleRuntimes": self.runtimes,
            "Description": self.description,
            "Status": self.status.read(now),
        }


class Layers:
    """Numbers go on counting when a version is deleted, as on the platform."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.versions: dict[str, list[LayerVersion]] = {}
        self._last: dict[str, int] = {}

    def publish(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        name, runtimes = str(fields.get("LayerName") or ""), fields.get("CompatibleRuntimes") or []
        if not _NAME.fullmatch(name):
            raise TencentCloudError("InvalidParameterValue.LayerName", f"{name!r} is no name of a layer.")
        if not runtimes or set(runtimes) - RUNTIMES:
            raise TencentCloudError("InvalidParameterValue.CompatibleRuntimes", f"{runtimes} are no runtimes.")
        known = self.versions.get(name, [])
        if not known and len(self.versions) >= MOST_LAYERS_IN_REGION:
            raise TencentCloudError("LimitExceeded.Layers", f"A region holds {MOST_LAYERS_IN_REGION} layers.")
        if len(known) >= MOST_VERSIONS:
            raise TencentCloudError("LimitExceeded.LayerVersions", f"A layer holds {MOST_VERSIONS} versions.")
        content = read_code(fields.get("Content"), self._world)
        end = self._world.outcome("PublishLayerVersion", "Active", "PublishFailed")
        self._last[name] = self._last.get(name, 0) + 1
        version = LayerVersion(
            name=name,
            number=self._last[name],
            runtimes=list(runtimes),
            description=str(fields.get("Description") or ""),
            sha256=sha256_of(content),
            unpacked=unpacked_bytes(content),
            status=Status("Publishing", end, self._world.now() + self._world.busy_s),
        )
        self.versions[name] = [*known, version]
        return {"LayerVersion": version.number}

    def show(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        version = self.find(str(fields.get("LayerName") or ""), int(fields.get("LayerVersion") or 0))
        return {**version.as_info(self._world.now()), "CodeSha256": version.sha256}

    def show_all(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Newest first; a layer nobody published has no versions."""
        known = self.versions.get(str(fields.get("LayerName") or ""), [])
        return {"LayerVersions": [version.as_info(self._world.now()) for version in reversed(known)]}

    def delete(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        version = self.find(str(fields.get("LayerName") or ""), int(fields.get("LayerVersion") or 0))
        self.versions[version.name].remove(version)
        return {}

    def find(self, name: str, number: int) -> LayerVersion:
        """Raises ResourceNotFound.LayerVersion."""
        for version in self.versions.get(name, []):
            if version.number == number:
                return version
        raise TencentCloudError("ResourceNotFound.LayerVersion", f"There is no version {number} of layer {name}.")

    def bound(self, wanted: list[dict[str, Any]], runtime: str) -> list[LayerVersion]:
        """Raises ResourceNotFound.LayerVersion, InvalidParameterValue.Layers when one is not ready or not for this runtime."""
        if wanted == [{"LayerName": "", "LayerVersion": 0}]:  # how one says: none
            return []
        found = [self.find(str(layer.get("LayerName")), int(layer.get("LayerVersion") or 0)) for layer in wanted]
        for version in found:
            if version.status.read(self._world.now()) != "Active":
                raise TencentCloudError(
                    "InvalidParameterValue.Layers", f"{version.name}:{version.number} is not Active."
                )
            if runtime not in version.runtimes:
                raise TencentCloudError("InvalidParameterValue.Layers", f"{version.name} is not made for {runtime}.")
        return found
