"""House rules: who may import whom, sizes, names. Each is shown to see something, and to turn red on a planted violation."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.contract import house_rules
from tests.contract.source_tree import ROOT, Source, sources

PRODUCT = sources("common", "functions")
ALL = [*PRODUCT, *sources("scripts")]

PLANTED: list[tuple[str, Callable[..., list[str]], str, str]] = [
    (
        "domain imports a vendor",
        house_rules.forbidden_imports,
        "common/domain/x.py",
        "from common.vendors.cos import Cos",
    ),
    ("domain imports services", house_rules.forbidden_imports, "common/domain/x.py", "import common.services.payments"),
    (
        "service imports persistence",
        house_rules.forbidden_imports,
        "common/services/x.py",
        "from common import persistence",
    ),
    (
        "function imports a vendor",
        house_rules.forbidden_imports,
        "functions/x/index.py",
        "from common.vendors import cos",
    ),
    ("function imports settings", house_rules.forbidden_imports, "functions/x/index.py", "import common.settings"),
    (
        "function imports a function",
        house_rules.forbidden_imports,
        "functions/x/index.py",
        "from functions.login import index",
    ),
    (
        "vendor imports a vendor",
        house_rules.forbidden_imports,
        "common/vendors/cos/x.py",
        "from common.vendors.wechat import y",
    ),
    (
        "vendor imports services",
        house_rules.forbidden_imports,
        "common/vendors/cos/x.py",
        "from common.services import ports",
    ),
    (
        "persistence imports services",
        house_rules.forbidden_imports,
        "common/persistence/x.py",
        "import common.services.ports",
    ),
    (
        "platform imports a vendor",
        house_rules.forbidden_imports,
        "common/platform/x.py",
        "from common.vendors.cos import Cos",
    ),
    (
        "settings import the domain",
        house_rules.forbidden_imports,
        "common/settings/x.py",
        "from common.domain import users",
    ),
    ("errors import anything", house_rules.forbidden_imports, "common/errors/x.py", "from common.domain import users"),
    (
        "a fake imports our code",
        house_rules.forbidden_imports,
        "scripts/local_cloud/fakes/x.py",
        "from common import errors",
    ),
    (
        "a relative import is no way round",
        house_rules.forbidden_imports,
        "common/domain/x.py",
        "from ..vendors import cos",
    ),
    ("domain reads the clock", house_rules.impure_domain, "common/domain/x.py", "now = datetime.now()"),
    ("domain reads the environment", house_rules.impure_domain, "common/domain/x.py", "x = os.environ['A']"),
    ("domain throws dice", house_rules.impure_domain, "common/domain/x.py", "x = random.choice([1])"),
    ("domain reads a file", house_rules.impure_domain, "common/domain/x.py", "x = path.read_text('utf-8')"),
    ("domain opens a file", house_rules.impure_domain, "common/domain/x.py", "x = open('a')"),
    (
        "a vendor reads the environment",
        house_rules.environment_readers,
        "common/vendors/cos/x.py",
        "import os\nos.environ",
    ),
    ("a file is too long", house_rules.too_long, "common/x.py", "x = 1\n" * 401),
    ("a handler is too long", house_rules.too_long, "functions/x/index.py", "x = 1\n" * 41),
    ("a function is too long", house_rules.too_long, "common/x.py", "def f() -> None:\n" + "    x = 1\n" * 50),
    ("a module is called utils", house_rules.banned_names, "common/utils.py", "x = 1"),
    ("a function is called handle_x", house_rules.banned_names, "common/x.py", "def handle_x() -> None: ..."),
    ("a file does not say what it is for", house_rules.without_purpose, "common/x.py", "x = 1"),
    ("a note says later", house_rules.unfinished, "common/x.py", "# TODO" + " later"),
]


def test_rules_see_the_whole_product() -> None:
    zones = {house_rules.zone_of(file.name) for file in ALL}

    assert len(PRODUCT) > 100
    assert set(house_rules.ALLOWED) <= zones


@pytest.mark.parametrize(
    "rule", [house_rules.forbidden_imports, house_rules.impure_domain, house_rules.environment_readers]
)
def test_imports_and_side_effects_stay_in_their_zone(rule: Callable[..., list[str]]) -> None:
    assert rule(ALL) == []


@pytest.mark.parametrize("rule", [house_rules.too_long, house_rules.banned_names, house_rules.unfinished])
def test_sizes_and_names_are_kept(rule: Callable[..., list[str]]) -> None:
    assert rule(ALL) == []


def test_medians_are_kept() -> None:
    file_lines, function_lines = house_rules.medians(ALL)

    assert file_lines <= house_rules.MEDIAN_FILE_LINES
    assert function_lines <= house_rules.MEDIAN_FUNCTION_LINES


def test_every_file_says_what_it_is_for() -> None:
    assert house_rules.without_purpose(ALL) == []


@pytest.mark.parametrize(("what", "rule", "name", "text"), PLANTED, ids=[case[0] for case in PLANTED])
def test_rule_turns_red_when_violated(what: str, rule: Callable[..., list[str]], name: str, text: str) -> None:
    planted = Source(name, text + "\n")

    assert rule([planted]), what


def test_a_function_package_without_layers_of_its_own_loads_no_engine() -> None:
    heavy = (
        "xhtml2pdf",
        "reportlab",
        "pypdfium2",
        "docx",
        "qcloud_cos",
        "httpx",
        "sqlalchemy",
        "cryptography",
        "redis",
    )
    names = sorted(path.parent.name for path in (ROOT / "functions").glob("*/index.py"))
    program = f"""
import importlib.util, sys
for name in {names!r}:
    spec = importlib.util.spec_from_file_location(name, f"functions/{{name}}/index.py")
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
print([name for name in {heavy!r} if name in sys.modules])
"""

    found = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)

    assert len(names) >= 15
    assert found.stdout.strip() == "[]"
