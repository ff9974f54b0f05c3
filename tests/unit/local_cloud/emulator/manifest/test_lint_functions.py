"""What the platform would refuse about functions: one case per rule, each naming its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.local_cloud.emulator.manifest.manifest_project import Project, make_project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make_project(tmp_path)


def many_layers(count: int) -> str:
    return "layers:\n" + "    - { name: tools-test, version: 1 }\n" * (count - 1)


def many_functions(count: int) -> str:
    function = "{ handler: index.main_handler, src: hello }"
    return "functions:\n" + "".join(f"    extra{number}: {function}\n" for number in range(count))


HELLO_HANDLER = "handler: index.main_handler\n      src: hello"

# condition: (passage, replacement, passage on the line that must be named, words of the refusal)
RULES = {
    "component_unknown": (
        "component: multi-scf",
        "component: tencent-scf",
        "component:",
        "component tencent-scf: must be",
    ),
    "app_missing": ("app: sample\n", "", "component:", "app is missing"),
    "no_functions": (
        "functions:\n    hello:",
        "functions: {}\n  tags:\n    hello:",
        "functions: {}",
        "nothing to deploy",
    ),
    "top_level_key_unknown": (
        "stage: test",
        "stages: test",
        "stages:",
        "unknown key stages in the document (did you mean stage?)",
    ),
    "inputs_key_unknown": ("memorySize: 256", "memory: 256", "memory:", "unknown key memory in the document.inputs"),
    "function_key_miswritten": (
        HELLO_HANDLER,
        "Handler: index.x",
        "Handler:",
        "functions.hello (did you mean handler?)",
    ),
    "nested_key_unknown": ("exclude:", "excludes:", "excludes:", "did you mean exclude?"),
    "environment_written_as_in_scf": (
        "    - { key: SHARED",
        "    - { name: X, key: SHARED",
        "name: X",
        "unknown key name",
    ),
    "list_is_no_list": ("layers:\n    - name", "layers:\n      name", "name: ${output", "layers must be a list"),
    "handler_missing": (HELLO_HANDLER, "src: hello", "hello:", "function hello has no handler"),
    "handler_is_a_package_path": (
        HELLO_HANDLER,
        "src: hello\n      handler: app.api.main",
        "app.api",
        "handler app.api.main",
    ),
    "handler_ends_in_a_digit": (
        HELLO_HANDLER,
        "src: hello\n      handler: index.main2",
        "main2",
        "first and last a letter",
    ),
    "handler_part_has_one_letter": (
        HELLO_HANDLER,
        "src: hello\n      handler: a.main",
        "a.main",
        "each 2-60 characters",
    ),
    "handler_file_missing": (
        HELLO_HANDLER,
        "src: hello\n      handler: other.main",
        "other.main",
        "there is no other.py in hello/",
    ),
    "source_missing": ("src: hello", "src: nowhere", "src: nowhere", "there is no folder functions/nowhere"),
    "source_in_a_bucket": ("src: hello", "src: { bucket: b, object: o }", "bucket: b", "lies in a bucket"),
    "runtime_unknown": ("runtime: Python3.10", "runtime: Python3.8", "runtime:", "runtime Python3.8 is not accepted"),
    "runtime_missing": ("  runtime: Python3.10\n", "", "hello:", "the platform would take Python2.7"),
    "type_unknown": ("type: web", "type: HTTP", "type: HTTP", "event or web"),
    "memory_between_steps": ("memorySize: 256", "memorySize: 200", "memorySize:", "128 to 3072 in steps of 128"),
    "memory_too_large": ("memorySize: 256", "memorySize: 3200", "memorySize:", "memorySize 3200"),
    "memory_no_number": ("memorySize: 256", "memorySize: 256MB", "memorySize:", "memorySize 256MB"),
    "timeout_zero": ("timeout: 30\n", "timeout: 0\n", "timeout: 0", "1 to 900 seconds"),
    "timeout_too_long": ("timeout: 300", "timeout: 901", "timeout: 901", "1 to 900 seconds"),
    "init_timeout_too_short": ("initTimeout: 20", "initTimeout: 2", "initTimeout:", "3 to 300 seconds"),
    "init_timeout_too_long": ("initTimeout: 20", "initTimeout: 301", "initTimeout:", "3 to 300 seconds"),
    "name_too_long": ("name: sample-hello", f"name: {'a' * 61}", f"name: {'a' * 61}", "2-60 letters"),
    "name_ends_in_a_dash": ("name: sample-hello", "name: sample-", "name: sample-\n", "last no - or _"),
    "default_name_too_long": ("name: api", f"name: {'a' * 45}", "ingest:", "2-60 letters"),
    "qualified_name_too_long": (
        "name: sample-hello",
        f"namespace: {'n' * 107}\n      name: sample-hello",
        "name: sample-hello",
        "over 118 characters",
    ),
    "name_used_twice": (
        "role: sample-ingest",
        "name: sample-hello",
        "name: sample-hello\n      timeout",
        "already used on line",
    ),
    "too_many_functions": ("functions:\n", many_functions(48), "live:", "a namespace holds at most 50 functions"),
    "too_many_layers": ("layers:\n", many_layers(6), "layers:\n    - {", "6 layers"),
    "layer_without_version": (
        "layers:\n",
        "layers:\n    - name: tools-test\n",
        "name: tools-test",
        "needs both name and version",
    ),
    "layer_unknown": (
        "layers:\n",
        "layers:\n    - { name: lost, version: 1 }\n",
        "lost",
        "not one of layers/*/serverless.yml",
    ),
    "layer_in_another_region": (
        "region: ap-guangzhou",
        "region: ap-beijing",
        "- name: ${output",
        "lives in ap-guangzhou",
    ),
    "retries_too_many": ("role: sample-ingest", "retryNum: 3", "retryNum: 3", "0 to 2 retries"),
    "message_lives_too_long": ("role: sample-ingest", "msgTTL: 21601", "msgTTL: 21601", "60 to 21600 seconds"),
    "message_lives_too_short": ("role: sample-ingest", "msgTTL: 59", "msgTTL: 59", "60 to 21600 seconds"),
    "reserved_memory_between_steps": ("role: sample-ingest", "reservedMem: 200", "reservedMem: 200", "in steps of 128"),
    "dead_letters_of_unknown_kind": (
        "role: sample-ingest",
        "deadLetter: { type: TOPIC, name: x }",
        "deadLetter:",
        "CMQ-QUEUE or CMQ-TOPIC",
    ),
    "dead_letters_without_a_queue": (
        "role: sample-ingest",
        "deadLetter: { type: CMQ-QUEUE }",
        "deadLetter:",
        "both type and name",
    ),
    "log_topic_without_its_set": (
        "role: sample-ingest",
        "cls: { topicId: x }",
        "cls:",
        "cls needs both logsetId and topicId",
    ),
    "network_without_subnet": (
        "role: sample-ingest",
        "vpcConfig: { vpcId: vpc-1 }",
        "vpcConfig:",
        "vpcConfig needs both vpcId and subnetId",
    ),
    "event_function_shares_its_instance": (
        "role: sample-ingest",
        "instanceConcurrencyConfig: { maxConcurrency: 2 }",
        "maxConcurrency: 2",
        "one event at a time",
    ),
    "concurrency_out_of_range": (
        "maxConcurrency: 4",
        "maxConcurrency: 101",
        "maxConcurrency: 101",
        "1 to 100 requests",
    ),
    "variable_reserved_scf": ("key: SHARED", "key: SCF_X", "SCF_X", "reserved for the platform"),
    "variable_reserved_qcloud": ("key: SHARED", "key: QCLOUD_X", "QCLOUD_X", "reserved for the platform"),
    "variable_reserved_tencentcloud": (
        "key: SHARED",
        "key: TENCENTCLOUD_X",
        "TENCENTCLOUD_X",
        "reserved for the platform",
    ),
    "variable_name_malformed": ("key: SHARED", "key: 9LIVES", "9LIVES", "a name is a letter"),
    "variable_declared_twice": ("key: SHARED", "key: BUCKET", 'key: BUCKET, value: "$', "declared twice"),
    "variable_without_value": ("key: SHARED, value: yes", "key: SHARED", "key: SHARED", "needs both key and value"),
    "variable_null": ("value: yes", "value: ~", "value: ~", "has no plain value"),
    "environment_too_large": (
        "value: yes",
        f"value: {'x' * 4090}",
        "environments:\n    - { key: SHARED",
        "a function may have 4096",
    ),
}


@pytest.mark.parametrize("condition", RULES)
def test_manifest_is_refused_naming_the_line_when(project: Project, condition):
    old, new, marker, words = RULES[condition]
    bad = project.spoiled(old, new)

    refusals = bad.refusals()

    line = bad.line_of(marker)
    expected = [refusal for refusal in refusals if refusal.startswith(f"serverless.yml:{line}: ") and words in refusal]
    assert len(expected) == 1, f"line {line}, {words!r} not in {refusals}"


def test_environment_is_accepted_when_it_has_exactly_four_kilobytes(project: Project):
    declared = len("SHARED") + len("BUCKET") + len("sample-1250000001")

    full = project.spoiled("value: yes", f"value: {'x' * (4096 - declared)}")

    assert full.refusals() == []


@pytest.mark.parametrize("size_mb", [64, 128, 3072])
def test_memory_is_accepted_when_it_is_on_a_step(project: Project, size_mb):
    changed = project.spoiled("memorySize: 256", f"memorySize: {size_mb}")

    assert changed.load().functions["hello"].memory_mb == size_mb


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda path: path.unlink(), "has no scf_bootstrap in live/"),
        (lambda path: path.chmod(0o644), "scf_bootstrap is not executable"),
        (lambda path: path.write_bytes(b"#!/bin/bash\r\nexec true\r\n"), "Unix line ends"),
    ],
)
def test_web_function_is_refused_when_its_bootstrap_cannot_start(project: Project, spoil, words):
    spoil(project.root / "functions" / "live" / "scf_bootstrap")

    refusals = project.refusals()

    assert len(refusals) == 1
    assert refusals[0].startswith(f"serverless.yml:{project.line_of('type: web')}: ")
    assert words in refusals[0]


def test_layer_for_another_runtime_is_a_warning_when_bound(project: Project):
    newer = project.spoiled("runtime: Python3.10", "runtime: Python3.13")

    assert newer.warnings() == [
        f"serverless.yml:{newer.line_of('- name: ${output')}: layer tools-test is not made for Python3.13 but for Python3.10"
    ]


def test_manifest_is_refused_when_there_is_no_such_file(tmp_path: Path):
    nothing = Project(tmp_path, "")

    assert nothing.refusals()[0].startswith("serverless.yml:1: cannot be read")
