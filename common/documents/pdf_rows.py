"""Runs of glyphs that belong to one line of a page: by baseline, with the letters that stand higher or lower on purpose.

Thresholds are in em, the size of the letters.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from common.documents.pdf_glyphs import PageGlyphs, Run
from common.domain.resume.text import is_han

_SAME_BASELINE = 0.36
_LEVEL_PT = 0.2
_ROWS_LOOKED_BACK = 8
_MOST_SHIFTED = 2  # letters of a row that may belong to another one
_SCRIPT_SIZE = 0.85
_SCRIPT_SHIFT = 0.6
_SCRIPT_GAP = 0.35
_STACK_STEP = (0.6, 2.6)
_SHORTEST_STACK = 3


def rows_of(glyphs: PageGlyphs, runs: Sequence[Run]) -> list[list[Run]]:
    """Rows from the top of the page down."""
    rows = _baselines(runs)
    return _with_shifted_letters(glyphs, _with_scripts(glyphs, rows))


def stacks_of(glyphs: PageGlyphs, runs: Sequence[Run]) -> list[list[Run]]:
    """Han that were written one below the other: vertical headings, and the narrow cells of forms."""
    stacks: list[list[Run]] = []
    current: list[Run] = []
    for run in runs:
        if current and _is_below(glyphs, current[-1], run):
            current.append(run)
            continue
        stacks.append(current)
        current = [run] if _is_single_han(glyphs, run) else []
    return [stack for stack in [*stacks, current] if len(stack) >= _SHORTEST_STACK]


def _is_single_han(glyphs: PageGlyphs, run: Run) -> bool:
    return len(run.places) == 1 and is_han(glyphs.chars[run.places[0]])


def _is_below(glyphs: PageGlyphs, above: Run, run: Run) -> bool:
    least, most = _STACK_STEP
    return (
        _is_single_han(glyphs, run)
        and abs(glyphs.left[run.places[0]] - glyphs.left[above.places[0]]) < _SCRIPT_GAP * run.em
        and least * run.em < above.baseline - run.baseline < most * run.em
        and abs(above.em - run.em) < _SCRIPT_GAP * run.em
    )


def typical_em(runs: Sequence[Run]) -> float:
    """The size that most glyphs have."""
    if len(runs) == 1:
        return runs[0].em or 1.0
    ranked = sorted((run.em, len(run.places)) for run in runs)
    left = sum(count for _, count in ranked) / 2
    for em, count in ranked:
        left -= count
        if left <= 0:
            return em or 1.0
    return 1.0


def _baselines(runs: Sequence[Run]) -> list[list[Run]]:
    """A row stands where most of its glyphs do: a raised letter that comes first must not decide."""
    rows: list[list[Run]] = []
    heads: list[tuple[float, float, int]] = []  # baseline, size and glyphs of each row
    for level in _levels(runs):
        height, em, count = level[0].baseline, typical_em(level), sum(len(run.places) for run in level)
        for place in range(len(rows) - 1, max(-1, len(rows) - 1 - _ROWS_LOOKED_BACK), -1):
            baseline, largest, most = heads[place]
            if baseline - height <= _SAME_BASELINE * min(em, largest):
                rows[place] += level
                heads[place] = (height if count > most else baseline, max(largest, em), max(count, most))
                break
        else:
            rows.append(level)
            heads.append((height, em, count))
    return rows


def _levels(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Runs that stand on the very same baseline, whatever their sizes."""
    ordered = sorted(runs, key=lambda run: -run.baseline)
    heights = [run.baseline for run in ordered]
    cuts = [place for place in range(1, len(ordered)) if heights[place - 1] - heights[place] > _LEVEL_PT]
    for start, stop in pairwise([0, *cuts, len(ordered)]):
        yield ordered[start:stop]


def _with_scripts(glyphs: PageGlyphs, rows: list[list[Run]]) -> list[list[Run]]:
    """Superscripts and subscripts go back behind the letter they were set at."""
    sizes = [typical_em(row) for row in rows]
    for place, row in enumerate(rows):
        for near in (place + 1, place - 1, place + 2):
            if not row or not 0 <= near < len(rows) or sizes[place] > _SCRIPT_SIZE * sizes[near]:
                continue
            scripts = [run for run in row if _is_script(glyphs, run, rows[near], sizes[near])]
            rows[near] += scripts
            row[:] = [run for run in row if run not in scripts]
    return [row for row in rows if row]


def _is_script(glyphs: PageGlyphs, run: Run, row: Sequence[Run], em: float) -> bool:
    left = glyphs.left[run.places[0]]
    return any(
        abs(run.baseline - other.baseline) <= _SCRIPT_SHIFT * em
        and abs(left - glyphs.right[other.places[-1]]) <= _SCRIPT_GAP * em
        for other in row
    )


def _with_shifted_letters(glyphs: PageGlyphs, rows: list[list[Run]]) -> list[list[Run]]:
    """Letters that a logo lifts or lowers (the A and E of LaTeX) go back into the gap they were taken from."""
    whole: list[list[Run]] = []
    few: list[list[Run]] = []
    for row in rows:
        (few if sum(len(run.places) for run in row) <= _MOST_SHIFTED else whole).append(row)
    for row in few:
        home = next((place for place in whole if all(_fits(glyphs, run, place) for run in row)), None)
        if home is None:
            whole.append(row)
        else:
            home += row
    return sorted(whole, key=lambda row: -row[0].baseline) if few else whole


def _fits(glyphs: PageGlyphs, run: Run, row: Sequence[Run]) -> bool:
    """Does the run touch the row's height and stand close between two of its letters, over neither?"""
    if not any(abs(run.baseline - other.baseline) < max(run.em, other.em) for other in row):
        return False
    first, last = run.places[0], run.places[-1]
    left, right, bottom, top = glyphs.left[first], glyphs.right[last], glyphs.bottom[first], glyphs.top[first]
    beside = [
        place
        for other in row
        for place in other.places
        if glyphs.left[place] - right < run.em and left - glyphs.right[place] < run.em
    ]
    overlap = max((min(right, glyphs.right[one]) - max(left, glyphs.left[one]) for one in beside), default=1.0)
    around = any(glyphs.left[one] < left for one in beside) and any(glyphs.right[one] > right for one in beside)
    touches = any(min(top, glyphs.top[one]) - max(bottom, glyphs.bottom[one]) > 0.5 * (top - bottom) for one in beside)
    return around and touches and overlap < 0.75 * (right - left)
