"""What importing a function may load: every module is time that somebody waits for at a cold start."""

import json
import subprocess
import sys

import pytest

from scripts.docs_reach import functions
from tests.contract.source_tree import ROOT

#: Of others, at import: what models and settings are made of. All else is imported by the first use that needs it.
AT_IMPORT = {"annotated_types", "pydantic", "pydantic_core", "typing_extensions", "typing_inspection"}

#: Of the standard library: slow to import, and needed by clients only.
FOR_CLIENTS = (
    "asyncio",
    "ssl",
    "http.client",
    "urllib.request",
    "sqlite3",
    "multiprocessing",
    "http.server",
    "xml.dom",
)

#: Rooms whose classes stand behind ports.
BEHIND_PORTS = ("common.persistence", "common.vendors", "common.documents", "common.http")

#: Imports each function in a fork of its own and prints what that loaded, beyond what the interpreter starts with.
PROGRAM = """
import importlib.util, json, os, sys
before = set(sys.modules)
loaded = {}
for name in sys.argv[1:]:
    read, write = os.pipe()
    if os.fork() == 0:
        os.close(read)
        spec = importlib.util.spec_from_file_location("index", f"functions/{name}/index.py")
        spec.loader.exec_module(importlib.util.module_from_spec(spec))
        with os.fdopen(write, "w") as told:
            json.dump(sorted(set(sys.modules) - before), told)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as heard:
        loaded[name] = json.load(heard)
    os.wait()
print(json.dumps(loaded))
"""


@pytest.fixture(scope="module")
def loaded() -> dict[str, list[str]]:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, *functions()], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found: dict[str, list[str]] = json.loads(run.stdout)
    assert len(found) >= 15
    assert all("common.platform" in names for names in found.values())
    return found


def test_function_imports_models_of_others_and_nothing_else_of_theirs(loaded: dict[str, list[str]]) -> None:
    foreign = {
        name: {module.partition(".")[0] for module in modules} - set(sys.stdlib_module_names) - AT_IMPORT - {"common"}
        for name, modules in loaded.items()
    }

    assert {name: sorted(found) for name, found in foreign.items() if {one for one in found if one[0] != "_"}} == {}


def test_function_imports_no_client_of_the_standard_library(loaded: dict[str, list[str]]) -> None:
    found = {name: sorted(set(modules) & set(FOR_CLIENTS)) for name, modules in loaded.items()}

    assert {name: modules for name, modules in found.items() if modules} == {}


def test_function_imports_nothing_that_stands_behind_a_port(loaded: dict[str, list[str]]) -> None:
    found = {
        name: sorted(
            module for module in modules if f"{module}.".startswith(tuple(f"{room}." for room in BEHIND_PORTS))
        )
        for name, modules in loaded.items()
    }

    assert {name: modules for name, modules in found.items() if modules} == {}


def test_ports_load_no_domain_of_other_features() -> None:
    program = (
        "import sys, common.services.ports; print([name for name in sys.modules if name.startswith('common.domain')])"
    )

    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "[]", "import domain types under TYPE_CHECKING in common/services/ports"
