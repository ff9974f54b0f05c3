"""A page of Word: paragraphs, links and a photo on top of python-docx, in the words the layout uses."""

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

from common.documents import word_styles
from common.documents.typesetting.photo import Photo
from common.domain.rendering.theme import Theme
from common.domain.rendering.view import Piece

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph as DocxParagraph

A4_MM = (210.0, 297.0)
BAR = " | "
GAP = "\u00a0\u00a0\u00a0 "
#: A file that remembers when it was made is never the same twice.
WRITTEN_AT = datetime(2000, 1, 1)  # noqa: DTZ001 - core properties have no time zone


class Paper:
    """One A4 document in the styles of a theme."""

    def __init__(self, theme: Theme, *, language_tag: str) -> None:
        from docx import Document
        from docx.shared import Mm

        self.theme = theme
        self.document = Document()
        page = self.document.sections[0]
        page.page_width, page.page_height = (Mm(side) for side in A4_MM)
        page.top_margin = page.bottom_margin = Mm(theme.margin_top_mm)
        page.left_margin = page.right_margin = Mm(theme.margin_side_mm)
        text_width_mm = A4_MM[0] - 2 * theme.margin_side_mm
        word_styles.prepare(self.document, theme, text_width_mm=text_width_mm, language_tag=language_tag)

    def let_go(self) -> None:
        """The document is saved and nobody needs it any more: its trees are emptied.

        python-docx's parts hold each other, and the collector, which does not see how large their trees are, comes so rarely
        that an instance grew by a hundred megabytes in 300 resumes.
        """
        for part in self.document.part.package.iter_parts():
            if (tree := getattr(part, "element", None)) is not None:
                tree.clear()

    def paragraph(self, text: str = "", *, style: str = word_styles.TEXT) -> "DocxParagraph":
        return self.document.add_paragraph(text, style=style)

    def add_text(self, line: "DocxParagraph", text: str, *, bold: bool = False, colour: str | None = None) -> None:
        from docx.shared import RGBColor

        run = line.add_run(text)
        run.bold = bold or None
        if colour:
            run.font.color.rgb = RGBColor.from_string(colour.lstrip("#").upper())

    def add_gap(self, line: "DocxParagraph", *, first: bool) -> None:
        if not first:
            self.add_text(line, GAP)

    def add_piece(self, line: "DocxParagraph", piece: Piece) -> None:
        """A real hyperlink when the piece has an address."""
        self.add_text(line, piece.text, colour=self.theme.colours.accent if piece.url else None)
        if not piece.url:
            return
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), line.part.relate_to(piece.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        link.append(line.runs[-1]._r)
        line._p.append(link)

    def float_right(self, line: "DocxParagraph", picture: Photo) -> None:
        """Anchor the photo at the right margin, level with `line`, text beside it."""
        from docx.oxml import parse_xml
        from docx.shared import Mm

        inline = (
            line.add_run().add_picture(io.BytesIO(picture.jpeg), Mm(picture.width_mm), Mm(picture.height_mm))._inline
        )
        anchor = parse_xml(_ANCHOR)
        for child in list(inline):
            anchor.append(child)
        # The schema wants wrapSquare between the extent and the picture's own properties.
        anchor.insert(list(anchor).index(inline_extent(anchor)) + 1, parse_xml(_WRAP))
        inline.getparent().replace(inline, anchor)

    def describe(self, *, title: str, author: str, subject: str) -> None:
        """Core properties; each holds at most 255 characters."""
        properties = self.document.core_properties
        properties.title, properties.author, properties.subject = title[:255], author[:255], subject[:255]
        properties.last_modified_by, properties.comments = author[:255], ""
        properties.created = properties.modified = WRITTEN_AT


def inline_extent(anchor: Any) -> Any:
    from docx.oxml.ns import qn

    return anchor.find(qn("wp:extent"))


_NAMESPACE = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
_WRAP = f'<wp:wrapSquare {_NAMESPACE} wrapText="left"/>'
_ANCHOR = (
    f'<wp:anchor {_NAMESPACE} distT="0" distB="0" distL="114300" distR="0" simplePos="0" relativeHeight="1" '
    'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>'
    '<wp:positionH relativeFrom="margin"><wp:align>right</wp:align></wp:positionH>'
    '<wp:positionV relativeFrom="margin"><wp:align>top</wp:align></wp:positionV></wp:anchor>'
)
