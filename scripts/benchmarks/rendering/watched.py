"""A process that counts every file it opens and every connection it makes while it sets hostile resumes: one JSON line each.

python -m scripts.benchmarks.rendering.watched FONT_LAYER
"""

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from scripts.benchmarks.rendering.attacks import SECRET

NETWORK = (
    "socket.connect",
    "socket.getaddrinfo",
    "socket.sendto",
    "urllib.Request",
    "http.client.connect",
    "ftplib.connect",
)
PROCESSES = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork")

_EMPTY_DOCUMENT = ("docx/templates/default.docx", "docx/parts/../templates/default.docx")

_seen: list[str] = []


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and not _is_module(arguments[0]):
        _seen.append(f"file {arguments[0]}")
    elif event in NETWORK:
        _seen.append(f"network {event}")
    elif event in PROCESSES:
        _seen.append(f"process {event}")


def _is_module(path: object) -> bool:
    """What an import reads, which may happen late, and python-docx's own empty document."""
    name = str(path)
    return name.endswith((".py", ".pyc", ".so", *_EMPTY_DOCUMENT)) and name != str(SECRET)


def main(font_layer: str) -> None:
    sys.path.insert(0, font_layer)
    import_module("pypdfium2")  # reads its version from a file, once, when a page is over

    from common.documents.template_shelf import template_names
    from common.documents.typesetting.engine import PdfMetadata, typeset
    from common.documents.typesetting.fonts import font_family
    from common.documents.write_docx import write_docx
    from common.documents.write_html import write_html
    from common.documents.write_pdf import write_pdf
    from scripts.benchmarks.rendering.attacks import PAGES, resumes
    from scripts.benchmarks.rendering.resumes import samples

    for template in template_names():
        write_pdf(samples()["with photo"], template=template)
        write_docx(samples()["with photo"], template=template)
    attacks = list(resumes())
    sys.addaudithook(_watch)
    for name, resume in attacks:
        for template in template_names():
            _try(f"{template} pdf, {name}", partial(write_pdf, resume, template=template))
        _try(f"docx, {name}", partial(write_docx, resume, template="classic"))
        _try(f"html, {name}", partial(write_html, resume, template="classic"))
    for name, page in PAGES.items():
        html = f"<html><body style='font-family: {font_family(serif=False)}'>{page}</body></html>"
        _try(f"engine, {name}", partial(typeset, html, PdfMetadata("", "", "", "")))


def _try(name: str, work: Callable[[], object]) -> None:
    from common.errors import MojianError

    _seen.clear()
    started, outcome = time.perf_counter(), "ok"
    try:
        work()
    except MojianError as refusal:
        outcome = f"refused: {refusal.code}"
    except Exception as error:
        outcome = f"crash: {type(error).__name__}: {str(error)[:200]}"
    print(
        json.dumps({"name": name, "seconds": time.perf_counter() - started, "outcome": outcome, "seen": _seen}),
        flush=True,
    )


if __name__ == "__main__":
    main(sys.argv[1])
