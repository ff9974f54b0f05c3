"""Hostile text in every field, and hostile pages past the templates: no file read, no connection, no crash, bounded time."""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from scripts.benchmarks.figures import Figure
from scripts.benchmarks.rendering.options import FONT_LAYER, RenderBench

MOST_SECONDS = 35
_WATCHED = [sys.executable, "-m", "scripts.benchmarks.rendering.watched", str(FONT_LAYER)]


def figures(options: RenderBench) -> Iterator[Figure]:
    ended = subprocess.run(_WATCHED, capture_output=True, text=True)
    tried: list[dict[str, Any]] = [json.loads(line) for line in ended.stdout.splitlines()]
    seen = [event for one in tried for event in one["seen"]]
    crashed = [one for one in tried if one["outcome"].startswith("crash")]
    refused = sum(one["outcome"].startswith("refused") for one in tried)
    slowest = max(tried, key=lambda one: one["seconds"])
    if options.verbose:
        _explain(tried, ended.stderr)
    note = f"{len(tried)} attempts, {refused} refused"
    for kind in ("file", "network", "process"):
        yield Figure(f"hostile: {kind} accesses", sum(event.startswith(kind) for event in seen), at_most=0, note=note)
    yield Figure("hostile: crashes", len(crashed) + (ended.returncode != 0), at_most=0, note=note)
    yield Figure("hostile: slowest", slowest["seconds"], "s", at_most=MOST_SECONDS, note=slowest["name"])


def _explain(tried: list[dict[str, Any]], errors: str) -> None:
    for one in tried:
        if one["seen"] or one["outcome"] != "ok" or one["seconds"] > 2:
            print(f"  {one['name']}: {one['outcome']} in {one['seconds']:.1f} s {one['seen'][:3]}", file=sys.stderr)
    print(errors[-2000:], file=sys.stderr)
