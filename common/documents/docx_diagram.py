"""SmartArt: the texts of a diagram's data part, one line a paragraph, in the order they were typed."""

from collections.abc import Iterator

from common.documents.docx_names import by_full_name
from common.documents.docx_package import parse_xml
from common.domain.parsing.source import Line
from common.domain.resume.text import normalise

_NAMES = by_full_name({"a:p": "p", "a:t": "t"})


def diagram_lines(chunks: Iterator[bytes]) -> list[Line]:
    """Raises FileDamaged."""
    paragraphs: list[list[str]] = []
    inside = False

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal inside
        name = _NAMES.get(tag)
        inside = name == "t"
        if name == "p":
            paragraphs.append([])

    def end(_: str) -> None:
        nonlocal inside
        inside = False

    def text(characters: str) -> None:
        if inside and paragraphs:
            paragraphs[-1].append(characters)

    parse_xml(chunks, start=start, end=end, text=text)
    texts = (normalise("".join(parts)) for parts in paragraphs)
    return [Line(text) for text in texts if text]
