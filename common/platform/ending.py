"""The end of an invocation: the one line that says what became of it, and what was put off until after the answer."""

import gc
from collections.abc import Mapping

from common import logs
from common.platform.invocation import Invocation
from common.wiring import Shared

#: Python's own: how many new objects before it looks for rubbish among the young, the older, all.
_USUAL_THRESHOLDS = (700, 10, 10)


def end(invocation: Invocation, shared: Shared | None, trigger: str, outcome: str, facts: Mapping[str, object]) -> None:
    """Write the line and hand in what was counted on the way. `shared` is None when not even that could be made.

    After the first invocation Python looks for rubbish as usual, but never again among what a cold start has loaded: that stays.
    """
    own = {"function": invocation.function, "request_id": invocation.request_id, "cold": invocation.cold}
    chain = {"origin": (shared.origin if shared else "") or None, "trigger": trigger, "outcome": outcome}
    logs.write("invocation", {**own, **chain, "duration_ms": invocation.elapsed_ms(), **facts})
    if shared:
        shared.flush_calls()
    if invocation.cold:
        gc.freeze()
        gc.set_threshold(*_USUAL_THRESHOLDS)


def outcome_of(status: int) -> str:
    """Of an answer over HTTP."""
    return "ok" if status < 400 else "refused"
