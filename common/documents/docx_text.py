"""One part of a Word file → its lines and pictures: body order, tables as rows, text boxes once, unseen text left out."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from common.documents.docx_boxes import in_reading_order
from common.documents.docx_names import attribute, by_full_name
from common.documents.docx_package import parse_xml
from common.documents.docx_shapes import DRAWING_STARTS, DocxPicture, Drawing
from common.documents.docx_styles import LOOKS, Look
from common.documents.docx_walk import Surroundings, Walk
from common.domain.parsing.source import Line


@dataclass
class PartText:
    """`hidden` counts the characters left out because nobody sees them; `embeds` says that a document in it was not read."""

    lines: list[Line]
    pictures: list[DocxPicture]
    hidden: int = 0
    embeds: bool = False


def part_text(chunks: Callable[[], Iterator[bytes]], around: Surroundings) -> PartText:
    """`chunks` opens the part; it is opened twice where white text may stand on something that is painted only later.

    Lines have no geometry; sizes in points. Raises FileDamaged.
    """
    walk = _walked(chunks(), around, white_shows=False)
    if walk.white and walk.grounds:
        around.numbering.forget()
        walk = _walked(chunks(), around, white_shows=True)
    return PartText(in_reading_order(walk.flow, walk.margins), walk.pictures, walk.hidden, walk.embeds)


def _walked(chunks: Iterator[bytes], around: Surroundings, *, white_shows: bool) -> Walk:
    walk = Walk(around, white_shows=white_shows)

    handler_of_start, handler_of_end = _START.get, _END.get

    def start(tag: str, attributes: dict[str, str]) -> None:
        if walk.skipped:
            walk.skipped += 1
        elif handler := handler_of_start(tag):
            handler(walk, attributes)

    def end(tag: str) -> None:
        if walk.skipped:
            walk.skipped -= 1
        elif handler := handler_of_end(tag):
            handler(walk)

    parse_xml(chunks, start=start, end=end, text=walk.text, without=_without_noise)
    return walk


#: Looks and places that say nothing about what is read, or in which order.
_SILENT = re.compile(
    rb"<w:tabs>.*?</w:tabs>|<w:(?:rFonts|lang|szCs|bCs|iCs|i|u|kern|rtl|spacing|ind|jc|widowControl|top|left|bottom|right"
    rb"|insideV|insideH|tcW|proofErr|bookmarkStart|bookmarkEnd|noProof|position|w|snapToGrid|vAlign)(?: [^<>]*)?/>",
    re.DOTALL,
)


_PROPERTIES = rb"(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?"
_TEXT = rb"<w:t(?: [^<>]*)?>"
_NEXT_RUN = rb"</w:t></w:r><w:r(?: [^<>]*)?>"
_ALIKE = re.compile(
    rb"<w:r(?: [^<>]*)?>(%b)%b[^<>\n]*(?:%b\1%b[^<>\n]*)+" % (_PROPERTIES, _TEXT, _NEXT_RUN, _TEXT), re.DOTALL
)
_BETWEEN_ALIKE = re.compile(_NEXT_RUN + _PROPERTIES + _TEXT, re.DOTALL)


def _without_noise(xml: bytes) -> bytes:
    """Without silent elements; and what Word cut into runs only by language or by who wrote it when, is one run again."""
    return _ALIKE.sub(lambda runs: _BETWEEN_ALIKE.sub(b"", runs[0]), _SILENT.sub(b"", xml))


def _calling(method: Callable[..., None], *arguments: object) -> Callable[[Walk, dict[str, str]], None]:
    """A handler that gives its element's meaning to one method: `arguments` first, then the attributes."""
    return lambda walk, attributes: method(walk, *arguments, attributes)


def _drawing(method: Callable[[Drawing, dict[str, str]], None]) -> Callable[[Walk, dict[str, str]], None]:
    return lambda walk, attributes: walk.draw(method, attributes)


