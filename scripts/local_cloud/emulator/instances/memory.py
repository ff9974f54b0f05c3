"""How much memory an instance uses: resident memory of its process and everything it started."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

KIB = 1024


def memory_in_use(pid: int) -> int:
    """Bytes resident right now, over the whole process tree; 0 when the process is gone."""
    if not sys.platform.startswith("linux"):
        return _ask_ps(pid)
    return sum(_status_bytes(member, "VmRSS:") for member in _tree(pid))


def memory_peak(pid: int) -> int:
    """The most bytes the process itself ever held: catches what came and went between two looks."""
    return _status_bytes(pid, "VmHWM:") if sys.platform.startswith("linux") else _ask_ps(pid)


def _tree(pid: int) -> list[int]:
    members = [pid]
    for member in members:
        try:
            children = Path(f"/proc/{member}/task/{member}/children").read_text(encoding="ascii")
        except OSError:
            continue
        members.extend(int(child) for child in children.split())
    return members


def _status_bytes(pid: int, field: str) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * KIB for line in lines if line.startswith(field)), 0)


def _ask_ps(pid: int) -> int:
    answer = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return int(answer.stdout.strip() or 0) * KIB
