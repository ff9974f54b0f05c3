"""What a process and its children did to files and to the network, told by strace (Linux)."""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

_CALLS = (
    "trace=openat,open,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,socket,connect,bind"
)
_WRITES = re.compile(r"\b(?:O_WRONLY|O_RDWR|O_CREAT)\b|\b(?:creat|mkdir|mkdirat|rename\w*|link\w*|symlink\w*)\(")
_NETWORK = re.compile(r"\b(?:socket|connect|bind)\(")
_PATH = re.compile(r'"([^"]*)"')


def is_available() -> bool:
    return shutil.which("strace") is not None


def offences(command: Sequence[str], *, temporary: Path) -> list[str]:
    """System calls of `command` and all it started that wrote outside `temporary`, or used the network."""
    with tempfile.NamedTemporaryFile("r", suffix=".strace") as log:
        subprocess.run(
            ["strace", "-f", "-qq", "-s", "200", "-e", _CALLS, "-o", log.name, *command],
            env={"TMPDIR": str(temporary), "HOME": str(temporary), "PATH": "/usr/bin:/bin"},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        return list(_offences(log, temporary))


def _offences(log: Iterator[str], temporary: Path) -> Iterator[str]:
    for line in log:
        succeeded = " = -1 " not in line
        if _NETWORK.search(line):
            yield line.strip()
        elif succeeded and _WRITES.search(line):
            paths = _PATH.findall(line)
            if not all(path.startswith((str(temporary), "/dev/null", "/dev/tty")) for path in paths):
                yield line.strip()
