"""HTML → lines: blocks, tables and lists in reading order; scripts, styles and what is hidden left out.

An explicit stack of open elements: it loads nothing, runs nothing, and recurses nowhere.
"""

import re
from typing import NamedTuple

from common.documents.html_styles import Style, StyleSheet
from common.documents.html_tokens import Tag, html_tokens
from common.documents.text_flow import TextFlow
from common.domain.parsing.source import Line

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr frame basefont bgsound".split())
_BLOCKS = frozenset(
    "p div li dt dd h1 h2 h3 h4 h5 h6 ul ol dl table caption blockquote pre center section article header footer nav"
    " aside main address fieldset form figure figcaption legend details summary body hr".split()
)
_SILENT = frozenset(
    "head script style title noscript template object applet iframe select textarea svg math xml".split()
)
_CELLS = frozenset(("td", "th"))
_ENDS_BEFORE = {  # an element whose end tag may be left out ends where one of the same kind begins
    "p": "p", "li": "li", "dt": "d", "dd": "d", "td": "cell", "th": "cell", "tr": "tr", "option": "option",
}  # fmt: skip
_LOOK_BACK = 12
_BLANKS = re.compile(r"[ \t\r\n\f]+")


class _Element(NamedTuple):
    tag: str
    style: Style
    silent: bool


class _Walk:
    def __init__(self) -> None:
        self.flow = TextFlow()
        self.hidden = 0
        self._sheet = StyleSheet()
        self._open: list[_Element] = [_Element("", Style(), silent=False)]
        self._count: dict[str, int] = {}
        self._tables = 0

    def start(self, tag: Tag) -> None:
        """HTML takes the slash of <p/> for nothing, XHTML for an end: there is nothing in it, whoever is right."""
        name = tag.name
        self._end_unclosed(name)
        outer = self._open[-1]
        self._begin(name)
        if name == "a" and "href" in tag.attributes and not outer.silent:
            self.flow.link(tag.attributes["href"])
        if not tag.empty and name not in _VOID:
            silent = outer.silent or name in _SILENT
            self._open.append(_Element(name, self._sheet.style(name, tag.attributes, outer.style), silent))
            self._count[name] = self._count.get(name, 0) + 1

    def end(self, name: str) -> None:
        if not self._count.get(name):
            if name == "p":
                self.flow.end_line()
            return
        while True:
            element = self._open.pop()
            self._count[element.tag] -= 1
            self._end(element.tag)
            if element.tag == name:
                return

    def text(self, text: str) -> None:
        element = self._open[-1]
        if element.tag == "style":
            self._sheet.read(text)
        if element.silent:
            return
        if not element.style.is_seen:
            self.hidden += len("".join(text.split()))
            return
        if element.style.list_mark:
            self.flow.mark_listed()
            return
        shown = text if self._count.get("pre") else _BLANKS.sub(_unwrapped, text)
        self.flow.write(shown, bold=element.style.bold, size=element.style.size)

    def _begin(self, tag: str) -> None:
        if self._open[-1].silent:
            return
        if tag == "br":
            self.flow.end_line()
        elif tag == "table":
            self.flow.end_paragraph()
            self._tables += 1
        elif tag == "tr":
            self.flow.end_row(max(1, self._tables))
        elif tag in _CELLS:
            self.flow.begin_cell(max(1, self._tables))
        elif tag in _BLOCKS:
            self.flow.end_line()
            if tag == "li":
                self.flow.mark_listed()

    def _end(self, tag: str) -> None:
        if self._open[-1].silent:
            return
        if tag == "table":
            self.flow.end_table(max(1, self._tables))
            self._tables = max(0, self._tables - 1)
        elif tag in _CELLS:
            self.flow.end_cell(max(1, self._tables))
        elif tag == "tr":
            self.flow.end_row(max(1, self._tables))
        elif tag == "li":
            self.flow.end_paragraph()
        elif tag in _BLOCKS:
            self.flow.end_line()

    def _end_unclosed(self, tag: str) -> None:
        kind = _ENDS_BEFORE.get(tag)
        if kind is None:
            return
        for element in self._open[:-_LOOK_BACK:-1]:
            if _ENDS_BEFORE.get(element.tag) == kind:
                self.end(element.tag)
                return
            if element.tag in ("table", "ul", "ol", "dl") or (kind == "p" and element.tag in _CELLS):
                return


def _unwrapped(blanks: re.Match[str]) -> str:
    """A line break of the source is a blank. Exporters break lines between two blanks, too: those part the fields of a resume."""
    run = blanks.group()
    if "\n" not in run and "\r" not in run:
        return run
    return "  " if run.endswith(("\n ", "\r ")) else " "


def html_lines(text: str) -> tuple[list[Line], int]:
    """The lines, and how many characters were left out because nobody sees them. Sizes in points.

    A row of a table is one line, "a | b | c", where its cells hold one line each. Raises FileTooComplex.
    """
    walk = _Walk()
    for token in html_tokens(text):
        if isinstance(token, str):
            walk.text(token)
        elif token.is_end:
            walk.end(token.name)
        else:
            walk.start(token)
    return walk.flow.lines(), walk.hidden
