"""Functions of the Tencent Cloud fake: what the platform refuses, how long changes take, what may not stand beside what."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from scripts.local_cloud.fakes.tencent_cloud import TencentCloudFake
from scripts.local_cloud.fakes.tencent_cloud.errors import TencentCloudError

TRUST = json.dumps(
    {
        "version": "2.0",
        "statement": [
            {"action": "name/sts:AssumeRole", "effect": "allow", "principal": {"service": ["scf.qcloud.com"]}}
        ],
    }
)
COS_HOST = "mojian-1250000000.cos.ap-guangzhou.myqcloud.com"


def packed(*names: str, mode: int = 0o644) -> str:
    """A zip file with these files at its root, in base64."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        for name in names:
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16
            package.writestr(entry, "x = 1\n")
    return base64.b64encode(content.getvalue()).decode()


class Account:
    """Calls actions directly; `wait` lets a change finish."""

    def __init__(self) -> None:
        self.fake = TencentCloudFake()
        self.now_s = 0.0
        self.fake.world.now = lambda: self.now_s
        self.call("cam", "CreateRole", RoleName="runner", PolicyDocument=TRUST)
        self.call(
            "scf",
            "PublishLayerVersion",
            LayerName="deps",
            CompatibleRuntimes=["Python3.10"],
            Content={"ZipFile": packed("a.py")},
        )
        self.wait()

    def call(self, service: str, action: str, **fields: Any) -> dict[str, Any]:
        return self.fake.services[service].actions[action](fields)

    def wait(self) -> None:
        self.now_s += 10

    def create(self, **changed: Any) -> None:
        fields: dict[str, Any] = {
            "FunctionName": "hello",
            "Handler": "index.main_handler",
            "Runtime": "Python3.10",
            "Role": "runner",
            "Code": {"ZipFile": packed("index.py")},
            "Layers": [{"LayerName": "deps", "LayerVersion": 1}],
            **changed,
        }
        self.call("scf", "CreateFunction", **fields)

    def refusal(self, call: Callable[..., Any], *arguments: Any, **fields: Any) -> str:
        with pytest.raises(TencentCloudError) as refused:
            call(*arguments, **fields)
        return refused.value.code


@pytest.fixture
def account() -> Account:
    return Account()


@pytest.fixture
def hello(account: Account) -> Account:
    """One function that is Active."""
    account.create()
    account.wait()
    return account


REFUSED = {
    "name_too_long": ({"FunctionName": "a" * 61}, "InvalidParameterValue.FunctionName"),
    "name_ends_in_dash": ({"FunctionName": "hello-"}, "InvalidParameterValue.FunctionName"),
    "runtime_unknown": ({"Runtime": "Python3.8"}, "InvalidParameterValue.Runtime"),
    "handler_is_a_path": ({"Handler": "app.index.main"}, "InvalidParameterValue.Handler"),
    "memory_between_steps": ({"MemorySize": 200}, "InvalidParameterValue.MemorySize"),
    "timeout_too_long": ({"Timeout": 901}, "LimitExceeded.Timeout"),
    "init_timeout_too_long": ({"InitTimeout": 301}, "LimitExceeded.InitTimeout"),
    "variable_reserved": (
        {"Environment": {"Variables": [{"Key": "SCF_X", "Value": "1"}]}},
        "InvalidParameterValue.EnvironmentSystemProtect",
    ),
    "variable_empty": (
        {"Environment": {"Variables": [{"Key": "A", "Value": ""}]}},
        "InvalidParameterValue.Environment",
    ),
    "variable_twice": (
        {"Environment": {"Variables": [{"Key": "A", "Value": "1"}] * 2}},
        "InvalidParameterValue.Environment",
    ),
    "variables_over_4_kb": (
        {"Environment": {"Variables": [{"Key": "A", "Value": "x" * 4096}]}},
        "InvalidParameterValue.EnvironmentExceededLimit",
    ),
    "six_layers": (
        {"Layers": [{"LayerName": f"l{number}", "LayerVersion": 1} for number in range(6)]},
        "LimitExceeded.Layers",
    ),
    "layer_unknown": ({"Layers": [{"LayerName": "other", "LayerVersion": 1}]}, "ResourceNotFound.LayerVersion"),
    "layer_for_another_runtime": ({"Runtime": "Python3.13"}, "InvalidParameterValue.Layers"),
    "role_unknown": ({"Role": "nobody"}, "ResourceNotFound.Role"),
    "topic_unknown": ({"ClsLogsetId": "s", "ClsTopicId": "t"}, "FailedOperation.TopicNotExist"),
    "code_without_the_handler": ({"Code": {"ZipFile": packed("main.py")}}, "InvalidParameterValue.Code"),
    "code_no_zip": ({"Code": {"ZipFile": base64.b64encode(b"text").decode()}}, "InvalidParameterValue.ZipFile"),
    "code_no_base64": ({"Code": {"ZipFile": "%%%"}}, "InvalidParameterValue.ZipFileBase64BinasciiError"),
    "code_missing": ({"Code": {}}, "InvalidParameterValue.CodeSource"),
    "code_in_no_object": (
        {"Code": {"CosBucketName": "mojian", "CosObjectName": "/x.zip"}},
        "ResourceNotFound.CosObject",
    ),
    "bucket_with_appid": (
        {"Code": {"CosBucketName": "mojian-1250000000", "CosObjectName": "/x.zip"}},
        "InvalidParameterValue.CosBucketName",
    ),
    "web_without_bootstrap": ({"Type": "HTTP"}, "InvalidParameterValue.Code"),
    "web_bootstrap_not_executable": (
        {"Type": "HTTP", "Code": {"ZipFile": packed("scf_bootstrap")}},
        "InvalidParameterValue.Code",
    ),
    "event_function_with_concurrency": (
        {"InstanceConcurrencyConfig": {"DynamicEnabled": "FALSE", "MaxConcurrency": 2}},
        "InvalidParameterValue.InstanceConcurrencyConfig",
    ),
    "description_with_marks": ({"Description": "a: b"}, "InvalidParameterValue.Description"),
    "dead_letters_unknown": (
        {"DeadLetterConfig": {"Type": "TOPIC", "Name": "x"}},
        "InvalidParameterValue.DeadLetterConfig",
    ),
}


