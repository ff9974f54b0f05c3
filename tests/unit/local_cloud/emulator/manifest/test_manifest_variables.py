"""${...} in a serverless.yml."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.local_cloud.emulator.manifest.report import Report
from scripts.local_cloud.emulator.manifest.variables import Variables
from scripts.local_cloud.emulator.manifest.yaml_lines import Node, parse
from tests.unit.local_cloud.emulator.manifest.manifest_project import Project, make_project

OWN = {"app": "sample", "stage": "test", "name": "api"}
OUTPUTS: dict[str, str | int] = {"test:sample:tools.name": "tools-test", "test:sample:tools.version": 1}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make_project(tmp_path)


def resolved(text: str, env: dict[str, str] | None) -> tuple[Node, list[str]]:
    report = Report()
    node = Variables(env, OWN, OUTPUTS).resolve(parse(f"\n\nkey: {text}"), report)
    value = node.get("key")
    assert value is not None
    return value, [str(problem) for problem in report.problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("${env:A}", "one"),
        ("x-${env:A}-${stage}-${app}-${name}", "x-one-test-sample-api"),
        ("${output:${stage}:${app}:tools.name}", "tools-test"),
        ("${output:${stage}:${app}:tools.version}", 1),
        ("v${output:test:sample:tools.version}", "v1"),
        ("${env:BRACES}", "${stage}"),
        ("$DEFAULT", "$DEFAULT"),
    ],
)
def test_variable_is_replaced_when_it_is_known(text, value):
    node, problems = resolved(text, {"A": "one", "BRACES": "${stage}"})

    assert (node.value, node.unresolved, problems) == (value, False, [])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("${env:MISSING}", "environment variable MISSING is not set"),
        ("${output:test:sample:other.name}", "no layers/*/serverless.yml promises that output"),
        ("${env.STAGE}", "${env.STAGE} is no variable"),
        ("${org}", "${org} is no variable"),
    ],
)
def test_variable_is_refused_with_its_line_when_it_stands_for_nothing(text, reason):
    node, problems = resolved(text, {})

    assert node.text is None
    assert len(problems) == 1
    assert problems[0].startswith("serverless.yml:3: ")
    assert reason in problems[0]


def test_every_unset_name_is_reported_when_one_text_has_several():
    _, problems = resolved("${env:A}-${env:B}", {})

    assert [problem.split()[3] for problem in problems] == ["A", "B"]


def test_env_variable_is_not_reported_when_the_environment_is_not_looked_at():
    node, problems = resolved("${env:MISSING}", None)

    assert (node.text, problems) == (None, [])


def test_unset_name_in_a_manifest_is_refused_once_when_many_rules_look_at_it(project: Project):
    bad = project.spoiled("handler: index.main_handler\n      src: hello", "handler: ${env:HANDLER}\n      src: hello")

    refusals = bad.refusals()

    assert refusals == [
        f"serverless.yml:{bad.line_of('${env:HANDLER}')}: environment variable HANDLER is not set "
        "(the CLI would deploy the text 'undefined')"
    ]


def test_layer_output_is_unknown_when_the_layer_has_another_stage(project: Project):
    layer = project.root / "layers" / "tools" / "serverless.yml"
    layer.write_text(layer.read_text().replace("stage: test", "stage: prod"))

    refusals = project.refusals()

    line = project.line_of("- name: ${output")
    assert any(
        refusal.startswith(f"serverless.yml:{line}: ${{output:test:sample:layer-tools.name}}") for refusal in refusals
    )


def test_layer_manifest_is_named_in_the_refusal_when_the_fault_is_there(project: Project):
    layer = project.root / "layers" / "tools" / "serverless.yml"
    layer.write_text(layer.read_text().replace("runtimes:", "runtime:"))

    refusals = project.refusals()

    assert (
        "layers/tools/serverless.yml:9: unknown key runtime in the document.inputs (did you mean runtimes?)" in refusals
    )
