"""Log lines as a person reads them: one line an invocation, with what it asked of vendors; colours only for a terminal."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

#: What the platform writes around a request; the canonical line says the same.
PLATFORM = ("START RequestId:", "END RequestId:", "Report RequestId:", "Init Report RequestId:", "Response RequestId:")

COLOURS = {"ok": "32", "refused": "33", "repeat": "31", "dropped": "31"}
SHOWN_ALREADY = frozenset(
    "ts kind function request_id origin trigger outcome status duration_ms cold method path level".split()
)
ID_CHARACTERS = 8


@dataclass
class Reader:
    """Turns (function, line) into what is shown. Calls wait for the line of their invocation.

    `request` is a request's id, or its beginning: only what it did, and what it began, is shown, with every call.
    """

    colours: bool = False
    request: str = ""
    _calls: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def read(self, function: str, line: str) -> Iterator[str]:
        document = _document(line)
        if document is None:
            if not self.request and not line.startswith(PLATFORM):
                yield f"{function:<14}{self._paint('|', '2')} {line}"
            elif self.request and line.startswith(f"ERROR RequestId: {self.request}"):
                yield f"{function:<14}{self._paint(line, '31')}"
            return
        if self.request and not self._is_of_the_chain(document):
            return
        request_id = str(document.get("request_id", ""))
        if document["kind"] == "call":
            self._calls.setdefault(request_id, []).append(document)
        elif document["kind"] == "invocation":
            yield self._invocation(function, document, calls := self._calls.pop(request_id, []))
            if self.request:
                yield from (f"{'':<25}{self._call(call)}" for call in calls)
        elif document["kind"] != "record":
            yield f"{_clock(document)}  {function:<14}{self._paint(document['kind'], '33')} {_facts(document)}"

    def _is_of_the_chain(self, document: dict[str, Any]) -> bool:
        return any(str(document.get(name, "")).startswith(self.request) for name in ("request_id", "origin"))

    def _invocation(self, function: str, document: dict[str, Any], calls: list[dict[str, Any]]) -> str:
        outcome = str(document.get("outcome", "ok"))
        what = f"{document['method']} {document['path']}" if "path" in document else str(document.get("trigger", ""))
        told = str(document.get("status", outcome))
        parts = [
            f"{_clock(document)}  {function:<14}{self._paint(told, COLOURS.get(outcome, '0')):<3} {what}",
            f"{document.get('duration_ms', 0)}ms{' cold' if document.get('cold') else ''}",
            _facts(document),
            _asked(calls),
            self._paint(_ids(document), "2"),
        ]
        return "  ".join(part for part in parts if part)

    def _call(self, call: dict[str, Any]) -> str:
        shown = {name: value for name, value in call.items() if name not in ("vendor", "operation", "latency_ms")}
        colour = "31" if "code" in call else "2"
        return self._paint(f"{call['vendor']}.{call['operation']}  {call['latency_ms']}ms  {_facts(shown)}", colour)

    def _paint(self, text: str, colour: str) -> str:
        return f"\x1b[{colour}m{text}\x1b[0m" if self.colours and text else text


def moment_of(line: str) -> str:
    """What lines of several files are put in order by; empty for a line that does not say."""
    document = _document(line)
    return str(document.get("ts", "")) if document else ""


def _document(line: str) -> dict[str, Any] | None:
    try:
        document = json.loads(line) if line.startswith("{") else None
    except ValueError:
        return None
    return document if isinstance(document, dict) and isinstance(document.get("kind"), str) else None


def _clock(document: dict[str, Any]) -> str:
    return str(document.get("ts", ""))[11:23] or " " * 12


def _ids(document: dict[str, Any]) -> str:
    own, origin = str(document.get("request_id", ""))[:ID_CHARACTERS], str(document.get("origin", ""))[:ID_CHARACTERS]
    return f"{own} < {origin}" if origin else own


def _facts(document: dict[str, Any]) -> str:
    return " ".join(f"{name}={value}" for name, value in document.items() if name not in SHOWN_ALREADY)


def _asked(calls: list[dict[str, Any]]) -> str:
    """cos 3, deepseek 2 (1 failed) 184ms"""
    if not calls:
        return ""
    counts, failed = Counter(call["vendor"] for call in calls), sum("code" in call for call in calls)
    asked = ", ".join(f"{vendor} {count}" for vendor, count in sorted(counts.items()))
    errors = f" ({failed} with an error)" if failed else ""
    return f"[{asked}{errors} {sum(call['latency_ms'] for call in calls)}ms]"
