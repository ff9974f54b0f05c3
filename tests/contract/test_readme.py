"""Both READMEs: short, the same, and a feature map in which every function, use case and test is real."""

import re

import pytest

from scripts.docs_reach import functions
from tests.contract.documents import document
from tests.contract.source_tree import ROOT

LANGUAGES = {"README.md": "Feature", "README.zh-CN.md": "功能"}
MOST_LINES = 170
COLUMNS = 6


def _feature_map(name: str) -> list[list[str]]:
    return document(name).table(LANGUAGES[name])


def _targets(cell: str) -> list[str]:
    return re.findall(r"\]\(([^)]+)\)", cell)


def _column(name: str, number: int) -> list[str]:
    return [target for row in _feature_map(name) for target in _targets(row[number])]


@pytest.mark.parametrize("name", LANGUAGES)
def test_readme_is_short_and_has_a_whole_map(name: str) -> None:
    rows = _feature_map(name)

    assert document(name).lines <= MOST_LINES
    assert len(rows) >= 15
    assert {len(row) for row in rows} == {COLUMNS}


def test_feature_map_covers_every_function() -> None:
    mapped = {target.split("/")[1] for target in _column("README.md", 1)}

    assert mapped == set(functions())


def test_feature_map_covers_every_use_case_that_a_function_calls() -> None:
    called = {name for function in functions() for name in _services_of(f"functions/{function}/index.py")}
    mapped = {target.rsplit("/", 1)[1].removesuffix(".py") for target in _column("README.md", 2)}

    assert len(called) >= 10
    assert called - mapped == set()


def test_feature_map_covers_every_vendor() -> None:
    folders = {path.parent.name for path in (ROOT / "common/vendors").glob("*/settings.py")}

    assert {target.rsplit("/", 1)[1] for target in _column("README.md", 4)} == folders


@pytest.mark.parametrize("column", [1, 2, 3, 4])
def test_feature_map_names_what_exists(column: int) -> None:
    targets = _column("README.md", column)

    assert len(targets) >= 10
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_feature_map_names_a_test_that_exists_in_every_row() -> None:
    targets = _column("README.md", 5)

    assert len(targets) == len(_feature_map("README.md"))
    assert [target for target in targets if not (ROOT / target).is_file()] == []


def test_handler_of_a_row_uses_the_use_case_of_the_row() -> None:
    pairs = [(_targets(row[1])[0], _targets(row[2])[0]) for row in _feature_map("README.md")]

    foreign = [(handler, use_case) for handler, use_case in pairs if not _leads_to(handler, use_case)]

    assert foreign == []


def _leads_to(handler: str, use_case: str) -> bool:
    """Directly, or through the use case that the handler calls."""
    module = use_case.rsplit("/", 1)[1].removesuffix(".py")
    called = _services_of(handler)
    return module in called or any(f"common.services.{module} " in _service(name) for name in called)


def _services_of(handler: str) -> set[str]:
    lines = re.findall(r"from common\.services import (.+)", (ROOT / handler).read_text("utf-8"))
    return {name.strip() for line in lines for name in line.split(",")}


def _service(name: str) -> str:
    return (ROOT / f"common/services/{name}.py").read_text("utf-8")


def test_both_languages_have_the_same_map() -> None:
    english, chinese = (_feature_map(name) for name in LANGUAGES)

    assert [row[1:] for row in english] == [row[1:] for row in chinese]
    assert all(re.search("[\u4e00-\u9fff]", row[0]) for row in chinese)


def test_both_languages_show_the_same_output_and_links() -> None:
    english, chinese = (document(name) for name in LANGUAGES)
    block = re.compile(r"<!-- run-output -->(.*?)<!-- /run-output -->", re.DOTALL)

    assert block.findall(english.text) == block.findall(chinese.text)
    assert len(block.findall(english.text)) == 1
    assert set(english.links()) ^ set(chinese.links()) == {"README.md", "README.zh-CN.md"}
