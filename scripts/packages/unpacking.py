"""Packages on disk as the platform unpacks them: a function's code, and one folder with all its layers, the last one on top."""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Unpacked:
    """`var_user` and `opt` stand for /var/user and /opt."""

    var_user: Path
    opt: Path


class Unpacker:
    """Unpacks what a manifest.json describes, under `folder`; functions with the same layers share them."""

    def __init__(self, manifest: Mapping[str, Any], folder: Path) -> None:
        self._layers = {layer["name"]: Path(layer["path"]) for layer in manifest["layers"]}
        self._functions = {one["name"]: one for one in manifest["functions"]}
        self._folder = folder

    @property
    def functions(self) -> list[str]:
        return sorted(self._functions)

    def unpack(self, function: str) -> Unpacked:
        described = self._functions[function]
        names = described["layers"]
        opt = self._folder / ("opt-" + "-".join(names))
        if not opt.is_dir():
            for name in names:
                extract(self._layers[name], opt)
        var_user = self._folder / f"user-{function}"
        extract(Path(described["path"]), var_user)
        return Unpacked(var_user, opt)


def extract(archive: Path, folder: Path) -> None:
    """With the modes that the zip names."""
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder)
        for entry in opened.infolist():
            Path(folder, entry.filename).chmod(entry.external_attr >> 16)
