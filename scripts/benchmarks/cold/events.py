"""The first event of every function: the smallest that its own trigger can bring, and a whole one where there is a peer.

A request is that of the function's first route, by somebody who is logged in; the object of a bucket event, and whatever else is
asked for, is not there. So a cold start reaches its stores and ends, and no two functions do the same work.
"""

import re
from collections.abc import Callable
from typing import Any

from scripts.benchmarks.cold.world import World
from scripts.docs_reach import FUNCTIONS

#: What the peers answer, too.
WHOLE: dict[str, Callable[[World], dict[str, Any]]] = {"login": World.login_request, "pay_notify": World.notification}

_ROUTE = re.compile(r'@routes\.(\w+)\(\s*"([^"]+)"')
_OBJECT = "{prefix}u_nobody/r_nothing/source{suffix}"


def first_event(function: str, world: World) -> dict[str, Any]:
    """Made afresh for every cold start: login codes work once, and signatures are good for five minutes."""
    spec = world.functions[function]
    if function in WHOLE:
        return WHOLE[function](world)
    if spec.cos:
        return _created(_OBJECT.format(prefix=spec.cos[0].prefix, suffix=spec.cos[0].suffix), spec.cos[0].bucket)
    if spec.timers:
        return {"Type": "Timer", "TriggerName": spec.timers[0].name, "Time": "2026-01-01T00:00:00Z", "Message": ""}
    method, path = first_route(function)
    return world.request(method, path, {} if method == "POST" else None)


def first_route(function: str) -> tuple[str, str]:
    """Method and a path that fits."""
    found = _ROUTE.search((FUNCTIONS / function / "index.py").read_text("utf-8"))
    if found is None:
        raise LookupError(f"{function}: no trigger that could be played")
    return found[1].upper(), re.sub(r"\{\w+\}", "nothing", found[2])


def _created(key: str, bucket: str) -> dict[str, Any]:
    name, _, appid = bucket.rpartition("-")
    stored = {"key": f"/{appid}/{name}/{key}", "size": 1, "meta": {}}
    return {
        "Records": [
            {
                "cos": {"cosBucket": {"appid": appid, "name": name, "region": "gz"}, "cosObject": stored},
                "event": {"eventName": "cos:ObjectCreated:Put", "eventTime": 1_700_000_000},
            }
        ]
    }
