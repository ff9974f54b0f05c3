"""A project for the official command line tool: the same serverless.yml beside code and layers as they were built.

It uploads folders, not our zips, so they are unpacked: functions/<name>, and layers/<name>/files beside the layer's own file.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scripts.packages.project import LAYERS, MANIFEST
from scripts.packages.unpacking import extract

#: As every layers/*/serverless.yml says.
HOSTED_FILES = "./files"


def write_hosted_project(manifest: Mapping[str, Any], folder: Path) -> None:
    """Fill `folder`, which is made anew, so that `scf deploy --target folder` deploys what was built."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copyfile(MANIFEST, folder / MANIFEST)
    for function in manifest["functions"]:
        extract(Path(function["path"]), folder / "functions" / function["name"])
    for layer in manifest["layers"]:
        target = folder / LAYERS / layer["name"]
        extract(Path(layer["path"]), target / HOSTED_FILES)
        shutil.copyfile(LAYERS / layer["name"] / "serverless.yml", target / "serverless.yml")
