"""Log lines around a request, in the platform's form."""

import json
import re

from scripts.local_cloud.emulator.logs import LogBook


def test_log_has_the_platforms_lines_in_order_when_a_cold_instance_answers(emulator):
    outcome = emulator.invoke("moody", {"do": "print"})

    lines = emulator.logs.lines("moody")
    request_id = outcome.request_id
    assert lines[0] == f"START RequestId: {request_id}"
    assert lines[1] == "imported"
    assert re.fullmatch(
        rf"Init Report RequestId: {request_id} Coldstart: \d+ms \(PullCode: \d+ms InitRuntime: \d+ms "
        r"InitFunction: \d+ms\) Memory: 128MB MemUsage: [\d.]+MB",
        lines[2],
    )
    assert lines[-3] == f"Response RequestId: {request_id} RetMsg: null"
    assert lines[-2] == f"END RequestId: {request_id}"
    assert re.fullmatch(rf"Report RequestId: {request_id} Duration:[\d.]+ms Memory:128MB MemUsage:[\d.]+MB", lines[-1])


def test_log_keeps_json_lines_stderr_logging_and_an_unfinished_line(emulator):
    emulator.invoke("moody", {"do": "print"})

    user_lines = emulator.logs.lines("moody")[3:-3]
    assert json.loads(user_lines[0]) == {"level": "info", "text": "你好"}
    assert user_lines[1] == "to stderr"
    assert user_lines[2].startswith("[DEBUG]")
    assert user_lines[3] == "no line end"


def test_log_has_an_error_line_when_the_handler_raises(emulator):
    outcome = emulator.invoke("moody", {"do": "raise"})

    assert f"ERROR RequestId: {outcome.request_id} Result: {outcome.text}" in emulator.logs.lines("moody")


def test_log_has_no_init_report_when_the_instance_is_warm(emulator):
    emulator.invoke("moody", {})
    emulator.invoke("moody", {})

    assert sum(line.startswith("Init Report") for line in emulator.logs.lines("moody")) == 1


def test_log_book_tells_its_listener_every_line(tmp_path):
    heard: list[tuple[str, str]] = []

    book = LogBook(tmp_path, lambda function, line: heard.append((function, line)))
    book.write("api", "一行")
    book.close()

    assert heard == [("api", "一行")]
    assert book.lines("api") == ["一行"]
