"""What a function learns about itself: context, environment, keys, module and folders."""

import json

CONTEXT_TYPES = {
    "request_id": str,
    "memory_limit_in_mb": int,
    "time_limit_in_ms": int,
    "function_name": str,
    "function_version": str,
    "namespace": str,
    "environment": str,
    "environ": str,
    "tencentcloud_region": str,
    "tencentcloud_appid": str,
    "tencentcloud_uin": str,
}
KEY_NAMES = ("TENCENTCLOUD_SECRETID", "TENCENTCLOUD_SECRETKEY", "TENCENTCLOUD_SESSIONTOKEN")


def test_context_has_all_keys_with_the_documented_types(emulator):
    outcome = emulator.invoke("api", {})

    context = outcome.value["context"]
    assert {name: type(value) for name, value in context.items()} == CONTEXT_TYPES
    assert context["request_id"] == outcome.request_id
    assert context["time_limit_in_ms"] == 5000
    assert context["function_name"] == "sample-api"


def test_environment_holds_only_declared_and_documented_variables(emulator, monkeypatch):
    monkeypatch.setenv("UNDECLARED", "must not be seen")

    seen = emulator.invoke("moody", {"do": "environment"}).value

    assert seen["GREETING"] == "hello; world"
    assert "UNDECLARED" not in seen
    documented = ("SCF_", "TENCENTCLOUD_", "PYTHON", "LC_", "_SCF_SERVER_PORT")
    others = {name for name in seen if not name.startswith(documented)}
    assert others == {
        "GREETING", "TZ", "USER_CODE_ROOT", "LD_LIBRARY_PATH", "PATH", "PWD", "HOME", "TMPDIR", "USER", "LANG",
        "HOSTNAME", "TRIGGER_SRC",
    }  # fmt: skip


def test_environ_text_leaves_out_a_value_that_has_its_separator(emulator):
    context = emulator.invoke("api", {}).value["context"]

    assert "GREETING" not in context["environ"]
    assert json.loads(context["environment"])["GREETING"] == "hello; world"


def test_keys_are_fresh_and_admitted_for_every_invocation(running, emulator):
    first = emulator.invoke("moody", {"do": "environment"}).value
    second = emulator.invoke("moody", {"do": "environment"}).value

    assert [first[name] != second[name] for name in KEY_NAMES] == [True, True, True]
    admitted = {key[:3] for key in running.keys}
    assert {tuple(seen[name] for name in KEY_NAMES) for seen in (first, second)} <= admitted


def test_module_is_loaded_as_the_platform_does(emulator):
    seen = emulator.invoke("moody", {}).value

    assert seen["name"] == ""
    assert seen["path"][0] == seen["cwd"]
    assert not [entry for entry in seen["path"] if "site-packages" in entry]
