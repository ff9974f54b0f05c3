"""Sends a completion: at once or as a stream, with the waits and interruptions a test asks for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from scripts.local_cloud.fakes.deepseek.completion import DONE, KEEP_ALIVE, Completion

_FOREVER_S = 3600.0
_BLANKS = " " * 16


@dataclass(frozen=True)
class Plan:
    """How one answer travels. `wait` sleeps and returns early when the fake is released."""

    wait: Callable[[float], Any]
    pace_s: float = 0.0
    keep_alives: int = 0
    keep_alive_s: float = 0.0
    stall_s: float | None = None


def plan_for(kind: str, options: dict[str, Any], pace_s: float, wait: Callable[[float], Any]) -> Plan:
    """Read the options of a fault: keep_alive {count, interval_s}, stall {seconds}."""
    if kind == "keep_alive":
        count, interval_s = int(options.get("count", 3)), float(options.get("interval_s", 0.05))
        return Plan(wait, pace_s, count, interval_s)
    if kind == "stall":
        return Plan(wait, pace_s, stall_s=float(options.get("seconds", _FOREVER_S)))
    return Plan(wait, pace_s)


def spoiled(completion: Completion, kind: str) -> Completion:
    """Return the completion as the real service may spoil it; status stays 200 for all of these."""
    half = completion.content[: len(completion.content) // 2]
    changes: dict[str, dict[str, str]] = {
        "blank": {"content": _BLANKS},
        "array": {"content": f"[{completion.content}]"},
        "length": {"content": half, "finish_reason": "length"},
        "insufficient_system_resource": {"content": half, "finish_reason": "insufficient_system_resource"},
        "content_filter": {"content": "", "finish_reason": "content_filter"},
    }
    return replace(completion, **changes.get(kind, {}))  # type: ignore[arg-type]


def whole(completion: Completion, plan: Plan) -> Iterator[bytes]:
    """Yield the JSON object, after the blank lines that stand for waiting in the queue."""
    for _ in range(plan.keep_alives):
        yield b"\n"
        plan.wait(plan.keep_alive_s)
    body = json.dumps(completion.as_json(), ensure_ascii=False).encode()
    if plan.stall_s is None:
        yield body
        return
    yield body[: len(body) // 2]
    plan.wait(plan.stall_s)


def streamed(completion: Completion, plan: Plan, on_cancelled: Callable[[], None]) -> Iterator[bytes]:
    """Yield server-sent events; `on_cancelled` is called when the client leaves before the end."""
    try:
        for _ in range(plan.keep_alives):
            yield KEEP_ALIVE
            plan.wait(plan.keep_alive_s)
        events = list(completion.as_events())
        stop_at = len(events) if plan.stall_s is None else len(events) // 2
        for event in events[:stop_at]:
            yield event
            if plan.pace_s:
                plan.wait(plan.pace_s)
        if plan.stall_s is not None:
            plan.wait(plan.stall_s)
            return
        yield DONE
    except GeneratorExit:
        on_cancelled()
        raise
