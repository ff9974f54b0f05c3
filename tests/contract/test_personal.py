"""Whose rows, keys and objects are whose: nothing that names a person can be added without saying how it is erased."""

import ast
import re
from collections.abc import Iterable, Iterator

from sqlalchemy import Table

from common.domain import avatars, leaving
from common.domain.leaving import PERSONAL_PREFIXES
from common.persistence.personal import IMPERSONAL, PERSONAL, REDIS_FAMILIES
from common.persistence.schema import metadata
from scripts.docs_settings import manifest
from tests.contract.documents import document
from tests.contract.source_tree import Source, sources

REGISTERED = {personal.table.name: personal for personal in PERSONAL}

#: Constants that stand for a prefix in the keys that are built from them.
PREFIX_NAMES = {"PREFIX": avatars.PREFIX, "EXPORTS": leaving.EXPORTS}


def _unnamed(tables: Iterable[Table]) -> list[str]:
    return sorted(table.name for table in tables if table.name not in {**REGISTERED, **IMPERSONAL})


def _hidden_owners(tables: Iterable[Table]) -> list[str]:
    """Tables that are called impersonal and still name a user."""
    return sorted(table.name for table in tables if table.name in IMPERSONAL and "user_id" in table.columns)


def _redis_families(files: Iterable[Source]) -> Iterator[str]:
    for file in files:
        yield from re.findall(r'redis\.key\("(\w+)"', file.text)


def _user_prefixes(files: Iterable[Source]) -> Iterator[tuple[str, str]]:
    """(file, prefix) of every key that is built as `<prefix>/<user>/…`; lower-case names are loops over known prefixes."""
    for file in files:
        for literal, name in re.findall(r'f"(?:(\w+)|\{([\w.]+)\})/\{[\w.]*user_id\}/', file.text):
            if literal or name.isupper():
                yield file.name, literal or PREFIX_NAMES.get(name, name)


def test_every_table_is_somebodys_or_nobodys() -> None:
    assert len(metadata.tables) >= 15
    assert _unnamed(metadata.sorted_tables) == []
    assert _hidden_owners(metadata.sorted_tables) == []
    assert not REGISTERED.keys() & IMPERSONAL.keys()
    assert {*REGISTERED, *IMPERSONAL} == set(metadata.tables)


def test_a_new_table_is_noticed() -> None:
    stranger = Table("diaries", type(metadata)())

    assert _unnamed([*metadata.sorted_tables, stranger]) == ["diaries"]


def test_rows_go_before_what_they_hang_on() -> None:
    place = {personal.table.name: number for number, personal in enumerate(PERSONAL)}
    links = [(child.name, key.column.table.name) for child in metadata.sorted_tables for key in child.foreign_keys]

    wrong = [(child, parent) for child, parent in links if child in place and place[child] > place[parent]]

    assert len(links) >= 12
    assert wrong == []


def test_encrypted_columns_are_opened_or_kept_back_in_an_export() -> None:
    binary = [
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if str(column.type) in ("BLOB", "BYTEA", "BINARY")
    ]

    forgotten = [
        (table, column)
        for table, column in binary
        if REGISTERED[table].section and column not in (*REGISTERED[table].sealed, *REGISTERED[table].inner)
    ]

    assert len(binary) >= 4
    assert forgotten == []


def test_every_family_of_redis_keys_has_somebody_who_erases_it() -> None:
    families = set(_redis_families(sources("common")))

    assert len(families) >= 5
    assert families == set(REDIS_FAMILIES)


def test_every_limit_of_a_user_has_the_user_in_its_name() -> None:
    """Found by the user's id, so a digest of it would stay. What a board allows us, or how often we alert, is no user's."""
    calls = [
        ast.unparse(node.args[0])
        for file in sources("common/services")
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "hit"
    ]

    unnamed = [call for call in calls if not re.search(r"user_id|user\.id|client_ip|board\.name|^key$|^BLIND$", call)]

    assert len(calls) >= 7
    assert unnamed == []


def test_every_prefix_with_users_in_it_is_erased() -> None:
    built = list(_user_prefixes(sources("common")))
    watched = {
        trigger["parameters"]["filter"]["prefix"].rstrip("/")
        for trigger in manifest()["inputs"]["triggers"]
        if trigger["type"] == "cos"
    }

    assert len(built) >= 2
    assert [found for found in built if found[1] not in PERSONAL_PREFIXES] == []
    assert watched <= set(PERSONAL_PREFIXES)
    assert len(watched) >= 4


def test_a_new_prefix_and_a_new_family_are_noticed() -> None:
    planted = Source("common/x.py", 'key = f"diaries/{user_id}/1"\nself._redis.key("diary", user_id)\n')

    assert list(_user_prefixes([planted])) == [("common/x.py", "diaries")]
    assert list(_redis_families([planted])) == ["diary"]


def test_the_page_on_personal_data_names_every_table_prefix_and_family() -> None:
    page = document("docs/personal-data.md")
    named = set(re.findall(r"`(\w+)/?`", page.text))

    assert {*metadata.tables, *PERSONAL_PREFIXES, *REDIS_FAMILIES} - named == set()
