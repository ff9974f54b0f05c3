"""Numbers: pairs of the same number in other words, which must pass, and of another number, which must be seen."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator

from common.domain.optimising.guard import findings
from common.domain.quantities import invented_quantities, lost_quantities
from scripts.benchmarks.ai.cases import numbers, numbers_blind
from scripts.benchmarks.ai.options import AiOptions
from scripts.benchmarks.figures import Figure


def figures(options: AiOptions) -> Iterator[Figure]:
    same = [*numbers.SAME, *numbers_blind.SAME]
    changed = [*numbers.CHANGED, *numbers_blind.CHANGED]
    wrong = [line for line in same if is_another(line)] + [line for line in changed if not is_seen(line)]
    if options.verbose:
        print("\n".join(f"  wrong  {line}" for line in wrong), file=sys.stderr)
    share = 100 * (1 - len(wrong) / len(same + changed))
    yield Figure("number pairs right", share, "%", at_least=100, note=f"{len(same)} same, {len(changed)} changed")


def is_another(line: str) -> bool:
    """Do the quantities of the two statements differ?"""
    original, rewritten = _pair(line)
    return bool(invented_quantities(original, rewritten) or lost_quantities(original, rewritten))


def is_seen(line: str) -> bool:
    """Does the guard hold anything against it? 降低 for 提升 and 特等奖 for 一等奖 are other numbers in words."""
    return bool(findings(*_pair(line)))


def _pair(line: str) -> tuple[str, str]:
    original, _, rewritten = unicodedata.normalize("NFKC", line).partition(" => ")
    return original, rewritten
