"""Names of WordprocessingML and its neighbours as expat reports them, transitional and strict.

Reading is twice as fast without expat's namespaces, and nearly every file uses the prefixes of the specification: there the
names come as they are written, "w:p". A file with other prefixes is read with namespaces, as "http://…/main p".
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

Named = TypeVar("Named")

_OOXML = "http://schemas.openxmlformats.org"
_STRICT = "http://purl.oclc.org/ooxml"
_MICROSOFT = "http://schemas.microsoft.com/office/word/2010"
WORD = f"{_OOXML}/wordprocessingml/2006/main"
_NAMESPACES = {
    "w": (WORD, f"{_STRICT}/wordprocessingml/main"),
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


_PREFIXES = {namespace: prefix for prefix, namespaces in _NAMESPACES.items() for namespace in namespaces}
_DECLARATION = re.compile(rb"""\sxmlns(?::([\w.-]+))?\s*=\s*["']([^"']*)["']""")


def by_full_name(table: Mapping[str, Named]) -> dict[str, Named]:
    """{"w:p w:r": x} → {"w:p": x, "http://…/main p": x, …}: a key may list several names, each is known in both forms."""
    return {
        name: value
        for names, value in table.items()
        for prefix, _, local in (name.partition(":") for name in names.split())
        for name in (f"{prefix}:{local}", *(f"{namespace} {local}" for namespace in _NAMESPACES[prefix]))
    }


def has_usual_prefixes(beginning: bytes) -> bool:
    """Does the root element of a part bind the specification's prefixes, and nothing else to them?"""
    return _binds_usual_prefixes(beginning[: beginning.find(b">", beginning.find(b"xmlns"))])


@lru_cache(maxsize=64)
def _binds_usual_prefixes(root: bytes) -> bool:
    """The parts of one program begin alike."""
    declared = {
        (prefix.decode("ascii", "replace"), namespace.decode("ascii", "replace"))
        for prefix, namespace in _DECLARATION.findall(root)
    }
    return (
        bool(declared)
        and all(_PREFIXES.get(namespace, prefix) == prefix for prefix, namespace in declared)
        and all(namespace in _NAMESPACES.get(prefix, (namespace,)) for prefix, namespace in declared)
    )


def attribute(attributes: Mapping[str, str], local: str, default: str = "") -> str:
    """By local name: the same attribute stands with and without its namespace, and in two of them."""
    usual = attributes.get("w:" + local)
    if usual is not None:
        return usual
    for key, value in attributes.items():
        if key.endswith(local) and (len(key) == len(local) or key[-len(local) - 1] in ": "):
            return value
    return default


def is_on(attributes: Mapping[str, str]) -> bool:
    """A toggle such as w:b or w:vanish is on unless its w:val says otherwise (ECMA-376 part 1, 17.17.4)."""
    return attribute(attributes, "val", "1").lower() not in ("0", "false", "off", "none")
