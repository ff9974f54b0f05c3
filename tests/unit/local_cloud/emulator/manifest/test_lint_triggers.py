"""What the platform would refuse about triggers and routes: one case per rule, each naming its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.local_cloud.emulator.manifest import CosTrigger
from scripts.local_cloud.emulator.manifest.lint import overlap
from tests.unit.local_cloud.emulator.manifest.manifest_project import Project, make_project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make_project(tmp_path)


def timers(count: int) -> str:
    written = '{ name: t%d, cronExpression: "0 0 3 * * * *", enable: true }'
    listed = "".join(
        f"    - {{ type: timer, function: live2, parameters: {written % number} }}\n" for number in range(count)
    )
    return "triggers:\n" + listed.replace("live2", "hello")


def cos(function: str, limits: str, events: str = "cos:ObjectCreated:Put") -> str:
    bucket = "${env:BUCKET}.cos.ap-guangzhou.myqcloud.com"
    parameters = f"{{ bucket: '{bucket}', events: '{events}', filter: {limits}, enable: true }}"
    return f"    - {{ type: cos, function: {function}, parameters: {parameters} }}\n"


def cos_on_many_prefixes(count: int) -> str:
    return "triggers:\n" + "".join(
        cos("hello" if number % 2 else "ingest", f"{{ prefix: 'p{number:02}/' }}") for number in range(count)
    )


ROUTE = "pathMatch: /hello"
COS_ENABLED = "suffix: .pdf }\n        enable: true"
TIMER_ENABLED = "argument: sweep\n        enable: true"
CRON = '"0 0 3 * * * *"'
HELLO_HTTP = (
    "    - {type: http, function: hello, parameters: {qualifier: $DEFAULT, netConfig: {enableExtranet: true}}}\n"
)

# condition: (passage, replacement, passage on the line that must be named, words of the refusal)
RULES = {
    "trigger_type_unknown": ("type: timer", "type: clock", "type: clock", "unknown trigger type clock"),
    "trigger_type_is_gone": ("type: http", "type: apigw", "type: apigw", "cannot be created since 2024-07-01"),
    "trigger_for_unknown_function": (
        "type: timer\n      function: hello",
        "type: timer\n      function: ghost",
        "type: timer",
        "ghost: there is no such function",
    ),
    "trigger_parameter_unknown": ("cronExpression:", "cron:", "cron:", "unknown key cron in the timer trigger"),
    "http_without_extranet": (
        "netConfig: { enableExtranet: true }",
        "enable: true",
        "type: http",
        "without netConfig.enableExtranet: true",
    ),
    "http_extranet_off": ("enableExtranet: true", "enableExtranet: false", "type: http", "nobody could reach it"),
    "http_auth_unknown": ("authType: NONE", "authType: JWT", "authType:", "NONE or CAM"),
    "http_given_twice": ("triggers:\n", f"triggers:\n{HELLO_HTTP}", "- type: http", "already has an http trigger"),
    "cors_age_no_number": ("maxAge: 600", "maxAge: soon", "maxAge:", "0 to 86400 seconds"),
    "cors_origins_no_list": ('["https://example.com"]', '"*"', "origins:", "origins must be a list of texts"),
    "cos_not_enabled": (COS_ENABLED, "suffix: .pdf }", "type: cos", "would be deployed switched off"),
    "cos_enabled_in_words": (
        COS_ENABLED,
        "suffix: .pdf }\n        enable: OPEN",
        "enable: OPEN",
        "must be true or false",
    ),
    "cos_suffix_without_dot": ("suffix: .pdf", "suffix: pdf", "suffix: pdf", 'must start with "."'),
    "cos_prefix_with_slash": ("prefix: uploads/", "prefix: /uploads/", "prefix: /uploads/", "no leading slash"),
    "cos_event_unknown": (
        "cos:ObjectCreated:*",
        "cos:ObjectCreated:Append",
        "Append",
        "events cos:ObjectCreated:Append",
    ),
    "cos_events_missing": ("        events: cos:ObjectCreated:*\n", "", "type: cos", "cos trigger without events"),
    "cos_bucket_not_a_host": (
        "${env:BUCKET}.cos.ap-guangzhou.myqcloud.com",
        "${env:BUCKET}",
        "bucket: ${env:BUCKET}",
        "myqcloud.com",
    ),
    "cos_bucket_missing": (
        "        bucket: ${env:BUCKET}.cos.ap-guangzhou.myqcloud.com\n",
        "",
        "events: cos",
        "bucket is missing",
    ),
    "cos_bucket_elsewhere": ("cos.ap-guangzhou", "cos.ap-beijing", "cos.ap-beijing", "not in the function's region"),
    "cos_prefixes_overlap": (
        "  customDomain:",
        cos("hello", "{ prefix: uploads/in/ }") + "  customDomain:",
        "prefix: uploads/in/",
        "overlaps the trigger of ingest on line",
    ),
    "cos_suffixes_overlap": (
        "  customDomain:",
        cos("hello", "{ prefix: up, suffix: .pdf }") + "  customDomain:",
        "prefix: up,",
        "may meet in one object",
    ),
    "cos_whole_bucket_is_taken": (
        "  customDomain:",
        cos("hello", "{}") + "  customDomain:",
        "filter: {}",
        "overlaps the trigger of ingest",
    ),
    "cos_bucket_has_eleven": ("triggers:\n", cos_on_many_prefixes(10), "- type: cos", "has more than 10 triggers"),
    "timer_not_enabled": (TIMER_ENABLED, "argument: sweep", "type: timer", "would be deployed switched off"),
    "timer_name_missing": ("        name: nightly\n", "", "cronExpression:", "1 to 60 characters"),
    "timer_name_too_long": ("name: nightly", f"name: {'n' * 61}", f"name: {'n' * 61}", "1 to 60 characters"),
    "timer_name_used_twice": (
        "triggers:\n",
        timers(1).replace("t0", "nightly"),
        "- type: timer",
        "timer nightly is already on line",
    ),
    "timer_argument_too_large": ("argument: sweep", f"argument: {'x' * 4097}", "argument:", "over 4096 bytes"),
    "timers_eleven": ("triggers:\n", timers(10), "- type: timer", "more than 10 timer triggers"),
    "cron_with_five_fields": (CRON, '"0 3 * * *"', "cronExpression:", "a timer has 7 fields"),
    "cron_out_of_range": (CRON, '"0 60 3 * * * *"', "cronExpression:", "minute: 60 is outside 0-59"),
    "web_function_with_timer": (
        "type: timer\n      function: hello",
        "type: timer\n      function: live",
        "type: timer",
        "only an http trigger can start it",
    ),
    "route_to_unknown_function": (
        "functionName: hello",
        "functionName: ghost",
        "functionName: ghost",
        "ghost: there is no such function",
    ),
    "route_without_slash": (ROUTE, "pathMatch: hello", "pathMatch: hello", "must be like /, /*, /xxx or /xxx/*"),
    "route_with_inner_star": (ROUTE, "pathMatch: /a/*/b", "pathMatch: /a/*/b", "must be like /, /*, /xxx or /xxx/*"),
    "route_given_twice": (
        ROUTE + " }",
        ROUTE + " }\n      - { pathMatch: /hello, functionName: hello }",
        "- { pathMatch",
        "already routed",
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


# condition: (passage, replacement, passage on the line that must be named, words of the warning)
WARNINGS = {
    "bucket_has_no_prefix": (
        "filter: { prefix: uploads/, suffix: .pdf }",
        "filter: {}",
        "type: cos",
        "starts it again",
    ),
    "own_variable_lies_under_the_prefix": (
        "key: TOKEN\n          value: ${env:TOKEN}",
        "key: OUT\n          value: uploads/done/",
        "type: cos",
        "under its own prefix uploads/",
    ),
    "http_has_no_qualifier": ("        qualifier: $DEFAULT\n", "", "type: http", "without qualifier"),
    "cors_is_not_enabled": ("corsConfig: { enable: true, ", "corsConfig: { ", "corsConfig:", "does nothing"),
    "cors_wildcard_has_credentials": (
        '["https://example.com"]',
        '["*"], credentials: true',
        "corsConfig:",
        "browsers refuse",
    ),
    "timer_never_fires": (CRON, '"0 0 0 31 2 * *"', "cronExpression:", "never fires"),
    "trigger_is_not_imitated": ("type: timer", "type: ckafka", "type: ckafka", "not imitated here"),
    "route_has_no_http_trigger": (
        "functionName: hello",
        "functionName: ingest",
        "functionName: ingest",
        "has no http trigger",
    ),
}


@pytest.mark.parametrize("condition", WARNINGS)
def test_manifest_is_accepted_with_a_warning_when(project: Project, condition):
    old, new, marker, words = WARNINGS[condition]
    changed = project.spoiled(old, new)

    warnings = changed.warnings()

    assert len(warnings) == 1
    assert warnings[0].startswith(f"serverless.yml:{changed.line_of(marker)}: ")
    assert words in warnings[0]


@pytest.mark.parametrize(
    ("events", "prefix", "suffix", "expected"),
    [
        ("cos:ObjectCreated:Put", "up", ".tar.gz", True),
        ("cos:ObjectCreated:*", "uploads/x/", "", True),
        ("cos:ObjectRemove:*", "uploads/", ".gz", False),
        ("cos:ObjectCreated:*", "parsed/", ".gz", False),
        ("cos:ObjectCreated:*", "uploads/", ".pdf", False),
    ],
)
def test_triggers_overlap_only_when_one_object_could_start_both(events, prefix, suffix, expected):
    taken = CosTrigger("b-1", "cos:ObjectCreated:*", "uploads/", ".gz")

    assert overlap(taken, CosTrigger("b-1", events, prefix, suffix)) is expected
    assert overlap(taken, CosTrigger("b-2", events, prefix, suffix)) is False


def test_overlap_is_refused_when_the_bucket_comes_from_an_environment_nobody_looked_at(project: Project):
    bad = project.spoiled("  customDomain:", cos("hello", "{ prefix: uploads/in/ }") + "  customDomain:")

    refusals = bad.refusals(env=None)

    assert len(refusals) == 1
    assert "overlaps the trigger of ingest" in refusals[0]
