"""Rules of the whole bucket, lifecycle and CORS: checked as COS checks them, kept, and given back as they came."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from scripts.local_cloud.fakes.cos.errors import CosError

METHODS = {"GET", "PUT", "POST", "HEAD", "DELETE"}
MOST_RULES = {"cors": 100, "lifecycle": 1000}
MISSING = {"cors": "NoSuchCORSConfiguration", "lifecycle": "NoSuchLifecycleConfiguration"}


class BucketRules:
    """In memory only."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def read(self, kind: str) -> bytes:
        """The document as it was put. Raises NoSuch…Configuration."""
        if kind not in self._kept:
            raise CosError(MISSING[kind])
        return self._kept[kind]

    def replace(self, kind: str, document: bytes) -> None:
        """All rules of a kind at once. Raises MalformedXML, InvalidRequest."""
        try:
            root = fromstring(document)
        except ParseError as error:
            raise CosError("MalformedXML") from error
        rules = list(root)
        if not 1 <= len(rules) <= MOST_RULES[kind]:
            raise CosError("MalformedXML", f"There are {len(rules)} rules.")
        ids = [rule.findtext("ID") for rule in rules if rule.findtext("ID")]
        if len(set(ids)) < len(ids):
            raise CosError("InvalidRequest", "Rules must have different IDs.")
        for rule in rules:
            _CHECKS[kind](rule)
        self._kept[kind] = document

    def clear(self) -> None:
        self._kept.clear()

    def as_json(self) -> dict[str, Any]:
        return {kind: [_plain(rule) for rule in fromstring(document)] for kind, document in sorted(self._kept.items())}


def _check_cors(rule: Element) -> None:
    methods = {element.text for element in rule.findall("AllowedMethod")}
    if not methods or methods - METHODS or not rule.findall("AllowedOrigin"):
        raise CosError("MalformedXML", "A CORS rule needs origins and known methods.")


def _check_lifecycle(rule: Element) -> None:
    if rule.findtext("Status") not in ("Enabled", "Disabled") or rule.find("Filter") is None:
        raise CosError("MalformedXML", "A lifecycle rule needs a Filter and a Status.")
    days = [
        element.text or ""
        for element in rule.iter()
        if element.tag in ("Days", "DaysAfterInitiation", "NoncurrentDays")
    ]
    if not days or not all(text.isdecimal() and int(text) > 0 for text in days):
        raise CosError("MalformedXML", "A lifecycle rule needs something to do after whole days.")


_CHECKS: dict[str, Callable[[Element], None]] = {"cors": _check_cors, "lifecycle": _check_lifecycle}


def _plain(element: Element) -> Any:
    """Text, or a mapping to lists."""
    if not len(element):
        return element.text or ""
    plain: dict[str, list[Any]] = {}
    for child in element:
        plain.setdefault(child.tag, []).append(_plain(child))
    return plain
