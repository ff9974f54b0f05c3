"""Fields: instructions are not text, results are; an address that the result does not show is kept beside it (MS-DOC 2.8.25)."""

import re
from dataclasses import dataclass, field

from common.errors import FileDamaged

_BEGIN, _SEPARATOR, _END = "\x13", "\x14", "\x15"
_MARKS = re.compile("([\x13\x14\x15])")
_MOST_NESTED = 32
_PAGE_NUMBERS = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES"))
_ADDRESS = re.compile(r'HYPERLINK\s+(?:"([^"]+)"|([^\s\\"]\S*))', re.IGNORECASE)
_SHOWN_ADDRESS = re.compile(r"@|www\.|https?:|\w\.[a-z]{2,}(?:/|$|\s)", re.IGNORECASE)
_BUTTON = re.compile(r"MACROBUTTON\s+\S+\s(.*)", re.IGNORECASE | re.DOTALL)
_SYMBOL = re.compile(r"SYMBOL\s", re.IGNORECASE)


@dataclass
class _Field:
    in_instruction: bool = True
    silent: bool = False
    instruction: list[str] = field(default_factory=list)
    result: list[str] = field(default_factory=list)


class Fields:
    """Fed with a story from its start to its end, because a field may go over paragraphs. Page numbers are furniture."""

    def __init__(self) -> None:
        self._open: list[_Field] = []

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
            return self._write(_left_to_show(self._open.pop()))
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
            current.result.append(text)
        return text


def _left_to_show(done: _Field) -> str:
    instruction, result = "".join(done.instruction).strip(), "".join(done.result)
    address = _ADDRESS.match(instruction)
    if address:
        target = address[1] or address[2]
        return "" if _is_shown(target, result) else f" {target.removeprefix('mailto:')}"
    button = _BUTTON.match(instruction) if done.in_instruction else None
    if button:
        return button[1]
    return "•" if done.in_instruction and _SYMBOL.match(instruction) else ""


def _is_shown(target: str, result: str) -> bool:
    """What the page shows wins over where it leads, and a place inside the file (#…, _Toc…) is no address."""
    is_address = target[0] not in "#_" and re.search(r"[.@]", target)
    return not is_address or bool(_SHOWN_ADDRESS.search(result))
