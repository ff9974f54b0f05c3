"""The deployer's own data files: bucket.yml, logs.yml, alarms.yml."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent


@cache
def read_own(name: str) -> dict[str, Any]:
    """`name` without .yml; not to be changed."""
    written: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yml").read_text("utf-8"))
    return written
