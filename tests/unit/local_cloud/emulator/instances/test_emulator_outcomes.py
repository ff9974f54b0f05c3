"""Every way an invocation of an event function can end."""

import pytest

from scripts.local_cloud.emulator.outcome import Failure, Status
from scripts.local_cloud.emulator.switches import ASYNC_LIMIT_BYTES, SYNC_LIMIT_BYTES


def test_invoke_returns_the_value_when_the_handler_returns(emulator):
    outcome = emulator.invoke("moody", {})

    assert outcome.status == Status.OK
    assert outcome.value["count"] == 1


def test_invoke_has_the_platforms_error_document_when_the_handler_raises(emulator):
    outcome = emulator.invoke("moody", {"do": "raise", "why": "没有名字"})

    assert set(outcome.value) == {"errorCode", "errorMessage", "requestId", "stackTrace", "statusCode"}
    assert outcome.value["errorCode"] == -1
    assert outcome.value["statusCode"] == 430
    assert outcome.value["errorMessage"] == "ValueError: 没有名字"
    assert outcome.value["requestId"] == outcome.request_id
    assert "/var/user/index.py" in outcome.value["stackTrace"]
    assert "bootstrap" not in outcome.value["stackTrace"]


def test_invoke_keeps_the_instance_when_the_handler_raises(emulator):
    first = emulator.invoke("moody", {}).value
    emulator.invoke("moody", {"do": "raise"})

    assert emulator.invoke("moody", {}).value == {**first, "count": 3}


@pytest.mark.parametrize(
    ("event", "status"),
    [
        ({"do": "exit"}, Status.PROCESS_EXITED),
        ({"do": "sleep", "s": 30}, Status.TIMEOUT),
        ({"do": "memory", "mb": 150}, Status.MEMORY_EXCEEDED),
        ({"do": "memory", "mb": 150, "s": 30}, Status.MEMORY_EXCEEDED),
        ({"do": "big", "bytes": SYNC_LIMIT_BYTES}, Status.RESPONSE_TOO_LARGE),
    ],
)
def test_invoke_fails_and_recycles_the_instance_when_a_limit_is_passed(emulator, event, status):
    before = emulator.invoke("moody", {}).value["pid"]

    outcome = emulator.invoke("moody", event)

    assert outcome.value["statusCode"] == status
    assert emulator.invoke("moody", {}).value["pid"] != before


def test_invoke_is_given_up_at_the_timeout_when_the_handler_hangs(emulator):
    outcome = emulator.invoke("moody", {"do": "sleep", "s": 30})

    assert 1000 <= outcome.duration_ms < 2000
    assert outcome.value["errorMessage"] == "Invoking task timed out after 1 seconds"


@pytest.mark.parametrize(
    ("function", "status", "message"),
    [
        ("broken", Status.USER_CODE_ERROR, "RuntimeError: broken at import"),
        ("handlerless", Status.HANDLER_NOT_FOUND, "no function main_handler"),
        ("layerless", Status.USER_CODE_ERROR, "No module named 'yaml'"),
        ("lazy_init", Status.INIT_TIMEOUT, "initialisation timed out after 1 seconds"),
        ("nobody", Status.NO_SUCH_FUNCTION, "nobody"),
        ("web", Status.NO_SUCH_FUNCTION, "no event function web"),
    ],
)
def test_invoke_says_why_when_the_function_cannot_start(emulator, function, status, message):
    outcome = emulator.invoke(function, {})

    assert outcome.status == status
    assert message in outcome.value["errorMessage"]


def test_invoke_fails_when_the_value_is_no_json(emulator):
    outcome = emulator.invoke("moody", {"do": "unjson"})

    assert outcome.status == Status.USER_EXCEPTION
    assert "set is not JSON serializable" in outcome.value["errorMessage"]


def test_invoke_refuses_the_event_when_it_is_over_6_mb(emulator):
    fits = emulator.invoke("moody", {"pad": "x" * (SYNC_LIMIT_BYTES - 100)})
    too_large = emulator.invoke("moody", {"pad": "x" * SYNC_LIMIT_BYTES})

    assert fits.status == Status.OK
    assert too_large.status == Status.REQUEST_TOO_LARGE


def test_invoke_async_refuses_the_event_when_it_is_over_128_kb(emulator):
    with pytest.raises(Failure) as refused:
        emulator.invoke_async("moody", {"pad": "x" * ASYNC_LIMIT_BYTES})

    assert refused.value.status == Status.REQUEST_TOO_LARGE


@pytest.mark.parametrize("path", ["left.txt", "/var/left.txt"])
def test_invoke_raises_a_read_only_error_when_code_writes_outside_tmp(emulator, path):
    outcome = emulator.invoke("moody", {"do": "write", "path": path})

    assert outcome.value["errorMessage"].startswith("OSError: [Errno 30] Read-only file system")


def test_invoke_names_the_file_and_recycles_when_a_write_went_unseen(emulator):
    before = emulator.invoke("moody", {}).value["pid"]

    outcome = emulator.invoke("moody", {"do": "write_unseen"})

    assert "/var/user/planted.txt" in outcome.value["errorMessage"]
    assert emulator.invoke("moody", {}).value["pid"] != before


def test_invoke_may_write_to_its_temporary_folder(emulator):
    assert emulator.invoke("moody", {"do": "temporary"}).value == "x"


def test_invoke_can_import_what_its_layer_holds(emulator):
    assert emulator.invoke("moody", {"do": "layer"}).value == "xn--fsqu00a.com"
