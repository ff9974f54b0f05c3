"""What an acceptable serverless.yml becomes."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.local_cloud.emulator import manifest
from scripts.local_cloud.emulator.manifest.__main__ import main as lint
from tests.unit.local_cloud.emulator.manifest.manifest_project import ENV, Project, make_project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make_project(tmp_path)


def test_manifest_is_accepted_without_warnings_when_nothing_is_wrong(project: Project):
    assert project.refusals() == []
    assert project.warnings() == []


def test_function_takes_shared_settings_when_it_has_none_of_its_own(project: Project):
    loaded = project.load()

    hello = loaded.functions["hello"]
    assert (hello.name, hello.handler, hello.type, hello.runtime) == (
        "sample-hello",
        "index.main_handler",
        "event",
        "Python3.10",
    )
    assert (hello.memory_mb, hello.timeout_s, hello.init_timeout_s, hello.max_concurrency) == (256, 30, 65, 1)
    assert hello.source == project.root / "functions" / "hello"
    assert hello.layers == (project.root / "layers" / "tools",)


def test_function_keeps_its_own_settings_when_shared_ones_exist(project: Project):
    loaded = project.load()

    ingest = loaded.functions["ingest"]
    assert ingest.name == "api-test-sample-ingest"
    assert (ingest.timeout_s, ingest.init_timeout_s, ingest.role) == (300, 20, "sample-ingest")
    assert ingest.exclude == ("notes/**",)


def test_environment_is_replaced_whole_when_a_function_has_its_own_list(project: Project):
    loaded = project.load()

    assert loaded.functions["hello"].environment == {"SHARED": "yes", "BUCKET": "sample-1250000001"}
    assert loaded.functions["ingest"].environment == {"TOKEN": "not-a-secret"}


def test_triggers_are_read_with_their_functions_when_listed(project: Project):
    loaded = project.load()

    http = loaded.functions["hello"].http
    assert http is not None
    assert http.auth_type == "NONE"
    assert http.cors == manifest.Cors(("https://example.com",), ("GET",), (), (), 600, False)
    assert loaded.functions["hello"].timers == (manifest.TimerTrigger("nightly", "0 0 3 * * * *", "sweep"),)
    assert loaded.functions["ingest"].cos == (
        manifest.CosTrigger("sample-1250000001", "cos:ObjectCreated:*", "uploads/", ".pdf"),
    )


def test_web_function_shares_its_instance_when_concurrency_is_configured(project: Project):
    loaded = project.load()

    assert loaded.functions["live"].type == "web"
    assert loaded.functions["live"].max_concurrency == 4


def test_single_form_gives_one_function_when_component_is_scf(project: Project):
    single = Project(
        project.root,
        """\
component: scf
app: sample
name: solo
inputs:
  name: sample-solo
  src: ./functions/hello
  handler: index.main_handler
  runtime: Python3.10
  environment: { variables: { LEVEL: 3, LOUD: true } }
  events:
    - http: { parameters: { qualifier: $DEFAULT, netConfig: { enableExtranet: true } } }
    - timer: { parameters: { name: hourly, cronExpression: "0 0 * * * * *", enable: true } }
""",
    )
    single.path.write_text(single.text)

    loaded = single.load()

    solo = loaded.functions["solo"]
    assert loaded.stage == "dev"
    assert solo.environment == {"LEVEL": "3", "LOUD": "true"}
    assert solo.http is not None
    assert [timer.name for timer in solo.timers] == ["hourly"]


def test_route_takes_the_longest_match_when_several_fit():
    routes = [("/*", "rest"), ("/resume", "list"), ("/resume/*", "resume"), ("/resume/upload", "upload")]
    found = manifest.Manifest("a", "s", "r", {}, tuple(manifest.Route(path, key) for path, key in routes))

    answers = {path: found.route(path) for path in ("/", "/resume", "/resume/1", "/resume/upload", "/resumes")}

    assert answers == {
        "/": "rest",
        "/resume": "list",
        "/resume/1": "resume",
        "/resume/upload": "upload",
        "/resumes": "rest",
    }


def test_route_is_none_when_no_path_fits():
    found = manifest.Manifest("a", "s", "r", {}, (manifest.Route("/auth/*", "login"),))

    assert found.route("/auth") is None
    assert found.route("/auth/login") == "login"


@pytest.mark.parametrize(
    ("event", "bucket", "key", "expected"),
    [
        ("cos:ObjectCreated:Put", "b-1", "in/a.pdf", True),
        ("cos:ObjectCreated:CompleteMultipartUpload", "b-1", "in/a.pdf", True),
        ("cos:ObjectRemove:Delete", "b-1", "in/a.pdf", False),
        ("cos:ObjectCreated:Put", "b-2", "in/a.pdf", False),
        ("cos:ObjectCreated:Put", "b-1", "out/a.pdf", False),
        ("cos:ObjectCreated:Put", "b-1", "in/a.png", False),
    ],
)
def test_cos_trigger_matches_only_when_event_bucket_prefix_and_suffix_do(event, bucket, key, expected):
    trigger = manifest.CosTrigger("b-1", "cos:ObjectCreated:*", "in/", ".pdf")

    assert trigger.matches(event, bucket, key) is expected


def test_refusal_lists_every_problem_when_there_are_several(project: Project):
    twice = project.spoiled("memorySize: 256", "memorySize: 100").spoiled("timeout: 300", "timeout: 901")

    with pytest.raises(manifest.ManifestRefused) as refused:
        manifest.load(twice.path, ENV)

    assert [problem.line for problem in refused.value.problems] == [
        twice.line_of("memorySize"),
        twice.line_of("timeout: 901"),
    ]
    assert str(refused.value).startswith(
        f"serverless.yml:{twice.line_of('memorySize')}: memorySize 100 is not accepted"
    )


def test_lint_command_fails_and_prints_the_lines_when_a_manifest_is_refused(project: Project, capsys):
    bad = project.spoiled("memorySize: 256", "memorySize: 100")

    exit_code = lint([str(bad.path)])

    assert exit_code == 1
    assert f"serverless.yml:{bad.line_of('memorySize')}: memorySize 100" in capsys.readouterr().out


def test_lint_command_succeeds_when_environment_names_are_unset(project: Project, capsys):
    exit_code = lint([str(project.path)])

    assert (exit_code, capsys.readouterr().out) == (0, "")