def _look(set_property: Callable[[Look, dict[str, str]], None]) -> Callable[[Walk, dict[str, str]], None]:
    return lambda walk, attributes: walk.set_look(set_property, attributes)


_START: dict[str, Callable[[Walk, dict[str, str]], None]] = by_full_name(
    {
        "w:moveFrom w:instrTextDel w:delText w:delInstrText w:rt w:pPrChange w:rPrChange w:tcPrChange w:trPrChange "
        "w:tblPrChange w:sectPrChange w:object v:shapetype": Walk.skip,
        "w:del": Walk.delete,
        "w:p": Walk.begin_paragraph,
        "w:r m:r": Walk.begin_run,
        "w:t m:t": Walk.begin_text,
        "w:instrText": Walk.begin_code,
        "w:tab w:ptab": lambda walk, _: walk.put("\t"),
        "w:br": Walk.put_break,
        "w:cr": lambda walk, _: walk.put("\n"),
        "w:noBreakHyphen": lambda walk, _: walk.put("-"),
        "w:sym": Walk.put_symbol,
        "w:lastRenderedPageBreak": Walk.turn_page,
        "w:pPr": lambda walk, _: walk.enter("paragraph"),
        "w:tcPr": lambda walk, _: walk.enter("cell"),
        "w:trPr": lambda walk, _: walk.enter("row"),
        "w:tblPr": lambda walk, _: walk.enter("table"),
        "w:sdtPr": lambda walk, _: walk.enter("control"),
        "w:pStyle": _calling(Walk.set_style, "paragraph"),
        "w:rStyle": _calling(Walk.set_style, "run"),
        "w:tblStyle": Walk.shade_table,
        "w:tbl": Walk.begin_table,
        "w:tr": Walk.begin_row,
        "w:tc": Walk.begin_cell,
        "w:vMerge w:hMerge w:cellDel": Walk.merge_cell,
        "w:hyperlink a:hlinkClick": Walk.link,
        "w:fldChar": Walk.mark_field,
        "w:fldSimple": lambda walk, attributes: walk.link_by_code(attribute(attributes, "instr")),
        "mc:AlternateContent": Walk.begin_alternatives,
        "mc:Choice mc:Fallback": Walk.begin_alternative,
        "w:sdt": Walk.begin_control,
        "w:showingPlcHdr": Walk.show_placeholder,
        "w:sdtContent": Walk.begin_control_content,
        "w:altChunk": Walk.embed,
        "w:drawing w:pict": Walk.begin_drawing,
        "wp:posOffset": lambda walk, _: walk.read_place(Drawing.set_offset),
        "wp:align": lambda walk, _: walk.read_place(Drawing.align),
        "w:txbxContent": Walk.begin_box,
        "dgm:relIds": Walk.put_diagram,
        "v:textpath": Walk.put_word_art,
        "w:background": Walk.paint_page,
        "w:pgMar": Walk.set_margins,
        **{f"w:{name}": _look(set_property) for name, set_property in LOOKS.items()},
        "w:shd": Walk.set_shade,
        **{names: _drawing(method) for names, method in DRAWING_STARTS.items()},
    }
)

_END: dict[str, Callable[[Walk], None]] = by_full_name(
    {
        "w:p": Walk.end_paragraph,
        "w:r m:r": Walk.end_run,
        "w:t m:t w:instrText wp:posOffset wp:align": Walk.end_text,
        "w:pPr w:tcPr w:trPr w:tblPr w:sdtPr": Walk.leave,
        "w:tbl": Walk.end_table,
        "w:tr": Walk.end_row,
        "w:tc": Walk.end_cell,
        "mc:AlternateContent": Walk.end_alternatives,
        "w:sdt": Walk.end_control,
        "w:drawing w:pict": Walk.end_drawing,
        "wps:wsp pic:pic v:shape v:rect v:roundrect v:oval": Walk.end_shape,
        "wpg:wgp wpg:grpSp v:group": Walk.end_group,
        "w:txbxContent": Walk.end_box,
    }
)
