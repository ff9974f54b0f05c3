"""Names of WordprocessingML and its neighbours as expat reports them: "namespace local", transitional and strict."""

from collections.abc import Mapping
from typing import TypeVar

Named = TypeVar("Named")

_OOXML = "http://schemas.openxmlformats.org"
_STRICT = "http://purl.oclc.org/ooxml"
_MICROSOFT = "http://schemas.microsoft.com/office/word/2010"
_NAMESPACES = {
    "w": (f"{_OOXML}/wordprocessingml/2006/main", f"{_STRICT}/wordprocessingml/main"),
    "wp": (f"{_OOXML}/drawingml/2006/wordprocessingDrawing", f"{_STRICT}/drawingml/wordprocessingDrawing"),
    "a": (f"{_OOXML}/drawingml/2006/main", f"{_STRICT}/drawingml/main"),
    "pic": (f"{_OOXML}/drawingml/2006/picture", f"{_STRICT}/drawingml/picture"),
    "dgm": (f"{_OOXML}/drawingml/2006/diagram", f"{_STRICT}/drawingml/diagram"),
    "m": (f"{_OOXML}/officeDocument/2006/math", f"{_STRICT}/officeDocument/math"),
    "mc": (f"{_OOXML}/markup-compatibility/2006",),
    "wps": (f"{_MICROSOFT}/wordprocessingShape",),
    "wpg": (f"{_MICROSOFT}/wordprocessingGroup",),
    "v": ("urn:schemas-microsoft-com:vml",),
}


def by_full_name(table: Mapping[str, Named]) -> dict[str, Named]:
    """{"w:p w:r": x} → {"http://…/main p": x, …}: a key may list several names, each in every namespace its prefix means."""
    return {
        f"{namespace} {local}": value
        for names, value in table.items()
        for prefix, _, local in (name.partition(":") for name in names.split())
        for namespace in _NAMESPACES[prefix]
    }


def attribute(attributes: Mapping[str, str], local: str, default: str = "") -> str:
    """By local name: the same attribute stands with and without its namespace, and in two of them."""
    for key, value in attributes.items():
        if key.rpartition(" ")[2] == local:
            return value
    return default


def is_on(attributes: Mapping[str, str]) -> bool:
    """A toggle such as w:b or w:vanish is on unless its w:val says otherwise (ECMA-376 part 1, 17.17.4)."""
    return attribute(attributes, "val", "1").lower() not in ("0", "false", "off", "none")
