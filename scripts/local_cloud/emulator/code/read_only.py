"""Folders nobody should write to: taking the write bits away, and removing such a folder again."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

_WRITE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def make_read_only(folder: Path) -> None:
    """Take every write bit away, from `folder` too. What a link points to is left alone."""
    for path in [*folder.rglob("*"), folder]:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & ~_WRITE)


def remove_tree(folder: Path) -> None:
    """Delete a tree whose folders may be read-only. Nothing happens when it is not there."""
    for path in [folder, *folder.rglob("*")]:
        if path.is_dir() and not path.is_symlink():
            path.chmod(stat.S_IRWXU)
    shutil.rmtree(folder, ignore_errors=True)
