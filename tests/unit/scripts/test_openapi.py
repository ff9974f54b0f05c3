"""openapi.json says what the handlers read and answer."""

import json
from pathlib import Path
from typing import Any

import pytest

from scripts.openapi.document import openapi_document
from tests.contract.routes import declared_routes

DOCUMENT = openapi_document()


def entry(method: str, path: str) -> dict[str, Any]:
    found: dict[str, Any] = DOCUMENT["paths"][path][method]
    return found


def references(node: object) -> set[str]:
    if isinstance(node, dict):
        own = {node["$ref"]} if "$ref" in node else set()
        return own.union(*(references(value) for value in node.values()))
    return set().union(*(references(value) for value in node)) if isinstance(node, list) else set()


def test_every_route_is_described() -> None:
    described = {(method.upper(), path) for path, methods in DOCUMENT["paths"].items() for method in methods}

    declared = {(route.method, route.path) for route in declared_routes() if "{action}" not in route.path}

    assert len(declared) >= 20
    assert declared <= described


def test_every_reference_leads_to_a_schema() -> None:
    named = {name.rpartition("/")[2] for name in references(DOCUMENT)}

    assert len(named) >= 20
    assert named <= set(DOCUMENT["components"]["schemas"])


def test_actions_of_one_handler_are_operations_with_models_of_their_own() -> None:
    bodies = {
        action: entry("post", f"/resume/{{id}}/{action}")["requestBody"]["content"]["application/json"]["schema"][
            "$ref"
        ]
        for action in ("changes", "render", "optimise")
    }

    assert {name.rpartition("/")[2] for name in bodies.values()} == {"ChangeDecisions", "RenderAgain", "OptimiseAgain"}
    assert entry("post", "/resume/{id}/render")["responses"]["202"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/Revised"
    }


@pytest.mark.parametrize(
    ("method", "path", "needs"),
    [
        ("get", "/user/me", True),
        ("post", "/auth/login", False),
        ("get", "/health", False),
        ("delete", "/resume/{id}", True),
    ],
)
def test_a_session_is_asked_for_where_the_handler_asks_who_it_is(method: str, path: str, needs: bool) -> None:
    described = entry(method, path)

    assert ("security" in described) is needs


def test_a_member_of_an_answer_is_named_as_the_handler_names_it() -> None:
    shape = entry("get", "/resume")["responses"]["200"]["content"]["application/json"]["schema"]

    assert shape["required"] == ["resumes"]
    assert shape["properties"]["resumes"]["items"] == {"$ref": "#/components/schemas/ResumeSummary"}


def test_a_form_has_its_file_and_takes_the_rest_as_text() -> None:
    form = entry("post", "/resume/upload")["requestBody"]["content"]["multipart/form-data"]["schema"]

    assert form["required"] == ["resume"]
    assert form["properties"]["jd"] == {"type": "string"}


def test_errors_have_one_form_but_where_the_vendor_has_a_form_of_its_own() -> None:
    ours, vendors = entry("get", "/user/me"), entry("post", "/pay/notify/{provider}")

    assert ours["responses"]["4XX"]["content"] == {
        "application/json": {"schema": {"$ref": "#/components/schemas/Error"}}
    }
    assert vendors["responses"]["4XX"]["content"] == {"*/*": {}}


def test_the_file_that_is_served_is_this_document() -> None:
    served = json.loads(Path("functions/monitor/openapi.json").read_text("utf-8"))

    assert served == json.loads(json.dumps(DOCUMENT))
