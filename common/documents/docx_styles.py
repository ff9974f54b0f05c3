"""styles.xml of a Word file → what a style does to text: bold, size, hidden, white, shaded, listed."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from common.documents.docx_names import WORD, attribute, by_full_name, has_usual_prefixes, is_on
from common.documents.docx_package import parse_xml
from common.documents.hidden_text import SMALLEST_VISIBLE_PT, is_white

_DEFAULT_SIZE_PT = 10.0  # where neither styles nor docDefaults say (ECMA-376 part 1, 17.3.2.38)
_LONGEST_CHAIN = 20


@dataclass(slots=True)
class Look:
    """What one style, or one run of text, says about itself; None where it says nothing. `size` in points."""

    bold: bool | None = None
    size: float | None = None
    hidden: bool | None = None
    white: bool | None = None
    shaded: bool | None = None
    list_id: str | None = None
    list_level: int | None = None

    def over(self, base: "Look") -> "Look":
        """This one where it says something, else `base`."""
        return Look(
            base.bold if self.bold is None else self.bold,
            base.size if self.size is None else self.size,
            base.hidden if self.hidden is None else self.hidden,
            base.white if self.white is None else self.white,
            base.shaded if self.shaded is None else self.shaded,
            base.list_id if self.list_id is None else self.list_id,
            base.list_level if self.list_level is None else self.list_level,
        )

    @property
    def is_unseen(self) -> bool:
        """Asked to be hidden, or too small to see."""
        return bool(self.hidden) or (self.size or SMALLEST_VISIBLE_PT) < SMALLEST_VISIBLE_PT


def is_shade(attributes: dict[str, str]) -> bool:
    """A w:shd that paints something a white letter would be seen on."""
    fill = attribute(attributes, "fill")
    pattern = attribute(attributes, "val", "clear")
    return pattern not in ("clear", "nil") or (fill not in ("", "auto") and not is_white(fill))


def _set_size(look: Look, attributes: dict[str, str]) -> None:
    value = attribute(attributes, "val")
    if value.isdecimal() and len(value) < 5:
        look.size = int(value) / 2


def _set_bold(look: Look, attributes: dict[str, str]) -> None:
    look.bold = is_on(attributes)


def _set_hidden(look: Look, attributes: dict[str, str]) -> None:
    look.hidden = is_on(attributes)


def _set_colour(look: Look, attributes: dict[str, str]) -> None:
    look.white = is_white(attribute(attributes, "val"))


def _set_shade(look: Look, attributes: dict[str, str]) -> None:
    look.shaded = is_shade(attributes)


def _set_highlight(look: Look, attributes: dict[str, str]) -> None:
    look.shaded = attribute(attributes, "val") not in ("none", "white")


def _set_list(look: Look, attributes: dict[str, str]) -> None:
    look.list_id = attribute(attributes, "val")


def _set_list_level(look: Look, attributes: dict[str, str]) -> None:
    value = attribute(attributes, "val")
    look.list_level = int(value) if value.isdecimal() and len(value) < 3 else None


#: Property element → what it says about a look, for tables of handlers.
LOOKS: Mapping[str, Callable[[Look, dict[str, str]], None]] = {
    "b": _set_bold,
    "sz": _set_size,
    "vanish": _set_hidden,
    "color": _set_colour,
    "shd": _set_shade,
    "highlight": _set_highlight,
    "numId": _set_list,
    "ilvl": _set_list_level,
}


class Styles:
    """Every style by its id, read and resolved along basedOn when it is asked for: of a hundred, a resume uses five."""

    def __init__(self, unread: Mapping[str, bytes] = MappingProxyType({})) -> None:
        """`unread` are styles as XML documents of their own."""
        self.defaults = Look()
        self._unread = dict(unread)
        self._own: dict[str, Look] = {}
        self._based_on: dict[str, str] = {}
        self._resolved: dict[str, Look] = {}
        self._of_text: dict[tuple[object, ...], Look] = {}
        self.default_paragraph: str | None = None

    def add(self, style_id: str, look: Look, based_on: str) -> None:
        self._own[style_id] = look
        self._based_on[style_id] = based_on

    def look(self, style_id: str | None) -> Look:
        """What this style and its ancestors say; a style nobody defined says nothing. Raises FileDamaged."""
        if style_id is None:
            return _NOTHING_SAID
        if style_id not in self._resolved:
            look, name = Look(), style_id
            for _ in range(_LONGEST_CHAIN):
                if name in self._unread:
                    _read(self._unread.pop(name), self)
                if name not in self._own:
                    break
                look, name = look.over(self._own[name]), self._based_on[name]
            self._resolved[style_id] = look
        return self._resolved[style_id]

    def of_text(self, paragraph_style: str | None, run_style: str | None, own: Look) -> Look:
        """How text looks: its own properties, then its character style, then its paragraph's style, then the defaults.

        Bold and hidden are toggles: a character style that is bold inside a bold paragraph style is not (17.7.3).
        """
        key = (paragraph_style, run_style, own.bold, own.size, own.hidden, own.white, own.shaded)
        if key not in self._of_text:
            paragraph, character = self.look(paragraph_style), self.look(run_style)
            said = own.over(character).over(paragraph).over(self.defaults)
            if own.bold is None:
                said.bold = (bool(paragraph.bold) != bool(character.bold)) or bool(self.defaults.bold)
            if own.hidden is None:
                said.hidden = bool(paragraph.hidden) != bool(character.hidden)
            said.size = said.size or _DEFAULT_SIZE_PT
            self._of_text[key] = said
        return self._of_text[key]


_NOTHING_SAID = Look()


class _Reading:
    """State while styles.xml, or a part of it, streams by."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self._look: Look | None = None
        self._id = self._based_on = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _NAMES.get(tag)
        if name == "style":
            self._look, self._id, self._based_on = Look(), attribute(attributes, "styleId"), ""
            if attribute(attributes, "type") == "paragraph" and attribute(attributes, "default", "0") in ("1", "true"):
                self.styles.default_paragraph = self._id
        elif name == "rPrDefault":
            self._look = self.styles.defaults
        elif name == "basedOn":
            self._based_on = attribute(attributes, "val")
        elif name and self._look is not None:
            LOOKS[name](self._look, attributes)

    def end(self, tag: str) -> None:
        name = _NAMES.get(tag)
        if name == "style" and self._look is not None:
            self.styles.add(self._id, self._look, self._based_on)
        if name in ("style", "rPrDefault"):
            self._look = None


