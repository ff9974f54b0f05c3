"""What surrounds one function and is not imitated here: retries, dead letters, its log topic; judged all the same."""

from __future__ import annotations

from .report import Report
from .values import one_of, settled, text, whole_number
from .yaml_lines import Node

_DEAD_LETTERS = ("CMQ-QUEUE", "CMQ-TOPIC", "")


def check_surroundings(settings: Node, report: Report) -> None:
    """`settings` are a function's, shared ones included."""
    whole_number(settings, "retryNum", 2, range(3), "0 to 2 retries", report)
    whole_number(settings, "msgTTL", 21600, range(60, 21601), "60 to 21600 seconds", report)
    whole_number(settings, "reservedMem", 0, range(0, 115201, 128), "0 to 115200 MB in steps of 128", report)
    _check_dead_letters(settings, report)
    _check_pair(settings, "cls", ("logsetId", "topicId"), report)
    _check_pair(settings, "vpcConfig", ("vpcId", "subnetId"), report)


def check_certificate(inputs: Node, report: Report) -> None:
    """A public host that speaks HTTPS needs the certificate for it."""
    domain = inputs.get("customDomain")
    if domain is None or "HTTPS" not in text(domain, "protocol", "HTTP", report):
        return
    if domain.get("certConfig", "certificateId") is None:
        report.refuse(domain.key_line("protocol"), "customDomain: HTTPS needs certConfig.certificateId")


def _check_dead_letters(settings: Node, report: Report) -> None:
    letters = settings.get("deadLetter")
    if letters is None:
        return
    kind = one_of(letters, "type", "", _DEAD_LETTERS, "CMQ-QUEUE or CMQ-TOPIC", report)
    name = text(letters, "name", "", report)
    if settled(kind, name) and bool(kind) != bool(name):
        report.refuse(letters.line, "deadLetter needs both type and name, or neither")


def _check_pair(settings: Node, key: str, names: tuple[str, str], report: Report) -> None:
    node = settings.get(key)
    if node is None:
        return
    values = [text(node, name, "", report) for name in names]
    if settled(*values) and bool(values[0]) != bool(values[1]):
        report.refuse(node.line, f"{key} needs both {names[0]} and {names[1]}, or neither")
