"""A cold start's folders: a private, read-only /var/user, and the /opt that functions with the same layers share."""

from __future__ import annotations

import fnmatch
import shutil
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..manifest import FunctionSpec
from .layers import files_of_every_function, merged_files
from .opt import forget_unused, shared_opt
from .read_only import make_read_only, remove_tree


@dataclass(frozen=True)
class CodeFolders:
    """What stands for /var/user and /opt while one instance lives."""

    var_user: Path
    opt: Path


class CodeStore:
    """Makes and removes the folders of instances, each under `instances`; what they share stays in `cache`.

    Safe for threads; several processes may use one `cache`.
    """

    def __init__(self, instances: Path, cache: Path) -> None:
        self._instances = instances.absolute()
        self._cache = cache.absolute()
        self._cache.mkdir(parents=True, exist_ok=True)
        self._untouched: dict[Path, dict[str, _Trace]] = {}
        forget_unused(self._cache)

    def prepare(self, spec: FunctionSpec) -> CodeFolders:
        """Fresh folders for one cold start. Raises LayerIncomplete when a layer names what is not installed."""
        opt = shared_opt(merged_files(spec.layers) | files_of_every_function(spec.source.parent), self._cache)
        var_user = self._instances / f"{spec.key}-{uuid.uuid4().hex[:12]}" / "user"
        try:
            shutil.copytree(spec.source, var_user, ignore=_left_out(spec))
            make_read_only(var_user)
        except OSError:
            remove_tree(var_user.parent)
            raise
        self._untouched[var_user] = _traces(var_user)
        return CodeFolders(var_user, opt)

    def written_files(self, folders: CodeFolders) -> list[str]:
        """Paths in /var/user that were made, changed or removed since prepare, named as the function knows them.

        Permissions do not bind root, so this is how a write that slipped past the child's own guard is noticed.
        Empty after release.
        """
        before = self._untouched.get(folders.var_user)
        if before is None:
            return []
        now = _traces(folders.var_user)
        touched = {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}
        return [f"/var/user/{name}" for name in sorted(touched)]

    def release(self, folders: CodeFolders) -> None:
        """Remove the instance's own folder; /opt stays for the next one. Releasing twice is harmless."""
        self._untouched.pop(folders.var_user, None)
        remove_tree(folders.var_user.parent)


_Trace = tuple[int, int, int]


def _traces(folder: Path) -> dict[str, _Trace]:
    return {str(path.relative_to(folder)): _trace(path) for path in folder.rglob("*")}


def _trace(path: Path) -> _Trace:
    """Inode, change time and size; a folder changes with its entries, which are listed themselves."""
    found = path.lstat()
    return (found.st_ino, 0, 0) if path.is_dir() else (found.st_ino, found.st_ctime_ns, found.st_size)


def _left_out(spec: FunctionSpec) -> Callable[[str, list[str]], set[str]]:
    """What copytree skips: the manifest's `exclude` patterns (`tests/**`), and bytecode, which is never deployed."""

    def ignored(folder: str, names: list[str]) -> set[str]:
        paths = {name: Path(folder, name).relative_to(spec.source).as_posix() for name in names}
        patterns = ("__pycache__", "*/__pycache__", *spec.exclude)
        return {name for name, path in paths.items() if any(fnmatch.fnmatch(path, pattern) for pattern in patterns)}

    return ignored
