"""The little of CSS that matters for text: what is hidden, bold, large, or a bullet that Word wrote out."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from common.documents.hidden_text import SMALLEST_VISIBLE_PT

_SIZE_PT = 12.0
_HEADING_SIZES = {"h1": 24.0, "h2": 18.0, "h3": 14.0, "h4": 12.0, "h5": 10.0, "h6": 8.0}
_FONT_SIZES = (7.5, 10.0, 12.0, 13.5, 18.0, 24.0, 36.0)  # <font size=1…7>
_BOLD_TAGS = frozenset(("b", "strong", "th", *_HEADING_SIZES))
_MOST_RULES = 5000
_LONGEST_SHEET = 500_000
_SIMPLE_SELECTOR = re.compile(r"([a-z0-9]*)(?:\.([\w-]+))?", re.IGNORECASE)
_HIDDEN = re.compile(r"display:none|visibility:hidden|mso-hide:all|font-size:0(?:\.0+)?(?:p[tx]|em|%)?(?:;|!|$)")
_WHITE = re.compile(r"(?:^|;)color:(?:white|#fff(?:fff)?|rgba?\(255,255,255[,)])")
_COLOURED = re.compile(r"(?:^|;)color:")
_GROUND = re.compile(
    r"background(?:-color|-image)?:(?!none|transparent|white|#fff(?:fff)?\b|inherit|initial)|mso-(?:shading|highlight):(?!white)"
)
_BOLD = re.compile(r"font-weight:(bold|bolder|[6-9]00)|font:[^;]*\bbold")
_NOT_BOLD = re.compile(r"font-weight:(normal|lighter|[1-5]00)")
_SIZE = re.compile(r"font-size:(\d{1,3}(?:\.\d{1,4})?)(pt|px|em|%)")
_LIST_MARK = re.compile("mso-list:ignore")


class Style(NamedTuple):
    """What an element hands down to what stands in it; sizes in points. White text shows where a `ground` is behind it."""

    hidden: bool = False
    white: bool = False
    ground: bool = False
    bold: bool = False
    size: float = _SIZE_PT
    list_mark: bool = False

    @property
    def is_seen(self) -> bool:
        return not self.hidden and self.size >= SMALLEST_VISIBLE_PT and (self.ground or not self.white)


class StyleSheet:
    """Rules with a tag, a class or both as selector; what else a sheet says is left out."""

    def __init__(self) -> None:
        self._rules: dict[tuple[str, str], str] = {}

    def read(self, css: str) -> None:
        for rule in _without_comments(css[:_LONGEST_SHEET]).split("}"):
            selectors, _, declarations = rule.rpartition("{")
            for selector in selectors.split(","):
                found = _SIMPLE_SELECTOR.fullmatch(selector.strip())
                if found and any(found.groups()) and len(self._rules) < _MOST_RULES:
                    key = (found[1].lower(), found[2] or "")
                    self._rules[key] = f"{self._rules.get(key, '')};{_compact(declarations)}"

    def style(self, tag: str, attributes: Mapping[str, str], outer: Style) -> Style:
        """Of an element inside one with the style `outer`."""
        style = outer._replace(
            hidden=outer.hidden or "hidden" in attributes,
            ground=outer.ground or attributes.get("bgcolor", "white").lower() not in ("white", "#ffffff", "#fff", ""),
            bold=outer.bold or tag in _BOLD_TAGS,
            size=_HEADING_SIZES.get(tag, outer.size),
        )
        if tag == "font":
            colour = attributes.get("color", "").lower()
            white = colour in ("white", "#ffffff", "#fff") if colour else style.white
            style = style._replace(size=_font_size(attributes.get("size", ""), style.size), white=white)
        for declarations in self._declarations(tag, attributes):
            style = _applied(declarations, style)
        return style

    def _declarations(self, tag: str, attributes: Mapping[str, str]) -> Sequence[str]:
        names = ["", *attributes.get("class", "").split()[:8]]
        keys = [(tag, ""), *((kind, name) for name in names[1:] for kind in ("", tag))]
        found = [self._rules[key] for key in keys if key in self._rules]
        return [*found, _compact(attributes["style"])] if attributes.get("style") else found


def _without_comments(css: str) -> str:
    first, *more = css.replace("<!--", " ").replace("-->", " ").split("/*")
    return " ".join([first, *(part.partition("*/")[2] for part in more)])


def _compact(declarations: str) -> str:
    return re.sub(r"\s+", "", declarations.lower()) if ":" in declarations else ""


def _applied(declarations: str, style: Style) -> Style:
    size = _SIZE.search(declarations)
    white = _WHITE.search(declarations) is not None
    return Style(
        white=white or (style.white and not _COLOURED.search(declarations)),
        ground=style.ground or _GROUND.search(declarations) is not None,
        hidden=style.hidden or _HIDDEN.search(declarations) is not None,
        bold=(style.bold or _BOLD.search(declarations) is not None) and not _NOT_BOLD.search(declarations),
        size=_points(float(size[1]), size[2], style.size) if size else style.size,
        list_mark=style.list_mark or _LIST_MARK.search(declarations) is not None,
    )


def _points(number: float, unit: str, outer: float) -> float:
    return {"pt": number, "px": number * 0.75, "em": number * outer, "%": number * outer / 100}[unit]


def _font_size(size: str, outer: float) -> float:
    return _FONT_SIZES[int(size) - 1] if re.fullmatch("[1-7]", size) else outer
