"""functions/ and serverless.yml say the same: every folder is deployed, started by something, and reached by its own paths."""

import os
from typing import Any

import pytest

from scripts.docs_reach import functions
from scripts.docs_settings import manifest
from tests.contract.routes import declared_routes, leads_to
from tests.contract.source_tree import ROOT

LEAST_FUNCTIONS = 15
LEAST_ROUTES = 15

INPUTS: dict[str, Any] = manifest()["inputs"]
TRIGGERS: list[dict[str, Any]] = INPUTS["triggers"]
ENDPOINTS: list[dict[str, str]] = INPUTS["customDomain"]["endpointsConfig"]
DECORATORS = {"http": "http_handler", "cos": "cos_handler", "timer": "timer_handler"}


def _started_by(kind: str) -> set[str]:
    return {trigger["function"] for trigger in TRIGGERS if trigger["type"] == kind}


def _source(function: str) -> str:
    return (ROOT / "functions" / function / "index.py").read_text("utf-8")


def test_function_folders_and_manifest_are_the_same_set() -> None:
    folders = functions()

    assert len(folders) >= LEAST_FUNCTIONS
    assert sorted(INPUTS["functions"]) == folders
    assert {name: entry["src"] for name, entry in INPUTS["functions"].items()} == {name: name for name in folders}


def test_every_function_is_started_by_something() -> None:
    started = {trigger["function"] for trigger in TRIGGERS}

    assert started == set(functions())


@pytest.mark.parametrize("kind", DECORATORS)
def test_trigger_and_handler_are_of_the_same_kind(kind: str) -> None:
    event_functions = {name for name in functions() if INPUTS["functions"][name].get("type") != "web"}
    decorated = {name for name in event_functions if DECORATORS[kind] in _source(name)}

    assert len(decorated) >= 4
    assert decorated == _started_by(kind) & event_functions


def test_functions_with_routes_are_those_with_a_url() -> None:
    routed = {route.function for route in declared_routes()}

    assert len(routed) >= 8
    assert routed == _started_by("http") == {entry["functionName"] for entry in ENDPOINTS}


def test_every_route_is_reached_under_the_public_host() -> None:
    routes = declared_routes()

    lost = [str(route) for route in routes if leads_to(route.sample, ENDPOINTS) != route.function]

    assert len(routes) >= LEAST_ROUTES
    assert lost == []


def test_every_public_path_has_a_handler() -> None:
    samples = {(route.function, route.sample) for route in declared_routes()}

    dead = [
        entry["pathMatch"]
        for entry in ENDPOINTS
        if not any(
            function == entry["functionName"] and leads_to(path, [entry]) == function for function, path in samples
        )
    ]

    assert len(ENDPOINTS) >= 10
    assert dead == []


def test_every_web_function_can_be_started() -> None:
    web = [name for name, entry in INPUTS["functions"].items() if entry.get("type") == "web"]

    unstartable = [name for name in web if not os.access(ROOT / "functions" / name / "scf_bootstrap", os.X_OK)]

    assert unstartable == []


def test_every_function_has_a_name_and_a_role_of_its_own() -> None:
    entries = INPUTS["functions"].values()

    assert len({entry["name"] for entry in entries}) == len(entries) >= LEAST_FUNCTIONS
    assert len({entry["role"] for entry in entries}) == len(entries)
