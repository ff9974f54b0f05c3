"""What a function's package holds."""

from pathlib import Path

import pytest

from scripts.docs_reach import functions
from scripts.function_reach import files_of_function, module_files, reach_of_function


@pytest.mark.parametrize("function", functions())
def test_package_holds_a_part_of_common_and_every_package_above_it(function: str) -> None:
    files = files_of_function(function)

    assert 20 <= len(reach_of_function(function).modules) < len(module_files())
    folders = {parent for file in files if file.suffix == ".py" for parent in file.parents if parent != Path()}
    assert [
        folder for folder in folders if folder / "__init__.py" not in files and (folder / "__init__.py").exists()
    ] == []


def test_function_without_login_holds_no_rows_no_sessions_and_only_the_vendors_it_asks() -> None:
    modules = reach_of_function("templates").modules

    vendors = {name.split(".")[2] for name in modules if name.startswith("common.vendors.")}
    assert vendors == {"oss", "secrets"}
    assert "common.persistence.database" in reach_of_function("profile").modules
    assert [
        name for name in modules if name.startswith(("common.persistence.database", "common.security.session"))
    ] == []


def test_program_that_is_started_by_its_file_name_is_reached_with_all_it_imports() -> None:
    reach = reach_of_function("parse")

    assert {"common.documents.isolation.child", "common.documents.reader"} <= reach.modules
    assert {"pypdfium2", "olefile"} <= reach.foreign


def test_files_beside_a_module_are_held_and_migrations_are_not() -> None:
    rendering, login = (set(map(str, files_of_function(name))) for name in ("render", "login"))

    assert any("rendering/templates/shared/" in name for name in rendering)
    assert [name for name in rendering | login if "migrations" in name or name.endswith("README.md")] == []


def test_other_vendors_are_not_held_by_a_function_that_asks_one() -> None:
    modules = reach_of_function("login").modules

    assert "common.vendors.wechat.client" in modules
    assert [name for name in modules if name.startswith(("common.vendors.deepseek", "common.vendors.wechat_pay"))] == []
