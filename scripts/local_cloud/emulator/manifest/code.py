"""Where a function's code is, and whether the file it starts with is there: handler file or scf_bootstrap."""

from __future__ import annotations

import os
import re
from pathlib import Path

from .forms import FunctionNode
from .report import Report
from .values import settled, text, texts

_PART = r"[A-Za-z][A-Za-z0-9_-]{0,58}[A-Za-z]"
_HANDLER = re.compile(rf"{_PART}\.{_PART}")


def source_folder(function: FunctionNode, project: Path, report: Report) -> Path:
    """The folder that becomes /var/user: the shared src, then the function's own, each relative to the one before."""
    folder = project
    for node in function.sources:
        if node.get("bucket") or node.get("object"):
            report.refuse(node.line, "code that lies in a bucket cannot be run here: give src a folder")
        folder /= node.value if isinstance(node.value, str) else text(node, "src", ".", report)
    folder = Path(os.path.normpath(folder))
    if not folder.is_dir() and settled(str(folder)):
        line = function.sources[-1].line if function.sources else function.settings.line
        report.refuse(line, f"src: there is no folder {os.path.relpath(folder, project)}")
    return folder


def excluded_patterns(function: FunctionNode, report: Report) -> tuple[str, ...]:
    return tuple(pattern for node in function.sources for pattern in texts(node, "exclude", report))


def event_handler(function: FunctionNode, source: Path, report: Report) -> str:
    """`file.function`, each part 2-60 characters between letters, the file at the root of the code (scf.md 1.2)."""
    line = function.settings.key_line("handler")
    handler = text(function.settings, "handler", "", report)
    if not handler:
        report.refuse(line, f"function {function.key} has no handler")
    elif settled(handler) and not _HANDLER.fullmatch(handler):
        report.refuse(line, f"handler {handler}: must be FILE.FUNCTION, each 2-60 characters, first and last a letter")
    elif settled(handler) and source.is_dir() and not (source / f"{handler.partition('.')[0]}.py").is_file():
        report.refuse(line, f"handler {handler}: there is no {handler.partition('.')[0]}.py in {source.name}/")
    return handler


def check_bootstrap(function: FunctionNode, source: Path, report: Report) -> None:
    """A web function is started by an executable scf_bootstrap with Unix line ends (scf.md 2.2)."""
    bootstrap = source / "scf_bootstrap"
    line = function.settings.key_line("type")
    if not bootstrap.is_file():
        report.refuse(line, f"web function {function.key} has no scf_bootstrap in {source.name}/")
        return
    content = bootstrap.read_bytes()
    if not content.startswith(b"#!/bin/bash\n") or b"\r" in content:
        report.refuse(line, "scf_bootstrap must begin with #!/bin/bash and have Unix line ends")
    if not os.access(bootstrap, os.X_OK):
        report.refuse(line, "scf_bootstrap is not executable (chmod 755)")
