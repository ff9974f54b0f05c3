"""What the tests of documents look at: Markdown files, their tables, links, and the places in code that they name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.contract.source_tree import ROOT

_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_PLACE = re.compile(r"`([\w.-]+(?:/[\w.-]+)+\.\w+|serverless\.yml)(?::([A-Za-z_][\w.]*))?`")
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Document:
    """`name` is relative to the root, with slashes."""

    name: str
    text: str

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    @property
    def prose(self) -> str:
        """Without fenced blocks: what is printed there is output, not a claim about the project."""
        return _FENCE.sub("", self.text)

    def links(self) -> list[str]:
        """Targets inside the project."""
        return [link for link in _LINK.findall(self.prose) if "://" not in link]

    def broken_links(self) -> list[str]:
        """Files that are not there, and headings that the file does not have."""
        return [link for link in self.links() if not self._leads_somewhere(link)]

    def _leads_somewhere(self, link: str) -> bool:
        target, _, heading = link.partition("#")
        file = (ROOT / self.name).parent / target if target else ROOT / self.name
        return file.exists() and (not heading or heading in _anchors(file.read_text("utf-8")))

    def places(self) -> list[tuple[str, str]]:
        """`folder/file.py` and `folder/file.py:name`, as they stand in backticks."""
        return [(path, name) for path, name in _PLACE.findall(self.prose)]

    def unknown_places(self) -> list[str]:
        return [f"{path}:{name}" for path, name in self.places() if not _exists(path, name)]

    def table(self, first_heading: str) -> list[list[str]]:
        """The rows of the table whose first column has this heading; cells are stripped."""
        lines = self.text.splitlines()
        start = next(number for number, line in enumerate(lines) if line.startswith(f"| {first_heading} |"))
        return list(_rows(lines[start + 2 :]))


def _anchors(text: str) -> set[str]:
    """Of its headings, as GitHub makes them."""
    return {
        re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
        for title in re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    }


def document(name: str) -> Document:
    return Document(name, (ROOT / name).read_text("utf-8"))


def documents() -> list[Document]:
    """What we write for people, except the notes of the fakes."""
    patterns = ("*.md", "docs/**/*.md", "common/vendors/*/README.md")
    return [document(path.relative_to(ROOT).as_posix()) for pattern in patterns for path in sorted(ROOT.glob(pattern))]


def _rows(lines: list[str]) -> Iterator[list[str]]:
    for line in lines:
        if not line.startswith("|"):
            return
        yield [cell.strip() for cell in line.strip().strip("|").split(" | ")]


def _exists(path: str, name: str) -> bool:
    file = ROOT / path
    if not file.is_file() or not name:
        return file.is_file()
    if not path.endswith(".py"):
        return name in file.read_text("utf-8")
    return bool(
        re.search(rf"^\s*(def|class) {name.rpartition('.')[2]}\b|^{name}\b.*=", file.read_text("utf-8"), re.MULTILINE)
    )
