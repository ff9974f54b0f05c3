"""Documents: made ones are fresh, and what they name (files, functions, commands, routes, errors) exists."""

import ast
import os
import re

import pytest

from common.services import revising
from scripts.docs_errors import error_classes
from scripts.docs_pages import stale_pages
from scripts.docs_words import ACTIONS
from tests.contract.documents import Document, document, documents
from tests.contract.routes import declared_routes
from tests.contract.source_tree import ROOT, sources

DOCUMENTS = documents()
HOW_TOS = [found for found in DOCUMENTS if found.name.startswith("docs/how-to/")]
MOST_HOW_TO_LINES = 40
MERGE_MARKS = re.compile(r"^(?:<{7}|={7}|>{7})(?: .*)?$", re.MULTILINE)


def _api_routes() -> dict[str, str]:
    """Route as clients see it → its function; a path parameter that names an action becomes the actions."""
    return {
        str(route).replace("{action}", action): route.function
        for route in declared_routes()
        for action in (revising.ACTIONS if "{action}" in route.path else [""])
    }


def test_documents_are_found() -> None:
    assert len(DOCUMENTS) >= 15
    assert len(HOW_TOS) >= 4
    assert sum(len(found.links()) for found in DOCUMENTS) >= 40
    assert sum(len(found.places()) for found in DOCUMENTS) >= 40


def test_made_pages_say_what_the_code_says() -> None:
    assert stale_pages() == []


@pytest.mark.parametrize("found", DOCUMENTS, ids=lambda found: found.name)
def test_links_lead_somewhere(found: Document) -> None:
    assert found.broken_links() == []


@pytest.mark.parametrize("found", DOCUMENTS, ids=lambda found: found.name)
def test_places_in_the_code_exist(found: Document) -> None:
    assert found.unknown_places() == []


@pytest.mark.parametrize("found", DOCUMENTS, ids=lambda found: found.name)
def test_no_merge_was_left_unfinished(found: Document) -> None:
    assert MERGE_MARKS.findall(found.text) == []


def test_commands_exist() -> None:
    named = {verb for found in DOCUMENTS for verb in re.findall(r"\./scripts/([a-z][a-z-]*)", found.text)}

    missing = [verb for verb in named if not os.access(ROOT / "scripts" / verb, os.X_OK)]

    assert len(named) >= 6
    assert missing == []


@pytest.mark.parametrize("found", DOCUMENTS, ids=lambda found: found.name)
def test_nothing_is_promised_in_passing(found: Document) -> None:
    assert re.findall(r"\b(?:TODO|FIXME|TBD|coming soon|for now)\b", found.text) == []


def test_every_route_is_explained() -> None:
    headings = re.findall(r"^### (.+)$", document("docs/api.md").text, re.MULTILINE)

    assert len(headings) >= 15
    assert set(headings) == set(_api_routes())


def test_every_route_is_in_the_overview_with_its_function() -> None:
    rows = {row[0].strip("`"): row[1] for row in document("docs/api.md").table("Route")}

    assert rows == _api_routes()


def test_codes_in_the_api_page_are_real() -> None:
    text = document("docs/api.md").text
    known = {kind.code for kind in error_classes()}

    named = set(re.findall(r"\b[45]\d\d `([a-z_]+)`", text))

    assert len(named) >= 10
    assert named <= known


def test_every_error_class_is_explained() -> None:
    text = document("docs/errors.md").text
    bases = {kind.__name__ for kind in error_classes()}
    declared = {
        node.name
        for file in sources("common")
        for node in ast.walk(file.tree)
        if isinstance(node, ast.ClassDef) and {ast.unparse(base) for base in node.bases} & bases
    }

    assert len(declared) >= 30
    assert {name for name in declared if f"`{name}`" not in text} == set()


def test_every_error_code_has_its_remedy_and_no_remedy_is_left_over() -> None:
    assert set(ACTIONS) == {kind.code for kind in error_classes()}


@pytest.mark.parametrize("found", HOW_TOS, ids=lambda found: found.name)
def test_how_to_is_short_and_ends_with_something_to_try(found: Document) -> None:
    _, done, after = found.text.partition("Done. Try it:")

    assert found.lines <= MOST_HOW_TO_LINES
    assert done
    assert "./scripts/" in after
