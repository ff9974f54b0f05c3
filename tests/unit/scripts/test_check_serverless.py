"""./scripts/check serverless: clean today, and red for every rule of the house when it is broken."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scripts.check_serverless import check
from tests.contract.source_tree import ROOT


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    """A copy of the project's own files."""
    shutil.copy(ROOT / "serverless.yml", tmp_path)
    for folder in ("functions", "layers"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "mojian_fonts"))
    return tmp_path / "serverless.yml"


def spoil(manifest: Path, before: str, after: str) -> None:
    text = manifest.read_text("utf-8")
    assert before in text
    manifest.write_text(text.replace(before, after, 1), "utf-8")


def test_project_is_clean(manifest: Path) -> None:
    assert check(manifest) == []


#: condition: (passage, replacement, words of the complaint)
BROKEN = {
    "role_shared_by_stages": (
        "role: mojian-login-${stage}",
        "role: mojian-login",
        "function login has no role of its own",
    ),
    "role_missing": ("      role: mojian-login-${stage}\n", "", "function login has no role of its own"),
    "name_shared_by_stages": (
        "name: mojian-login-${stage}",
        "name: mojian-login",
        "function login has no name of its own",
    ),
    "log_topic_missing": ("  cls: {", "  tags: {", "has no cls"),
    "init_timeout_missing": ("  initTimeout: 30\n", "", "has no initTimeout"),
    "trigger_without_qualifier": (
        "        qualifier: $DEFAULT\n        authType",
        "        authType",
        "without qualifier",
    ),
    "function_may_start_itself": ("filter: { prefix: uploads/ }", "filter: {}", "starts it again"),
    "handler_is_a_path": ("handler: index.main_handler", "handler: app.index.main", "must be FILE.FUNCTION"),
    "variable_is_the_platforms": ("key: APP_ENV", "key: SCF_ENV", "reserved for the platform"),
    "name_too_long": ("name: mojian-login-${stage}", f"name: mojian-{'x' * 60}-${{stage}}", "2-60 letters"),
    "layers_too_many": (
        "      layers:\n        - *base\n        - &parse",
        "      layers:\n" + "        - *base\n" * 5 + "        - &parse",
        "6 layers",
    ),
    "suffix_without_dot": ("suffix: .pdf", "suffix: pdf", 'must start with "."'),
    "variable_not_set": ("${stage}:${app}:layer-base.name", "${env:UNSET.X}", "is not set (the CLI would deploy"),
    "url_nobody_reaches": ("enableExtranet: true", "enableExtranet: false", "nobody could reach it"),
    "notification_switched_off": (
        "        enable: true\n    - type: cos\n      function: optimise",
        "    - type: cos\n      function: optimise",
        "switched off",
    ),
    "timer_switched_off": (
        'cronExpression: "0 */5 * * * * *", enable: true',
        'cronExpression: "0 */5 * * * * *"',
        "switched off",
    ),
    "certificate_missing": (
        '    certConfig: { certificateId: "${env:APP_CERTIFICATE_ID}" }\n',
        "",
        "HTTPS needs certConfig",
    ),
    "retries_too_many": ("  retryNum: 2", "  retryNum: 9", "0 to 2 retries"),
}


@pytest.mark.parametrize("condition", BROKEN)
def test_check_is_red_when(manifest: Path, condition: str) -> None:
    before, after, words = BROKEN[condition]
    spoil(manifest, before, after)

    problems = [str(problem) for problem in check(manifest)]

    assert any(words in problem for problem in problems), problems


def test_problem_names_the_line(manifest: Path) -> None:
    spoil(manifest, "role: mojian-login-${stage}", "role: mojian-login")

    (problem,) = check(manifest)

    assert manifest.read_text("utf-8").splitlines()[problem.line - 1].startswith("    login:")
