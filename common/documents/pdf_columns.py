"""Reading order of a page: real columns one after the other, everything else row by row.

A gutter alone does not make columns: right-aligned dates leave one too. The content stream tells them apart, because
programs write a column as one run, and a date right after its title. So a gutter counts when the stream changes sides rarely.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter

from common.documents.pdf_margins import margin_of_titles, titled_parts
from common.documents.pdf_segments import Gutter, Segment

_MAX_SEGMENTS = 600  # the search is quadratic; a page beyond this is a table or a map, not a resume
_MAX_DEPTH = 6
_MIN_LINES = 4
_SHARED_EDGE = 2
_NARROWEST_COLUMN = 0.17  # of the width
_NARROWEST_MARGIN = 0.10
_FEWEST_TITLES = 2
_GUTTER_EM = 0.9
_SAME_ROW = 0.38


def reading_order(segments: Sequence[Segment], depth: int = 0) -> list[list[Segment]]:
    """Rows of segments from left to right, columns unrolled, titles in the margin before what they stand beside."""
    if not 2 <= len(segments) <= _MAX_SEGMENTS or depth > _MAX_DEPTH:
        return _rows(segments)
    gutter = _best_gutter(segments)
    margin = gutter or margin_of_titles(
        segments, _gutters(segments, narrowest=_NARROWEST_MARGIN, fewest=_FEWEST_TITLES)
    )
    if margin is None:
        return _rows(segments)
    above = [segment for segment in segments if segment.baseline >= margin.above - 0.01]
    inside = [segment for segment in segments if margin.spans(segment)]
    below = [segment for segment in segments if segment.baseline <= margin.below + 0.01]
    left = [segment for segment in inside if margin.is_left(segment)]
    right = [segment for segment in inside if not margin.is_left(segment)]
    middle = [left, right] if gutter else titled_parts(left, right)
    return [row for part in (above, *middle, below) for row in reading_order(part, depth + 1)]


def _rows(segments: Sequence[Segment]) -> list[list[Segment]]:
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda one: -one.baseline):
        head = rows[-1][0] if rows else None
        if head and abs(head.baseline - segment.baseline) <= _SAME_ROW * min(head.em, segment.em):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [sorted(row, key=lambda one: one.left) for row in rows]


def _best_gutter(segments: Sequence[Segment]) -> Gutter | None:
    scored = ((_score(gutter, segments), gutter) for gutter in _gutters(segments))
    best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] > 0 else None


def _gutters(
    segments: Sequence[Segment], *, narrowest: float = _NARROWEST_COLUMN, fewest: int = _MIN_LINES
) -> Iterator[Gutter]:
    """The strip of white before every left edge that lines share, in every band between the segments that cross it."""
    left, right = min(one.left for one in segments), max(one.right for one in segments)
    em = _middle(one.em for one in segments)
    starts = Counter(round(one.left) for one in segments)
    for edge in sorted(edge for edge, count in starts.items() if count >= _SHARED_EDGE):
        if not left + narrowest * (right - left) < edge < left + (1 - _NARROWEST_COLUMN) * (right - left):
            continue
        far = min(one.left for one in segments if abs(one.left - edge) <= 1)
        near = far - _GUTTER_EM * em
        sides = sorted(((-one.baseline, _side(one, near, far)) for one in segments), key=itemgetter(0))
        yield from _bands(sides, near, far, fewest)


def _side(segment: Segment, near: float, far: float) -> int:
    """-1 left of the strip, 1 right of it, 0 across."""
    return -1 if segment.right <= near + 0.05 else 1 if segment.left >= far - 0.05 else 0


def _bands(sides: Sequence[tuple[float, int]], near: float, far: float, fewest: int) -> Iterator[Gutter]:
    """Parts of the strip that no segment crosses and that have text enough on both sides."""
    above, left, right = 1e9, 0, 0
    for down, side in [*sides, (1e9, 0)]:
        if side:
            left, right = left + (side < 0), right + (side > 0)
            continue
        if min(left, right) >= fewest:
            yield Gutter(near, far, above, -down)
        above, left, right = -down, 0, 0


def _score(gutter: Gutter, segments: Sequence[Segment]) -> float:
    """0 for no column; else more for more text and fewer changes of side in the content stream."""
    inside = [one for one in segments if gutter.spans(one)]
    left = [one for one in inside if gutter.is_left(one)]
    right = [one for one in inside if gutter.is_right(one)]
    rows_left, rows_right = ({round(one.baseline) for one in side} for side in (left, right))
    fewest = min(len(rows_left), len(rows_right))
    if fewest < _MIN_LINES:
        return 0.0
    shared = min(max(rows_left), max(rows_right)) - max(min(rows_left), min(rows_right))
    if shared < 5 * _middle(one.em for one in inside):
        return 0.0
    stream = [gutter.is_left(one) for one in sorted(left + right, key=lambda one: one.order)]
    changes = sum(1 for a, b in pairwise(stream) if a != b)
    if changes > max(2, 0.12 * fewest) and not (changes <= 0.5 * fewest and _independent(left, right) >= 0.6):
        return 0.0
    return (len(left) + len(right)) / (1 + changes)


def _independent(left: list[Segment], right: list[Segment]) -> float:
    """Share of lines, on the side where it is lower, that have no neighbour on the same baseline across the gutter."""

    def alone(side: list[Segment], other: list[Segment]) -> float:
        free = [one for one in side if all(abs(one.baseline - far.baseline) > 0.12 * one.em for far in other)]
        return len(free) / len(side)

    return min(alone(left, right), alone(right, left))


def _middle(values: Iterable[float]) -> float:
    """The median, without the 10 ms that importing the standard library's takes."""
    ranked = sorted(values)
    return ranked[len(ranked) // 2]
