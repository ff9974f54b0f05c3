"""Which text of a page can a reader see? Invisible ink, text in the colour of its ground, tiny text, text off the page.

White text is how a dark sidebar is printed, and how a trap is hidden. Shapes behind it answer most cases; where a picture, a
complicated shape or transparency is involved, the page is painted and the pixels decide.
"""

from typing import Any, NamedTuple

from common.documents.hidden_text import SMALLEST_VISIBLE_PT
from common.documents.pdf_glyphs import Edges, PageGlyphs, Run
from common.documents.pdf_ground import SAME_GREY, Grounds, Painted, grounds_of

_FAINTEST_OPACITY = 25
_LIGHT = 225
_WHITE = 255
_LAST = 1 << 30  # text beyond the objects that were looked at: nothing is known to cover it
_PAGE_SIZED = 0.5


class Visibility(NamedTuple):
    """`layer` is the part of `hidden` that lies on the ink of a page-sized picture: a scanner's own reading."""

    seen: list[Run]
    hidden: list[Run]
    layer: list[Run]
    grounds: Grounds


def look(page: Any, glyphs: PageGlyphs) -> Visibility:
    """`page` is a pypdfium2 page."""
    grounds = grounds_of(page)
    verdicts: dict[bool | None, list[Run]] = {True: [], False: [], None: []}
    for run in glyphs.runs:
        verdicts[_verdict(run, glyphs.box(run), grounds)].append(run)
    seen, hidden, doubtful = verdicts[True], verdicts[False], verdicts[None]
    layer: list[Run] = []
    if doubtful or (hidden and grounds.pictured >= _PAGE_SIZED):
        paper = Painted(page)
        inked = {id(run) for run in hidden + doubtful if paper.has_ink(glyphs.box(run))}
        layer = [run for run in hidden if id(run) in inked and grounds.pictured >= _PAGE_SIZED]
        seen = sorted(seen + [run for run in doubtful if id(run) in inked], key=lambda run: run.places[0])
        hidden = hidden + [run for run in doubtful if id(run) not in inked]
    return Visibility(seen, hidden, layer, grounds)


def _verdict(run: Run, box: Edges, grounds: Grounds) -> bool | None:
    """True seen, False hidden, None: look at the pixels."""
    if run.em < SMALLEST_VISIBLE_PT or run.opacity <= _FAINTEST_OPACITY:
        return False
    page = grounds.page
    if box[2] < page[0] or box[0] > page[2] or box[3] < page[1] or box[1] > page[3]:
        return False
    behind = None
    place = grounds.places.get(run.address, _LAST)
    for ground in grounds.around((box[0] + box[2]) / 2, (box[1] + box[3]) / 2):
        if ground.place > place:
            return False if ground.is_picture else None
        behind = ground
    if run.address in grounds.veiled:
        return None
    if behind is None:
        return run.grey < _WHITE - SAME_GREY
    if behind.grey is None:
        return True if run.grey < _LIGHT else None
    return True if abs(behind.grey - run.grey) >= SAME_GREY else None
