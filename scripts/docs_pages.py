"""./scripts/docs [--check]: writes the documents that are made from code, or tells which of them are out of date."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from scripts.docs_errors import errors_page
from scripts.docs_settings import settings_page
from scripts.openapi import openapi_page

PAGES: dict[str, Callable[[], str]] = {
    "docs/errors.md": errors_page,
    "docs/settings.md": settings_page,
    "functions/monitor/openapi.json": openapi_page,
}


def stale_pages() -> list[str]:
    """The documents whose text is not what the code says now."""
    return [name for name, page in PAGES.items() if not Path(name).is_file() or Path(name).read_text("utf-8") != page()]


def main(arguments: Sequence[str]) -> int:
    """0 when all is current, 1 when `--check` found a stale page, 2 for a wrong call."""
    if arguments not in ([], ["--check"]):
        print("usage: ./scripts/docs [--check]", file=sys.stderr)
        return 2
    stale = stale_pages()
    for name in stale:
        if arguments:
            print(f"{name} is out of date: run ./scripts/docs", file=sys.stderr)
        else:
            Path(name).write_text(PAGES[name](), "utf-8")
            print(f"wrote {name}")
    return int(bool(arguments and stale))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
