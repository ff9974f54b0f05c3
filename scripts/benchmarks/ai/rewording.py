"""Rewording: honest rewrites the guard blocks although they add nothing, and lying ones it lets pass."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from common.domain.optimising.guard import findings
from scripts.benchmarks.ai.cases import rewrites, rewrites_blind, rewrites_spoken
from scripts.benchmarks.ai.options import AiOptions
from scripts.benchmarks.figures import Figure


def figures(options: AiOptions) -> Iterator[Figure]:
    honest = [*rewrites.HONEST, *rewrites_blind.HONEST, *rewrites_spoken.HONEST, *rewrites_spoken.STILL_BLOCKED]
    lies = [*rewrites.LIES, *rewrites_spoken.OVERSTATED]
    blocked = [line for line in honest if _findings(line)]
    passed = [line for line in lies if not _findings(line)]
    if options.verbose:
        _explain("blocked", blocked)
        _explain("passed", passed)
    share = 100 * len(blocked) / len(honest)
    yield Figure("honest rewrites blocked", share, "%", at_most=5, note=f"{len(blocked)} of {len(honest)}")
    yield Figure("lying rewrites passed", len(passed), at_most=0, note=f"of {len(lies)}")


def _findings(line: str) -> list[str]:
    original, _, rewritten = line.partition(" => ")
    return [str(finding) for finding in findings(original, rewritten)]


def _explain(what: str, lines: Sequence[str]) -> None:
    for line in lines:
        print(f"  {what}  {line}  {'; '.join(_findings(line))}", file=sys.stderr)
