"""One hostile file in a process of its own: how it ended, its wall time and the most memory anybody needed, as JSON.

python -m scripts.benchmarks.hostile.one_file FILE [NAME…]: read under its own name and under each NAME.
"""

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from common.documents.isolation.reader import IsolatedReader
from common.documents.white_paper import on_white
from common.domain.parsing.source import SourceDocument
from common.domain.parsing.structure import structure
from common.errors import MojianError
from common.settings import environment


def outcome(content: bytes, name: str) -> dict[str, Any]:
    """As the parse function sees it: read in a child, structured here."""
    try:
        document = IsolatedReader(environment()).read(content, filename=name)
    except MojianError as error:
        return {"code": error.code, "message": error.message, "facts": error.facts}
    basics = structure(document.lines).basics
    return {
        "kind": document.kind,
        "lines": [line.text for line in document.lines],
        "pictures": len(document.unread),
        "upright": _is_upright(document),
        "warnings": document.warnings,
        "name": basics.name,
        "phone": basics.phone,
        "email": basics.email,
    }


def _is_upright(document: SourceDocument) -> bool:
    """A page of a resume is higher than wide."""
    import io

    from PIL import Image

    sizes = [on_white(Image.open(io.BytesIO(page.content))).size for page in document.unread]
    return all(height > width for width, height in sizes)


def main() -> None:
    path = Path(sys.argv[1])
    content = path.read_bytes()
    started = time.perf_counter()
    found = outcome(content, path.name)
    seconds = time.perf_counter() - started
    peaks = [resource.getrusage(who).ru_maxrss * 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    others = [outcome(content, name) for name in sys.argv[2:]]
    print(json.dumps({"outcome": found, "seconds": seconds, "parent": peaks[0], "child": peaks[1], "others": others}))


if __name__ == "__main__":
    main()
