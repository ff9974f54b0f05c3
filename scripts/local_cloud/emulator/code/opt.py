"""The merged layers on disk: one folder per content, made once, shared by every instance that binds the same layers."""

from __future__ import annotations

import contextlib
import hashlib
import os
import py_compile
import shutil
import sys
import time
import uuid
from collections.abc import Mapping
from pathlib import Path

from .layers import LayerFile
from .read_only import make_read_only, remove_tree

_KEPT_UNUSED_S = 7 * 24 * 3600.0


def shared_opt(files: Mapping[str, LayerFile], cache: Path) -> Path:
    """The folder under `cache` that holds exactly `files`, made if this content was not seen before.

    Several processes may ask at once: each builds aside and the first rename wins.
    """
    opt = cache / _digest(files)
    try:
        os.utime(opt)
    except FileNotFoundError:
        _build(opt, files)
    return opt


def forget_unused(cache: Path) -> None:
    """Every edit of a layer's own code makes a new folder: remove those that nothing started from for a week.

    Renamed first: another process finds the whole folder or none.
    """
    for folder in cache.iterdir():
        with contextlib.suppress(FileNotFoundError):  # another process is tidying up, too
            if time.time() - folder.stat().st_mtime > _KEPT_UNUSED_S:
                remove_tree(folder.rename(_aside(folder)))


def _build(opt: Path, files: Mapping[str, LayerFile]) -> None:
    aside = _aside(opt)
    _fill(aside, files)
    try:
        aside.rename(opt)
    except OSError:
        if not opt.is_dir():
            raise
        remove_tree(aside)


def _aside(folder: Path) -> Path:
    return folder.with_name(f".{folder.name.lstrip('.')}-{uuid.uuid4().hex[:8]}")


def _digest(files: Mapping[str, LayerFile]) -> str:
    """Bytecode is part of the content, so every version of Python has folders of its own."""
    lines = [f"{target} {file.identity}" for target, file in sorted(files.items())]
    listing = "\n".join([str(sys.implementation.cache_tag), *lines])
    return hashlib.sha256(listing.encode()).hexdigest()[:20]


def _fill(opt: Path, files: Mapping[str, LayerFile]) -> None:
    opt.mkdir(parents=True)
    for folder in sorted({(opt / target).parent for target in files}):
        folder.mkdir(parents=True, exist_ok=True)
    for target, file in files.items():
        _place(opt / target, file)
    make_read_only(opt)


def _place(target: Path, file: LayerFile) -> None:
    """Source in the making is copied, so that a running instance never sees half an edit; all else is only linked.

    The copy is compiled here, once, as installed packages are: or every cold start would do it.
    """
    if file.editable:
        shutil.copy2(file.origin, target)
        py_compile.compile(str(target), quiet=2)
    else:
        target.symlink_to(file.origin)