@pytest.mark.parametrize("condition", REFUSED)
def test_function_is_refused_when(account: Account, condition: str) -> None:
    changed, code = REFUSED[condition]

    assert account.refusal(account.create, **changed) == code
    assert account.fake.scf.functions.by_name == {}


def test_namespace_holds_fifty_functions(account: Account) -> None:
    for number in range(50):
        account.create(FunctionName=f"hello{number}x")

    assert account.refusal(account.create, FunctionName="onemore") == "LimitExceeded.Function"


def test_function_is_creating_first_and_active_later(account: Account) -> None:
    account.create()
    first = account.call("scf", "GetFunction", FunctionName="hello")["Status"]
    account.wait()

    assert (first, account.call("scf", "GetFunction", FunctionName="hello")["Status"]) == ("Creating", "Active")


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("UpdateFunctionCode", {"Code": {"ZipFile": packed("index.py", "b.py")}}),
        ("UpdateFunctionConfiguration", {"Timeout": 9}),
        ("PublishVersion", {}),
        ("CreateTrigger", {"Type": "timer", "TriggerName": "t", "TriggerDesc": "0 * * * * * *"}),
        ("UpdateFunctionEventInvokeConfig", {"AsyncTriggerConfig": {"MsgTTL": 60, "RetryConfig": [{"RetryNum": 0}]}}),
        ("DeleteFunction", {}),
    ],
)
def test_nothing_is_changed_while_a_change_is_under_way(account: Account, action: str, fields: dict[str, Any]) -> None:
    account.create()

    code = account.refusal(account.call, "scf", action, FunctionName="hello", **fields)

    assert code == "FailedOperation.FunctionStatusError"


def test_runtime_of_a_function_cannot_be_changed(hello: Account) -> None:
    code = hello.refusal(hello.call, "scf", "UpdateFunctionConfiguration", FunctionName="hello", Runtime="Python3.13")

    assert code == "InvalidParameterValue.Runtime"


def test_last_layer_and_last_variable_go_by_their_special_forms(hello: Account) -> None:
    hello.call(
        "scf",
        "UpdateFunctionConfiguration",
        FunctionName="hello",
        Layers=[{"LayerName": "", "LayerVersion": 0}],
        Environment={"Variables": [{"Key": "", "Value": ""}]},
    )

    found = hello.call("scf", "GetFunction", FunctionName="hello")
    assert (found["Layers"], found["Environment"]) == ([], {"Variables": []})


def test_published_version_keeps_what_it_was_published_with(hello: Account) -> None:
    hello.call("scf", "PublishVersion", FunctionName="hello", Description="first")
    hello.wait()
    hello.call("scf", "UpdateFunctionConfiguration", FunctionName="hello", Timeout=99)
    hello.wait()

    version = hello.call("scf", "GetFunction", FunctionName="hello", Qualifier="1")
    latest = hello.call("scf", "GetFunction", FunctionName="hello")
    assert (version["Timeout"], latest["Timeout"]) == (3, 99)


