"""The end of an invocation: the one line that says what became of it, and what was counted on the way."""

from collections.abc import Mapping

from common import logs
from common.platform.invocation import Invocation
from common.wiring import Shared


def end(invocation: Invocation, shared: Shared | None, trigger: str, outcome: str, facts: Mapping[str, object]) -> None:
    """Write the line and hand in what was counted on the way. `shared` is None when not even that could be made."""
    own = {"function": invocation.function, "request_id": invocation.request_id, "cold": invocation.cold}
    chain = {"origin": (shared.origin if shared else "") or None, "trigger": trigger, "outcome": outcome}
    logs.write("invocation", {**own, **chain, "duration_ms": invocation.elapsed_ms(), **facts})
    if shared:
        shared.flush_calls()


def outcome_of(status: int) -> str:
    """Of an answer over HTTP."""
    return "ok" if status < 400 else "refused"
