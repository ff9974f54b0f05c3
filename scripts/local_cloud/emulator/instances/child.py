"""Inside a function's process: what the platform prepares before the first event. Standard library only.

The worker's child program loads this file by its path: a function's process cannot import the emulator.
"""

from __future__ import annotations

import errno
import importlib.util
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# audit event -> which arguments are changed paths, and which is the descriptor a relative path starts from
_CHANGES: dict[str, tuple[slice, int | None]] = {
    "os.chmod": (slice(0, 1), 2),
    "os.chown": (slice(0, 1), 3),
    "os.link": (slice(1, 2), 3),
    "os.mkdir": (slice(0, 1), 2),
    "os.remove": (slice(0, 1), 1),
    "os.rename": (slice(0, 2), 2),
    "os.rmdir": (slice(0, 1), 1),
    "os.symlink": (slice(1, 2), 2),
    "os.truncate": (slice(0, 1), None),
    "os.utime": (slice(0, 1), 3),
}


class HandlerNotFound(LookupError):
    """The handler's file, or the function in it, does not exist (the platform's status 437)."""


def settle(var_user: str, opt: str) -> None:
    """Make this process look like an instance: folder, import path, logging, read-only code. Call once, first.

    Expects TMPDIR in the environment, already created.
    """
    os.chdir(var_user)
    sys.path[:] = [var_user, opt, *(entry for entry in sys.path if _is_standard_library(entry))]
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)  # type: ignore[union-attr]
    printed = logging.StreamHandler(sys.stdout)
    printed.setFormatter(logging.Formatter("[%(levelname)s] %(asctime)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.DEBUG, handlers=[printed], force=True)
    sys.addaudithook(_read_only_guard(code=(var_user, opt), writable=(os.environ["TMPDIR"], "/tmp", "/dev")))  # noqa: S108


def load_handler(var_user: str, handler: str) -> Callable[[Any, Any], Any]:
    """The function named by `index.main_handler`. Raises HandlerNotFound, and whatever importing the file raises.

    The module's name is empty and it is not in sys.modules, as on the platform (scf.md 1.2).
    """
    file_name, _, function_name = handler.partition(".")
    path = Path(var_user, f"{file_name}.py")
    if not path.is_file():
        raise HandlerNotFound(f"handler {handler}: there is no {file_name}.py in the function's folder")
    spec = importlib.util.spec_from_file_location("", path)
    assert spec is not None  # noqa: S101 - a .py path always has a loader
    assert spec.loader is not None  # noqa: S101
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    function = getattr(module, function_name, None)
    if not callable(function):
        raise HandlerNotFound(f"handler {handler}: {file_name}.py has no function {function_name}")
    return function  # type: ignore[no-any-return]


def apply_environ(environ: str) -> None:
    """Set what context["environ"] says (`K=V;K=V`): this is how temporary keys reach a warm instance."""
    for pair in environ.split(";"):
        name, equals, value = pair.partition("=")
        if equals and name:
            os.environ[name] = value


def _is_standard_library(entry: str) -> bool:
    return bool(entry) and not {"site-packages", "dist-packages"} & set(Path(entry).parts) and not _is_own_folder(entry)


def _is_own_folder(entry: str) -> bool:
    return Path(entry).absolute() == Path(__file__).parent.absolute()


def _read_only_guard(code: tuple[str, ...], writable: tuple[str, ...]) -> Callable[[str, tuple[Any, ...]], None]:
    """An audit hook that answers writes as the platform's read-only disk does: OSError 30.

    Permissions would not do: they do not bind root. C code (SQLite) is not seen; CodeStore.written_files finds that.
    """
    forbidden = tuple(os.path.join(os.path.abspath(folder), "") for folder in code)  # noqa: PTH100, PTH118 - hot path
    allowed = tuple(os.path.join(os.path.abspath(folder), "") for folder in writable)  # noqa: PTH100, PTH118

    def guard(event: str, arguments: tuple[Any, ...]) -> None:
        for path in _written_paths(event, arguments):
            absolute = os.path.abspath(os.fsdecode(path)) + os.sep  # noqa: PTH100 - hot path
            if absolute.startswith(forbidden) or not absolute.startswith(allowed):
                raise OSError(errno.EROFS, os.strerror(errno.EROFS), os.fsdecode(path))

    return guard


def _written_paths(event: str, arguments: tuple[Any, ...]) -> list[Any]:
    if event == "open":
        paths = arguments[:1] if arguments[2] & _WRITES else ()
    elif event in _CHANGES:
        changed, descriptor = _CHANGES[event]
        # A path relative to an open folder cannot be judged by name; the folder itself was opened by one.
        relative = descriptor is not None and arguments[descriptor] >= 0
        paths = () if relative else arguments[changed]
    else:
        return []
    return [path for path in paths if isinstance(path, str | bytes | os.PathLike)]