_NAMES = by_full_name({f"w:{name}": name for name in ("style", "rPrDefault", "basedOn", *LOOKS)})
#: Nothing that text looks like; written as usual, it is not even parsed.
_SILENT = re.compile(
    rb"<w:(?:name|aliases|next|link|ui[Pp]riority|unhideWhenUsed|semiHidden|qFormat|rsid|keepNext|keepLines|spacing|outlineLvl"
    rb"|contextualSpacing|ind|jc|rFonts|lang|szCs|bCs|i|iCs|u|kern)(?: [^<>]*)?/>"
)
_STYLE, _END_OF_STYLE = b"<w:style ", b"</w:style>"
_DEFAULTS = re.compile(rb"<w:docDefaults>.*?</w:docDefaults>", re.DOTALL)
_ID = re.compile(rb' w:styleId="([^"]+)"')
_NOT_OF_TEXT = re.compile(rb' w:type="(?:table|numbering)"')
_DECLARATION = re.compile(rb"\s*<\?xml [^<>]*\?>")
_LONGEST_ROOT = 8192


def read_styles(content: bytes) -> Styles:
    """Raises FileDamaged."""
    written = [style[max(0, style.rfind(_STYLE)) :] + _END_OF_STYLE for style in content.split(_END_OF_STYLE)[:-1]]
    if has_usual_prefixes(content[:_LONGEST_ROOT]) and all(style.startswith(_STYLE) for style in written):
        return _read_late(content, written)
    styles = Styles()
    _read(content, styles)
    return styles


def _read_late(content: bytes, written: list[bytes]) -> Styles:
    """`written` are the styles as they stand in `content`. What decides about all text is read at once."""
    declaration, defaults = _DECLARATION.match(content), _DEFAULTS.search(content)
    root = (declaration[0] if declaration else b"") + f'<w:styles xmlns:w="{WORD}">'.encode()
    at_once = [defaults[0]] if defaults else []
    unread: dict[str, bytes] = {}
    for style in written:
        opening = style[: style.find(b">")]
        found = _ID.search(opening)
        if found is None or b"&" in found[1] or b" w:default=" in opening:
            at_once.append(style)
        elif not _NOT_OF_TEXT.search(opening):
            unread[found[1].decode("utf-8", "replace")] = b"%b%b</w:styles>" % (root, style)
    styles = Styles(unread)
    _read(b"%b%b</w:styles>" % (root, b"".join(at_once)), styles)
    return styles


def _read(content: bytes, styles: Styles) -> None:
    reading = _Reading(styles)
    parse_xml(iter([content]), start=reading.start, end=reading.end, without=partial(_SILENT.sub, b""))
