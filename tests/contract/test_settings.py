"""Settings: what is declared is read, what is needed is declared, all is documented, and no secret goes where it is not read."""

import re

import pytest

from common.settings.secret_documents import DOCUMENTS, document_of, documents_of
from scripts.docs_reach import functions, reach_of, wiring_members
from scripts.docs_settings import (
    DEPLOYING,
    DERIVED,
    PLATFORM,
    STORES,
    TOOLS,
    Setting,
    declared_names,
    group_settings,
    manifest,
    names_in_manifest,
    settings_groups,
)
from scripts.docs_words import SETTINGS
from tests.contract.source_tree import ROOT

DECLARED = declared_names()
FIELDS = {group.__name__: rows for group, rows in group_settings().items()}
#: Functions that serve files of the project itself.
NEEDS_NOTHING = {"templates"}


def _reached(function: str) -> list[Setting]:
    """Fields of every settings class the function can get to, and the stores it can get to."""
    reach = reach_of(function)
    fields = [row for group in reach.groups for row in FIELDS[group] if row.name not in DERIVED]
    stores = [Setting(name, "", secret=True, required=True) for name in STORES if name in reach.names]
    others = reach.names & set(names_in_manifest()) - set(STORES)
    return [*fields, *stores, *(Setting(name, "", secret=False, required=True) for name in sorted(others))]


def _all_names() -> set[str]:
    fields = {row.name for rows in FIELDS.values() for row in rows}
    return fields | {*STORES, *DEPLOYING, *PLATFORM, *TOOLS}


def test_settings_are_found() -> None:
    assert len(functions()) >= 15
    assert len(settings_groups()) >= 10
    assert len(names_in_manifest()) >= 30
    assert all(len(names) >= 3 for function, names in DECLARED.items() if function not in NEEDS_NOTHING)
    assert {"App.orders", "Shared.cipher"} <= set(wiring_members())


def test_every_settings_class_is_read_by_wiring() -> None:
    read = {group for member in wiring_members().values() for group in member.groups}

    assert read == set(FIELDS)


def test_every_name_in_the_manifest_is_read_by_somebody() -> None:
    assert names_in_manifest() - _all_names() == set()


def test_every_name_has_a_line_in_the_documents_and_no_line_is_left_over() -> None:
    assert set(SETTINGS) == _all_names()


def test_every_variable_carries_its_own_value() -> None:
    listed = manifest()["inputs"]["environments"]

    crossed = [item for item in listed if item["value"] != f"${{env:{item['key']}}}"]

    assert len(listed) >= 25
    assert crossed == []


def test_every_listed_variable_is_given_to_a_function() -> None:
    listed = {item["key"] for item in manifest()["inputs"]["environments"]}

    assert listed == set().union(*DECLARED.values())


@pytest.mark.parametrize("function", functions())
def test_function_is_given_what_it_cannot_do_without(function: str) -> None:
    needed = {row.name for row in _reached(function) if row.required}

    assert needed or function in NEEDS_NOTHING
    assert needed - DECLARED[function] == set()


def test_whoever_asks_the_language_model_can_be_told_to_have_it_reviewed() -> None:
    askers = {name for name in functions() if "DEEPSEEK_API_KEY" in DECLARED[name]}

    assert askers == {"chat", "optimise", "parse"}
    assert {name for name in functions() if "DEEPSEEK_SAFETY_CHECK" in DECLARED[name]} == askers


@pytest.mark.parametrize("function", functions())
def test_function_is_told_where_its_secrets_are(function: str) -> None:
    assert {"SECRETS_PROVIDER", "SECRETS_PREFIX", "SECRETS_REGION", "SECRETS_BASE_URL"} <= DECLARED[function]


def test_every_secret_can_stand_in_ssm() -> None:
    secret = {row.name for rows in FIELDS.values() for row in rows if row.secret} | set(STORES)

    assert len(secret) >= 15
    assert [name for name in sorted(secret) if document_of(name) is None] == []


@pytest.mark.parametrize("function", functions())
def test_function_may_read_no_more_secrets_than_its_variables_stand_in(function: str) -> None:
    """What reads files of strangers gets neither sessions nor payments."""
    documents = set(documents_of(DECLARED[function]))

    assert documents <= set(DOCUMENTS.values())
    assert function not in ("parse", "render") or not documents & {"sessions", "wechat-pay", "wechat-pay-v2", "xpay"}


@pytest.mark.parametrize("function", functions())
def test_function_is_given_nothing_it_never_reads(function: str) -> None:
    readable = {row.name for row in _reached(function)}

    assert DECLARED[function] - readable == set()


def test_example_names_only_known_variables_and_no_secret() -> None:
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    values = dict(line.split("=", 1) for line in lines if re.match(r"[A-Z_0-9]+=", line))
    secret = {row.name for rows in FIELDS.values() for row in rows if row.secret} | set(STORES)

    filled_in = [name for name in secret if values.get(name)]

    assert len(values) >= 5
    assert set(values) <= _all_names()
    assert filled_in == []
