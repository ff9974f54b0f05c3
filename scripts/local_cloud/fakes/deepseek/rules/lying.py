"""The same answers with a lie in them, for trying whether anybody notices."""

from __future__ import annotations

from typing import Any


def lying(task: str, answer: dict[str, Any], items: list[dict[str, Any]], lie: str) -> dict[str, Any]:
    """Every sentence gets `lie` added, and every reading gets it as the name, a job and a skill."""
    if task == "optimise":
        changes = [
            {"op": "replace", "path": item.get("path"), "text": f"{item.get('text')}，{lie}", "reason": lie}
            for item in items
        ]
        return {"changes": changes, "questions": [{"path": item.get("path"), "question": lie} for item in items]}
    if task == "structure":
        basics = answer.get("basics") if isinstance(answer.get("basics"), dict) else {}
        added = {
            section: [*answer.get(section, []), {"name": lie}] for section in ("work", "skills") if section in answer
        }
        return {**answer, "basics": {**basics, "name": lie}, **added}  # type: ignore[dict-item]
    return answer