def test_alias_points_only_to_versions_that_are_there_and_active(hello: Account) -> None:
    point = {"FunctionName": "hello", "Name": "$DEFAULT", "FunctionVersion": "1"}
    missing = hello.refusal(hello.call, "scf", "UpdateAlias", **point)
    hello.call("scf", "PublishVersion", FunctionName="hello")
    too_early = hello.refusal(hello.call, "scf", "UpdateAlias", **point)
    hello.wait()
    hello.call("scf", "UpdateAlias", **point)

    assert (missing, too_early) == (
        "ResourceNotFound.FunctionVersion",
        "FailedOperation.FunctionVersionStatusNotActive",
    )
    assert hello.call("scf", "GetAlias", FunctionName="hello", Name="$DEFAULT")["FunctionVersion"] == "1"


def cos_trigger(prefix: str, suffix: str = "", event: str = "cos:ObjectCreated:*") -> dict[str, Any]:
    desc = {"event": event, "filter": {"Prefix": prefix, "Suffix": suffix}}
    written = json.dumps(desc, separators=(",", ":"))
    return {
        "FunctionName": "hello",
        "Type": "cos",
        "TriggerName": COS_HOST,
        "TriggerDesc": written,
        "Qualifier": "$DEFAULT",
    }


def test_notifications_that_overlap_are_refused_and_others_are_not(hello: Account) -> None:
    hello.call("scf", "CreateTrigger", **cos_trigger("uploads/"))

    inner = hello.refusal(hello.call, "scf", "CreateTrigger", **cos_trigger("uploads/a/"))
    outer = hello.refusal(hello.call, "scf", "CreateTrigger", **cos_trigger("up", event="cos:ObjectCreated:Put"))
    hello.call("scf", "CreateTrigger", **cos_trigger("parsed/"))

    assert inner == outer == "InvalidParameterValue.CosNotifyRuleConflict"
    assert hello.call("scf", "ListTriggers", FunctionName="hello")["TotalCount"] == 2


TRIGGERS_REFUSED = {
    "blanks": ({"TriggerDesc": '{"event": "cos:ObjectCreated:*"}'}, "InvalidParameterValue.TriggerDesc"),
    "suffix_without_dot": (cos_trigger("a/", "pdf"), "InvalidParameterValue.TriggerDesc"),
    "prefix_with_slash": (cos_trigger("/a"), "InvalidParameterValue.TriggerDesc"),
    "other_region": ({"TriggerName": COS_HOST.replace("guangzhou", "beijing")}, "UnsupportedOperation.Cos"),
    "no_bucket_host": ({"TriggerName": "mojian"}, "InvalidParameterValue.TriggerName"),
    "no_such_alias": ({"Qualifier": "live"}, "ResourceNotFound.Qualifier"),
    "apigw_is_gone": ({"Type": "apigw"}, "InvalidParameterValue.Type"),
    "cron_of_five_fields": (
        {"Type": "timer", "TriggerName": "t", "TriggerDesc": "0 3 * * *"},
        "InvalidParameterValue.TriggerDesc",
    ),
    "url_without_auth_type": ({"Type": "http", "TriggerDesc": "{}"}, "InvalidParameterValue.TriggerDesc"),
}


@pytest.mark.parametrize("condition", TRIGGERS_REFUSED)
def test_trigger_is_refused_when(hello: Account, condition: str) -> None:
    changed, code = TRIGGERS_REFUSED[condition]

    assert hello.refusal(hello.call, "scf", "CreateTrigger", **{**cos_trigger("a/"), **changed}) == code


def test_notification_cannot_be_updated_and_a_url_in_use_cannot_be_deleted(hello: Account) -> None:
    hello.call("scf", "CreateTrigger", **cos_trigger("a/"))
    url = {
        "FunctionName": "hello",
        "Type": "http",
        "TriggerName": "u",
        "Qualifier": "$DEFAULT",
        "TriggerDesc": '{"AuthType":"NONE"}',
    }
    hello.call("scf", "CreateTrigger", **url)
    route = {"Namespace": "default", "FunctionName": "hello", "Qualifier": "$DEFAULT", "PathMatch": "/a"}
    hello.call("scf", "CreateCustomDomain", Domain="api.example.com", Protocol="HTTP", EndpointsConfig=[route])

    update = hello.refusal(hello.call, "scf", "UpdateTrigger", **cos_trigger("a/"))
    delete = hello.refusal(hello.call, "scf", "DeleteTrigger", **url)

    assert (update, delete) == ("UnsupportedOperation.Trigger", "FailedOperation.DeleteTrigger.UrlUsed")


DOMAINS_REFUSED = {
    "https_without_certificate": ({"Protocol": "HTTPS"}, "FailedOperation.Ssl"),
    "no_domain": ({"Domain": "localhost"}, "InvalidParameterValue.Domain"),
    "no_routes": ({"EndpointsConfig": []}, "InvalidParameterValue.Domain"),
    "route_without_url": ({}, "ResourceNotFound.Trigger"),
}


