"""How a function's process is started: which interpreter, which flags, and the only environment it gets."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..manifest import FunctionSpec
    from .store import CodeFolders


def base_interpreter() -> str:
    """The interpreter behind the virtual environment we run in, for a function must not see our site-packages."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def isolated_command(script: Path, *arguments: str) -> list[str]:
    """argv that runs `script` with nothing but the standard library: no site-packages, no PYTHON* variables."""
    return [base_interpreter(), "-I", "-S", "-B", "-X", "utf8", str(script), *arguments]


def instance_environment(spec: FunctionSpec, folders: CodeFolders, tmp: Path) -> dict[str, str]:
    """The declared variables plus the documented ones that do not change while an instance lives (scf.md 1.4).

    Temporary keys and TRIGGER_SRC come with each event. `tmp` is the instance's own /tmp and must exist.
    The clock of the platform is UTC; a declared TZ overrides it.
    """
    code, opt = str(folders.var_user), str(folders.opt)
    return {
        "TZ": "UTC",
        **spec.environment,
        "TENCENTCLOUD_RUNENV": "SCF",
        "SCF_FUNCTIONNAME": spec.name,
        "SCF_FUNCTIONVERSION": "$LATEST",
        "SCF_NAMESPACE": spec.namespace,
        "SCF_RUNTIME": spec.runtime,
        "USER_CODE_ROOT": f"{code}/",
        "PYTHONPATH": f"{code}:{opt}",
        "PYTHONDONTWRITEBYTECODE": "x",
        "LD_LIBRARY_PATH": f"{code}:{opt}",
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "PWD": code,
        "HOME": str(tmp),
        "TMPDIR": str(tmp),
        "USER": "qcloud",
        "LANG": "en_US.UTF8",
        "LC_ALL": "en_US.UTF8",
        "HOSTNAME": "localhost",
    }
