"""What it takes to run a web function's scf_bootstrap here: the interpreter under its platform path, a port of its own."""

from __future__ import annotations

import os
import re
import shlex
import socket
import sys
from pathlib import Path

from ..code.interpreter import base_interpreter
from ..outcome import Failure, Status

PLATFORM_INTERPRETER = re.compile(rb"/var/lang/python3\d*/bin/python3(?:\.\d+)?")
PLATFORM_PORT = 9000
LISTENING = "0A"
LOOPBACK = "0100007F"


def mapped_bootstrap(var_user: Path, tools: Path) -> Path:
    """A copy of `scf_bootstrap` in `tools` that names our interpreter instead of the platform's; nothing else changes.

    The interpreter is the base one without site-packages, so only the code folder and the layers (PYTHONPATH) can be
    imported. Raises Failure 405 when the platform could not start the file.
    """
    original = var_user / "scf_bootstrap"
    if not original.is_file():
        raise Failure(Status.BOOTSTRAP_EXITED, "there is no scf_bootstrap in the function's folder")
    if not os.access(original, os.X_OK):
        raise Failure(Status.BOOTSTRAP_EXITED, "scf_bootstrap is not executable: chmod 755 it")
    script = original.read_bytes()
    if b"\r\n" in script:
        raise Failure(Status.BOOTSTRAP_EXITED, "scf_bootstrap has CRLF line ends: the platform wants LF")
    python = _executable(
        tools / "python3", f'#!/bin/sh\nexec {shlex.quote(base_interpreter())} -S -s -B "$@"\n'.encode()
    )
    return _executable(tools / "scf_bootstrap", PLATFORM_INTERPRETER.sub(os.fsencode(python), script))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def listens_on_loopback_only(port: int) -> bool:
    """The platform refuses a server on 127.0.0.1, which here would work. Only Linux tells."""
    if not sys.platform.startswith("linux"):
        return False
    rows = [line.split() for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]]
    return any(row[1] == f"{LOOPBACK}:{port:04X}" and row[3] == LISTENING for row in rows)


def _executable(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    path.chmod(0o755)
    return path
