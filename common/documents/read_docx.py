"""DOCX → lines and photo: headers, body, footers and notes in reading order. Standard library only, but for the photo."""

from collections.abc import Iterator, Sequence
from functools import partial

from common.documents.docx_diagram import diagram_lines
from common.documents.docx_embedded import embedded_lines
from common.documents.docx_numbering import Numbering
from common.documents.docx_package import WordPackage
from common.documents.docx_shapes import DocxPicture
from common.documents.docx_styles import Styles, read_styles
from common.documents.docx_text import PartText, part_text
from common.documents.docx_walk import Surroundings
from common.documents.hidden_text import hidden_warnings
from common.documents.portrait import Picture, may_be_portrait, portrait
from common.domain.parsing.source import Line, Photo, SourceDocument
from common.errors import FileRefused, NoTextFound

_MOST_PICTURES = 20
_MAX_PICTURE_BYTES = 10 * 1024 * 1024
_EMBEDDED_WARNING = "文件里嵌入了另一个文件，其中的内容没有读到，请把它复制到正文后重新上传"


def read_docx(content: bytes) -> SourceDocument:
    """A Word file has no fixed pages, so every line is on page 1.

    Raises FileTypeUnsupported (a zip without a Word main part), FileDamaged, FileEncrypted, FileTooLarge, NoTextFound.
    """
    package = WordPackage(content)
    styles = package.part_of("styles")
    around = Surroundings(
        read_styles(package.content(styles)) if styles else Styles(), Numbering(partial(_numbering, package))
    )
    parts = {name: _read_part(package, name, around) for name in package.parts_in_reading_order()}
    lines = tuple(_without_repeats(parts, package.main_part))
    if not lines:
        raise NoTextFound
    embeds = any(part.embeds for part in parts.values())
    return SourceDocument(
        kind="docx",
        lines=lines,
        photo=_photo(package, parts),
        warnings=(
            *hidden_warnings(sum(part.hidden for part in parts.values())),
            *((_EMBEDDED_WARNING,) if embeds else ()),
        ),
    )


def _numbering(package: WordPackage) -> bytes:
    part = package.part_of("numbering")
    return package.content(part) if part else b""


def _read_part(package: WordPackage, name: str, around: Surroundings) -> PartText:
    around.links = package.relationships(name)
    around.diagram = lambda relationship: _diagram(package, around.links.get(relationship))
    around.embedded = lambda relationship: _embedded(package, around.links.get(relationship))
    return part_text(partial(package.chunks, name), around)


def _diagram(package: WordPackage, name: str | None) -> list[Line]:
    return diagram_lines(package.chunks(name)) if name and package.has(name) else []


def _embedded(package: WordPackage, name: str | None) -> list[Line]:
    return embedded_lines(package.content(name)) if name and package.has(name) else []


def _without_repeats(parts: dict[str, PartText], main_part: str) -> Iterator[Line]:
    """First pages, odd and even ones have headers and footers of their own, mostly with the same text."""
    seen: set[str] = set()
    for name, part in parts.items():
        for line in part.lines:
            if name == main_part or line.text not in seen:
                yield line
        if name != main_part:
            seen.update(line.text for line in part.lines)


def _photo(package: WordPackage, parts: dict[str, PartText]) -> Photo | None:
    used = [
        (package.relationships(name).get(picture.relationship), picture)
        for name, part in parts.items()
        for picture in part.pictures
        if may_be_portrait(picture.shown_pt, picture.page)
    ]
    return portrait(list(_pictures(package, used)))


def _pictures(package: WordPackage, used: Sequence[tuple[str | None, DocxPicture]]) -> Iterator[Picture]:
    """A picture that cannot be unpacked is no reason to refuse the text."""
    for name, picture in used[:_MOST_PICTURES]:
        if name is None or not package.has(name):
            continue
        try:
            content = package.content(name, max_bytes=_MAX_PICTURE_BYTES)
        except FileRefused:
            continue
        yield Picture(content, picture.page, picture.shown_pt, picture.crop, picture.turned)
