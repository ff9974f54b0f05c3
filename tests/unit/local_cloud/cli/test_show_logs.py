"""`./scripts/local logs`: one line an invocation, in the order of time, and everything that one request began."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from scripts.local_cloud.__main__ import main
from scripts.local_cloud.cli.log_lines import Reader
from scripts.local_cloud.emulator.logs import LogBook

ASKED, WOKEN, OTHER = "aaaa1111-req", "bbbb2222-req", "cccc3333-req"


def line(second: int, kind: str, request_id: str, **facts: Any) -> str:
    return json.dumps(
        {"ts": f"2026-11-25T23:40:{second:02}.000+00:00", "request_id": request_id, **facts, "kind": kind}
    )


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Two functions: one is asked over HTTP, the bucket wakes the other."""
    book = LogBook(tmp_path / "emulator" / "logs")
    book.write("upload_url", f"START RequestId: {ASKED}")
    http = {"trigger": "http", "method": "POST", "path": "/resume/upload-url", "status": 201, "outcome": "ok"}
    book.write("upload_url", line(1, "invocation", ASKED, duration_ms=82, cold=True, **http))
    book.write("upload_url", f'Response RequestId: {ASKED} RetMsg: {{"body": "secret"}}')
    book.write("parse", line(2, "call", WOKEN, origin=ASKED, vendor="cos", operation="read", latency_ms=5, status=200))
    failed = {"vendor": "deepseek", "operation": "answer_json", "latency_ms": 40, "code": "vendor_busy"}
    book.write("parse", line(3, "call", WOKEN, origin=ASKED, **failed))
    book.write("parse", line(4, "alert", WOKEN, origin=ASKED, level="error", resume_id="s_1", code="vendor_busy"))
    cos = {"trigger": "cos", "outcome": "ok", "duration_ms": 1364, "records": 1}
    book.write("parse", line(5, "invocation", WOKEN, origin=ASKED, **cos))
    book.write("login", line(0, "invocation", OTHER, trigger="http", outcome="refused", status=429, duration_ms=3))
    book.write("login", "Traceback: something printed this")
    book.close()
    return tmp_path


def shown(state: Path, capsys: pytest.CaptureFixture[str], *options: str) -> list[str]:
    assert main(["--state", str(state), "logs", *options]) == 0
    return capsys.readouterr().out.splitlines()


def test_one_line_says_everything_of_an_invocation_when_logs_are_shown(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = shown(state, capsys)

    assert [entry.split()[1] for entry in lines if entry[0].isdigit()] == ["login", "upload_url", "parse", "parse"]
    assert lines[-1] == (
        "23:40:05.000  parse         ok  cos  1364ms  records=1  [cos 1, deepseek 1 (1 with an error) 45ms]  bbbb2222 < aaaa1111"
    )
    assert "201 POST /resume/upload-url  82ms cold" in lines[2]
    assert "login         | Traceback: something printed this" in lines


def test_nothing_of_answers_and_no_colour_is_shown_when_it_is_no_terminal(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "\n".join(shown(state, capsys))

    assert "secret" not in text
    assert "\x1b" not in text


def test_the_whole_chain_is_shown_with_its_calls_when_a_request_is_named(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = shown(state, capsys, "--request", "aaaa")

    assert [entry.split()[1] for entry in lines if entry[0].isdigit()] == ["upload_url", "parse", "parse"]
    assert [entry.split()[0] for entry in lines if entry[0] == " "] == ["cos.read", "deepseek.answer_json"]
    assert "login" not in "\n".join(lines)


def test_lines_are_as_they_were_written_when_raw_ones_are_wanted(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = shown(state, capsys, "parse", "--raw")

    assert [json.loads(entry)["kind"] for entry in lines] == ["call", "call", "alert", "invocation"]


def test_nothing_found_is_a_failure_when_no_such_request_was_made(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--state", str(state), "logs", "--request", "dddd"]) == 1
    assert "no logs of request dddd yet" in capsys.readouterr().err


def test_colours_tell_outcomes_apart_when_it_is_a_terminal(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr("sys.stdout", terminal)

    main(["--state", str(state), "logs"])

    assert "\x1b[33m429\x1b[0m" in terminal.getvalue()
    assert "\x1b[32m201\x1b[0m" in terminal.getvalue()


@pytest.mark.parametrize("text", ["{", "{}", "[1]", '{"kind": 1}', '{"kind": "call"}', '{"kind": "invocation"}', "{x}"])
def test_odd_lines_break_nothing_when_they_are_read(text: str) -> None:
    assert all(isinstance(entry, str) for entry in Reader().read("parse", text))
