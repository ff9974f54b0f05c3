"""Fields: instructions are not text, results are; addresses they lead to are kept beside the text (MS-DOC 2.8.25)."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from common.documents.doc.code_pages import FILLER
from common.errors import FileDamaged

_BEGIN, _SEPARATOR, _END = "\x13", "\x14", "\x15"
_MARKS = re.compile("([\x13\x14\x15])")
_MOST_NESTED = 32
_PAGE_NUMBERS = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES"))
_ADDRESS = re.compile(r'HYPERLINK\s+(?:"([^"]+)"|([^\s\\"]\S*))', re.IGNORECASE)
_BUTTON = re.compile(r"MACROBUTTON\s+\S+\s(.*)", re.IGNORECASE | re.DOTALL)
_SYMBOL = re.compile(r"SYMBOL\s", re.IGNORECASE)


def without_stray_marks(characters: str, start: int, end: int) -> str:
    """The same number of characters, fields that begin between `start` and `end` and never end begun no more.

    Otherwise one such mark would hide everything behind it.
    """
    begun: list[int] = []
    for mark in _MARKS.finditer(characters, start, end):
        if mark[0] == _BEGIN:
            begun.append(mark.start())
        elif mark[0] == _END and begun:
            begun.pop()
    if not begun:
        return characters
    borders = [-1, *begun, len(characters)]
    return FILLER.join(characters[before + 1 : behind] for before, behind in pairwise(borders))


@dataclass
class _Field:
    in_instruction: bool = True
    silent: bool = False
    instruction: list[str] = field(default_factory=list)


class Fields:
    """Fed with a story from its start to its end, because a field may go over paragraphs. Page numbers are furniture."""

    def __init__(self) -> None:
        self._open: list[_Field] = []
        self._links: list[str] = []

    def links(self) -> list[str]:
        """Where the hyperlinks lead that ended since the last call."""
        ended, self._links = self._links, []
        return ended

    def shown(self, text: str, *, visible: bool) -> str:
        """What a reader of the page sees of `text`. Raises FileDamaged for fields nested as no program nests them."""
        if not self._open and not _MARKS.search(text):
            return text if visible else ""
        return "".join(self._read(part, visible=visible) for part in _MARKS.split(text))

    def _read(self, part: str, *, visible: bool) -> str:
        if part == _BEGIN:
            if len(self._open) >= _MOST_NESTED:
                raise FileDamaged(reason="fields_nested")
            self._open.append(_Field())
        elif part == _SEPARATOR and self._open:
            self._begin_result(self._open[-1])
        elif part == _END and self._open:
            return self._write(self._close(self._open.pop()))
        elif part not in (_SEPARATOR, _END) and visible:
            return self._write(part)
        return ""

    def _begin_result(self, current: _Field) -> None:
        current.in_instruction = False
        current.silent = "".join(current.instruction).strip().partition(" ")[0].upper() in _PAGE_NUMBERS

    def _write(self, text: str) -> str:
        """The text goes into the innermost instruction that is open, else onto the page."""
        for current in reversed(self._open):
            if current.in_instruction:
                current.instruction.append(text)
                return ""
            if current.silent:
                return ""
        return text

    def _close(self, done: _Field) -> str:
        """What is shown of a field without a result."""
        instruction = "".join(done.instruction).strip()
        address = _ADDRESS.match(instruction)
        if address:
            self._links.append(address[1] or address[2])
        if not done.in_instruction:
            return ""
        button = _BUTTON.match(instruction)
        if button:
            return button[1]
        return "•" if _SYMBOL.match(instruction) else ""