@pytest.mark.parametrize("condition", DOMAINS_REFUSED)
def test_domain_is_refused_when(hello: Account, condition: str) -> None:
    changed, code = DOMAINS_REFUSED[condition]
    route = {"Namespace": "default", "FunctionName": "hello", "Qualifier": "$DEFAULT", "PathMatch": "/a"}
    fields = {"Domain": "api.example.com", "Protocol": "HTTP", "EndpointsConfig": [route], **changed}

    assert hello.refusal(hello.call, "scf", "CreateCustomDomain", **fields) == code


def test_changes_end_in_failure_as_often_as_planned(account: Account) -> None:
    account.fake.scf.change({"fail": {"CreateFunction": 1}})
    account.create()
    account.wait()

    found = account.call("scf", "GetFunction", FunctionName="hello")
    assert (found["Status"], bool(found["StatusReasons"])) == ("CreateFailed", True)


def test_retries_and_reserved_memory_have_limits(hello: Account) -> None:
    retries = {"AsyncTriggerConfig": {"MsgTTL": 60, "RetryConfig": [{"RetryNum": 3}]}}
    ttl = {"AsyncTriggerConfig": {"MsgTTL": 59, "RetryConfig": [{"RetryNum": 2}]}}

    codes = [
        hello.refusal(hello.call, "scf", "UpdateFunctionEventInvokeConfig", FunctionName="hello", **retries),
        hello.refusal(hello.call, "scf", "UpdateFunctionEventInvokeConfig", FunctionName="hello", **ttl),
        hello.refusal(
            hello.call, "scf", "PutReservedConcurrencyConfig", FunctionName="hello", ReservedConcurrencyMem=128_000
        ),
    ]

    assert codes == [
        "LimitExceeded.RetryNum",
        "LimitExceeded.MsgTTL",
        "LimitExceeded.FunctionReservedConcurrencyMemory",
    ]


POLICIES_REFUSED = {
    "no_json": ("x", "InvalidParameter.PolicyDocumentError"),
    "no_version": ('{"statement":[]}', "InvalidParameter.PolicyDocumentError"),
    "bad_effect": (
        {"effect": "may", "action": ["name/cos:GetObject"], "resource": ["*"]},
        "InvalidParameter.EffectError",
    ),
    "bad_action": ({"effect": "allow", "action": ["GetObject"], "resource": ["*"]}, "InvalidParameter.ActionError"),
    "bad_resource": (
        {"effect": "allow", "action": ["name/cos:GetObject"], "resource": ["mojian/*"]},
        "InvalidParameter.ResourceError",
    ),
}


@pytest.mark.parametrize("condition", POLICIES_REFUSED)
def test_policy_is_refused_when(account: Account, condition: str) -> None:
    written, code = POLICIES_REFUSED[condition]
    document = written if isinstance(written, str) else json.dumps({"version": "2.0", "statement": [written]})

    assert account.refusal(account.call, "cam", "CreatePolicy", PolicyName="p", PolicyDocument=document) == code


def test_log_topics_need_their_set_and_ids_end_in_the_appid(account: Account) -> None:
    codes = [
        account.refusal(account.call, "cls", "CreateLogset", LogsetId="mine", LogsetName="x"),
        account.refusal(account.call, "cls", "CreateTopic", LogsetId="none-1250000000", TopicName="x"),
        account.refusal(account.call, "cls", "CreateAlarm", Name="a", AlarmTargets=[]),
        account.refusal(account.call, "cls", "DescribeTopics", Filters=[{"Key": "colour", "Values": ["red"]}]),
    ]

    assert codes == ["InvalidParameterValue", "ResourceNotFound.LogsetNotExist", "InvalidParameter", "InvalidFilter"]


def test_request_above_ten_megabytes_is_refused_whole(account: Account) -> None:
    from scripts.deployment.cloud import Cloud
    from scripts.deployment.errors import CloudRefused
    from scripts.deployment.settings import Settings
    from scripts.local_cloud.fakes.kit import serve

    with serve(account.fake) as served:
        keys = account.fake.deployer_environment(served.url)
        pair = (keys["TENCENT_SECRET_ID"], keys["TENCENT_SECRET_KEY"])
        settings = Settings("dev", {}, *pair, "", "ap-guangzhou", "mojian-1250000000", "1250000000", served.url)
        cloud = Cloud(settings, lambda _seconds: None)
        with pytest.raises(CloudRefused) as refused:
            cloud.scf("CreateFunction", FunctionName="hello", Code={"ZipFile": "A" * 11_000_000})

    assert refused.value.code == "RequestSizeLimitExceeded"
