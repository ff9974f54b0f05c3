"""What functions really do in the bucket is within the rights that the deployer reads from their sources."""

from __future__ import annotations

import json

from scripts.deployment.rights import rights_of
from scripts.docs_reach import functions
from scripts.local_cloud.stack import Stack
from tests.e2e.conftest import SAMPLE, Journey

#: As the client's records name it → as the port does.
OPERATIONS = {"list": "keys_under"}


def operations_of(stack: Stack, function: str) -> set[str]:
    """What the function has asked the bucket for, from the records of its calls."""
    records = [json.loads(line) for line in stack.logs(function) if line.startswith("{")]
    asked = {
        str(record["operation"]) for record in records if record.get("kind") == "call" and record.get("vendor") == "cos"
    }
    return {OPERATIONS.get(operation, operation) for operation in asked}


def test_no_function_asks_the_bucket_for_more_than_its_role_allows(journey: Journey) -> None:
    resume_id = journey.phone.upload(SAMPLE)
    detail = journey.finish(resume_id)
    journey.phone.download(f"{resume_id}.pdf")
    change = next(item for item in detail["changes"] if item["state"] == "applied")
    journey.phone.call("POST", f"/resume/{resume_id}/changes", {"reject": [change["id"]]})
    journey.phone.call("DELETE", f"/resume/{resume_id}")
    journey.phone.call("GET", "/health")
    journey.stack.tick("sweep")
    assert journey.stack.wait_idle(60)

    asked = {name: operations_of(journey.stack, name) for name in functions()}
    allowed = {name: {right.operation for right in rights_of(name)} for name in functions()}

    assert {"parse", "optimise", "render", "resume", "monitor"} <= {
        name for name, operations in asked.items() if operations
    }
    assert {name: asked[name] - allowed[name] for name in asked if asked[name] - allowed[name]} == {}
