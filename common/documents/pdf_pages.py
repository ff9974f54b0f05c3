"""Which pages of a PDF are read from their text and which are looked at (OCR); and what pages repeat of each other."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from common.documents.text_gate import has_lost_its_digits, is_garbled, is_sparse
from common.domain.parsing.source import Line

_PICTURED = 0.25  # share of the page that a picture of text covers at least
_OUTLINES = 150  # shapes on a page without text: letters turned into paths
_LITTLE_EVIDENCE = 150  # characters; a shorter page is judged by the company it keeps
_MOST_SILENT = 0.3  # 0.12 in whole files: objects of blanks alone
_MARGIN = 0.1
_SAME_PLACE_PT = 4.0


@dataclass(frozen=True)
class PageText:
    """`text` as the content stream has it, for judging; `lines` in reading order. `height` of the page in points.

    `painted` counts what is painted on it, `shapes` the filled shapes among that; `pictured` is the share of the page under
    its largest picture. `recognised`: the lines are what a scanner's software read in that picture. `silent` is the share of
    text objects that gave no character, for want of their font.
    """

    number: int
    text: str = ""
    lines: list[Line] = field(default_factory=list)
    height: float = 0.0
    hidden: int = 0
    pictured: float = 0.0
    painted: int = 1
    shapes: int = 0
    recognised: bool = False
    silent: float = 0.0

    @property
    def is_whole(self) -> bool:
        """Does nothing on the page depend on a part of the file that may be lost? Asked of a repaired file."""
        return self.pictured > _PICTURED or not (self.is_sparse or self.is_garbled or self.silent > _MOST_SILENT)

    @cached_property
    def is_sparse(self) -> bool:
        return is_sparse(self.text)

    @cached_property
    def is_garbled(self) -> bool:
        return is_garbled(self.text)


def pages_for_ocr(pages: Sequence[PageText]) -> set[int]:
    """Numbers of the pages whose text layer is missing or wrong, each page judged alone where it has text enough."""
    if has_lost_its_digits("\n".join(page.text for page in pages)):
        return {page.number for page in pages}
    unreadable = {page.number for page in pages if page.is_sparse or page.is_garbled}
    if len(unreadable) == len(pages):
        return unreadable
    telling = [page for page in pages if len(page.text) >= _LITTLE_EVIDENCE]
    garbled = [page for page in telling if page.is_garbled]
    doubted = len(garbled) > len(telling) / 2
    return {page.number for page in pages if _is_lost(page, doubted=doubted)}


def _is_lost(page: PageText, *, doubted: bool) -> bool:
    """Beside healthy pages a short last page is just short: only a scan, outlines or garbage are worth OCR there."""
    if page.is_sparse:
        return page.pictured > _PICTURED or page.shapes > _OUTLINES or (doubted and bool(page.text.strip()))
    return page.is_garbled or (doubted and len(page.text) < _LITTLE_EVIDENCE)


def without_running_lines(pages: Sequence[PageText]) -> list[Line]:
    """The lines of all pages; a head or foot that repeats at its place on other pages, but for numbers, is kept once."""
    seen: dict[str, list[tuple[int, float]]] = defaultdict(list)
    kept = []
    for page in pages:
        for line in page.lines:
            key = _running_key(line, page.height)
            if key is None:
                kept.append(line)
                continue
            top = line.box[1] if line.box else 0.0
            if not any(number != page.number and abs(place - top) < _SAME_PLACE_PT for number, place in seen[key]):
                kept.append(line)
            seen[key].append((page.number, top))
    return kept


def _running_key(line: Line, height: float) -> str | None:
    if line.box is None or (_MARGIN * height < line.box[1] and line.box[3] < (1 - _MARGIN) * height):
        return None
    return re.sub(r"\d+", "0", line.text)
