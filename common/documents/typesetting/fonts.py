"""The faces the PDF engine draws with, registered once per process, and what happens to characters none of them has."""

from copy import copy
from functools import cache
from importlib.resources import as_file, files
from typing import Any

FONT_PACKAGE = "mojian_fonts"
#: CSS family → (regular file, bold file). The order is the fallback order, character by character.
FACES = {
    "Mojian": ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"),
    "MojianRareHan": ("NotoSansJP-RareHan-Regular.ttf", "NotoSansJP-RareHan-Bold.ttf"),
    "MojianEmoji": ("NotoEmoji-Regular.ttf", "NotoEmoji-Regular.ttf"),
}
#: In the layer only when it was built with `./scripts/build fonts --profile serif`.
SERIF = {"MojianSerif": ("NotoSerifSC-Regular.ttf", "NotoSerifSC-Bold.ttf")}
#: Draws 〓, the printer's mark for a sort that is not in the case, and still extracts as the character that was meant.
LAST_RESORT = "MojianLastResort"
GETA_MARK = 0x3013
SPACE = 0x20


@cache
def has_serif() -> bool:
    """Whether this layer has the serif pair."""
    return all((files(FONT_PACKAGE) / file).is_file() for pair in SERIF.values() for file in pair)


def available_faces(*, serif: bool) -> dict[str, tuple[str, str]]:
    """CSS family → (regular file, bold file), in the order in which they are tried; no serif where the layer has none."""
    return {**(SERIF if serif and has_serif() else {}), **FACES}


def font_family(*, serif: bool) -> str:
    """The CSS value."""
    return ", ".join([*available_faces(serif=serif), LAST_RESORT])


@cache
def register() -> frozenset[int]:
    """Read and register the faces of every page (about 0.2 s, once); the code points they can draw."""
    regular_only = FACES["MojianRareHan"][0]
    _register(LAST_RESORT, (regular_only, regular_only), apart=True)
    drawable: set[int] = set()
    for family, pair in FACES.items():
        faces = _register(family, pair)
        drawable |= set(faces[0].face.charToGlyph) & set(faces[-1].face.charToGlyph)
    return frozenset(drawable)


@cache
def register_serif() -> None:
    """Only for pages that want it: a second pair costs as much time and memory as the first. Raises nothing if absent."""
    for family, pair in (SERIF if has_serif() else {}).items():
        _register(family, pair)


def _register(family: str, pair: tuple[str, str], *, apart: bool = False) -> list[Any]:
    from reportlab.lib.fonts import addMapping
    from reportlab.pdfbase import pdfmetrics
    from xhtml2pdf.default import DEFAULT_FONT

    names = (family, f"{family}-Bold") if pair[0] != pair[1] else (family,)
    faces = [_read_face(name, file) for name, file in zip(names, pair, strict=False)]
    for face in faces:
        pdfmetrics.registerFont(_apart(face) if apart else face)
    for mapped in names:
        for italic in (0, 1):
            addMapping(mapped, 0, italic, mapped)
            addMapping(mapped, 1, italic, names[-1])
    DEFAULT_FONT[family.lower()] = family
    return faces


def _read_face(name: str, file: str) -> Any:
    from reportlab.pdfbase.ttfonts import TTFont

    with as_file(files(FONT_PACKAGE) / file) as path:
        return TTFont(name, str(path))


def _apart(font: Any) -> Any:
    """ReportLab shares what it read of one file between fonts, and names embedded subsets after it; neither must happen
    to a face whose characters are about to be redrawn."""
    font.face = copy(font.face)
    font.face.name = font.fontName.encode()
    return font


def missing_from_fonts(text: str) -> str:
    """The characters of `text` that no face has, each once, in order of code point."""
    drawable = register()
    return "".join(sorted(character for character in set(text) if _is_missing(character, drawable)))


def _is_missing(character: str, drawable: frozenset[int]) -> bool:
    return ord(character) not in drawable and not character.isspace()


def draw_as_mark(characters: str) -> None:
    """Let the last-resort face stand in for exactly these characters in the next render."""
    from reportlab.pdfbase import pdfmetrics
    from xhtml2pdf import util

    register()
    face = pdfmetrics.getFont(LAST_RESORT).face
    mark, space = face.charToGlyph[GETA_MARK], face.charToGlyph[SPACE]
    width, space_width = face.charWidths[GETA_MARK], face.charWidths[SPACE]
    drawn = {GETA_MARK: mark, **{ord(character): mark for character in characters}}
    face.charToGlyph = {**drawn, SPACE: space}  # the engine stays with this face for the space that follows
    face.charWidths = {**dict.fromkeys(drawn, width), SPACE: space_width}
    util._font_coverage[LAST_RESORT] = frozenset(face.charToGlyph)
