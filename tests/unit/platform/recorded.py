"""Events in the shapes in which the platform delivers them: tests/events/*.json."""

import json
from pathlib import Path
from typing import Any

EVENTS = Path(__file__).parents[2] / "events"


def recorded(name: str, **changes: Any) -> dict[str, Any]:
    """The event, with top-level members replaced."""
    return {**json.loads((EVENTS / f"{name}.json").read_text("utf-8")), **changes}


CONTEXT = recorded("context")


def body_of(answer: dict[str, Any]) -> Any:
    """The JSON that a client reads from a handler's answer."""
    return json.loads(answer["body"])
