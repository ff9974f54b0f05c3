"""The paragraph styles of the Word layout, so that a user who changes one changes every place that uses it."""

from typing import TYPE_CHECKING, Any

from common.domain.rendering.theme import Theme, Typeface

if TYPE_CHECKING:
    from docx.document import Document

#: Pair → Latin and Han face: on every Windows and in WPS; macOS and Linux substitute their own of the same kind.
FONTS: dict[Typeface, tuple[str, str]] = {"sans": ("Arial", "微软雅黑"), "serif": ("Times New Roman", "宋体")}
NAME, HEADING, BULLET, TEXT = "Title", "Heading 1", "List Bullet", "Normal"
HEADLINE, CONTACTS, ENTRY, COMPACT_ENTRY, ROW = "Headline", "Contacts", "Entry", "Compact Entry", "Label Row"
LABEL_COLUMN_MM = 32


def prepare(document: "Document", theme: Theme, *, text_width_mm: float, language_tag: str) -> None:
    """Make or restyle every style this layout uses."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm, Pt

    colours = theme.colours
    _set(document, TEXT, size=theme.text_pt, colour=colours.ink, after=1, line=1.25)
    _set_language(document.styles[TEXT], language_tag)
    _set(document, NAME, size=theme.name_pt, colour=colours.ink, bold=True, after=2, keep=True)
    _set(document, HEADING, size=theme.heading_pt, colour=colours.accent, bold=True, before=8, after=3, keep=True)
    for name in (NAME, HEADING):
        _set_border(document.styles[name], colours.rule if name == HEADING else None)
    _set(document, HEADLINE, size=11, colour=colours.accent, after=2, base=TEXT)
    _set(document, CONTACTS, size=theme.text_pt - 0.4, colour=colours.ink, after=0, base=TEXT)
    _set(document, ENTRY, before=3, after=1, keep=True, base=TEXT)
    _set(document, COMPACT_ENTRY, before=0, after=1, base=TEXT)
    for name in (ENTRY, COMPACT_ENTRY):
        tabs = document.styles[name].paragraph_format.tab_stops
        tabs.add_tab_stop(Mm(text_width_mm), WD_TAB_ALIGNMENT.RIGHT)
    _set(document, ROW, after=1, base=TEXT)
    row = document.styles[ROW].paragraph_format
    row.left_indent, row.first_line_indent = Mm(LABEL_COLUMN_MM), Mm(-LABEL_COLUMN_MM)
    row.tab_stops.add_tab_stop(Mm(LABEL_COLUMN_MM))
    for name in (TEXT, NAME, HEADING, HEADLINE, CONTACTS, ENTRY, COMPACT_ENTRY, ROW):
        _set_fonts(document.styles[name], *FONTS[theme.typeface])
    bullet = document.styles[BULLET].paragraph_format
    bullet.left_indent, bullet.first_line_indent, bullet.space_after = Mm(4.5), Mm(-4.5), Pt(1)


def _set(
    document: "Document",
    name: str,
    *,
    size: float | None = None,
    colour: str | None = None,
    bold: bool | None = None,
    before: float = 0,
    after: float = 0,
    line: float | None = None,
    keep: bool = False,
    base: str | None = None,
) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    known = name in document.styles
    style = document.styles[name] if known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if base:
        style.base_style = document.styles[base]
    style.font.bold = bold
    style.font.size = Pt(size) if size else None
    if colour:
        style.font.color.rgb = RGBColor.from_string(colour.lstrip("#").upper())
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.keep_with_next = Pt(before), Pt(after), keep
    if line:
        layout.line_spacing = line


def _set_fonts(style: Any, latin: str, han: str) -> None:
    """Latin and East Asian faces by name; the template's theme fonts would win over them, so they go."""
    from docx.oxml.ns import qn

    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme_font in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme_font}"), None)
    for kind in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{kind}"), latin)
    fonts.set(qn("w:eastAsia"), han)


def _set_language(style: Any, language_tag: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN" if language_tag == "zh-CN" else language_tag)
    style.element.get_or_add_rPr().append(language)


def _set_border(style: Any, colour: str | None) -> None:
    """A rule under the paragraph, or none where Word's own template draws one."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    if colour is None:
        return
    borders, rule = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for attribute, value in (("val", "single"), ("sz", "6"), ("space", "2"), ("color", colour.lstrip("#"))):
        rule.set(qn(f"w:{attribute}"), value)
    borders.append(rule)
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
