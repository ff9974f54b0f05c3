"""Section titles that stand in the left margin, beside their text: each becomes a line of its own before that text.

A column of dates looks alike, and so do the labels of a form; titles have no digits, and several lines of text each.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from common.documents.pdf_segments import Gutter, Segment
from common.domain.resume.text import is_han

_LINES_PER_TITLE_LINE = 2.5
_LONGEST_TITLE = 40
_LINE_STEP = 1.8  # em between the lines of one title
_BESIDE = 0.7
_ALIGNED = 1.5
_MOSTLY = 0.75


def margin_of_titles(segments: Sequence[Segment], gutters: Iterable[Gutter]) -> Gutter | None:
    """The strip that has titles on its left, the one with most text."""
    best: tuple[int, Gutter] | None = None
    for gutter in gutters:
        inside = [segment for segment in segments if gutter.spans(segment)]
        left = [segment for segment in inside if gutter.is_left(segment)]
        right = [segment for segment in inside if gutter.is_right(segment)]
        if (best is None or len(inside) > best[0]) and _are_titles(left, right):
            best = len(inside), gutter
    return best[1] if best else None


def _are_titles(left: Sequence[Segment], right: Sequence[Segment]) -> bool:
    rows_left, rows_right = ({round(one.baseline) for one in side} for side in (left, right))
    blocks = _blocks(left)
    if len(blocks) < 2 or len(rows_right) < _LINES_PER_TITLE_LINE * len(rows_left) or len(rows_left) < len(left):
        return False
    em = left[0].em
    is_aligned = max(one.left for one in left) - min(one.left for one in left) <= _ALIGNED * em
    if not is_aligned or any(re.search(r"[\d@:：]", _title(block).text) for block in blocks):
        return False
    if any(len(_title(block).text) > _LONGEST_TITLE for block in blocks):
        return False
    beside = [block for block in blocks if any(abs(one.baseline - block[0].baseline) <= _BESIDE * em for one in right)]
    return len(beside) >= _MOSTLY * len(blocks)


def titled_parts(left: Sequence[Segment], right: Sequence[Segment]) -> list[list[Segment]]:
    """Each title, then what stands beside and below it; beside one row only it is a label, and stays on that row."""
    blocks = _blocks(left)
    starts = [block[0].baseline + _BESIDE * block[0].em for block in blocks]
    parts = [[one for one in right if one.baseline > starts[0]]]
    for block, (start, end) in zip(blocks, pairwise([*starts, float("-inf")]), strict=True):
        beside = [one for one in right if end < one.baseline <= start]
        is_label = len({round(one.baseline) for one in beside}) <= 1
        parts += [[*block, *beside]] if is_label else [[_title(block)], beside]
    return parts


def _blocks(left: Sequence[Segment]) -> list[list[Segment]]:
    blocks: list[list[Segment]] = []
    for segment in sorted(left, key=lambda one: -one.baseline):
        if blocks and blocks[-1][-1].baseline - segment.baseline <= _LINE_STEP * segment.em:
            blocks[-1].append(segment)
        else:
            blocks.append([segment])
    return blocks


def _title(block: Sequence[Segment]) -> Segment:
    glue = "" if is_han(block[0].text[-1:] or " ") else " "
    return block[0]._replace(
        text=glue.join(part.text for part in block),
        right=max(part.right for part in block),
        bottom=min(part.bottom for part in block),
    )
