"""The flat XML of WeChat Pay v2, read as if an enemy had written it.

Source: pay.weixin.qq.com, 最佳安全实践 (XXE advisory of 2018). One level of elements with text; anything else is none of ours.
"""

import re
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.sax.saxutils import escape

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

#: Real documents have one or two thousand.
LARGEST_BYTES = 64 * 1024

_NAME = re.compile(r"[A-Za-z0-9_]{1,64}")


class NotFlat(ValueError):
    """Not a document of the vendor's; the text says what is wrong with it and quotes nothing."""


def read(body: bytes, *, root: str = "xml") -> dict[str, str]:
    """Fields by name, text exactly as it stands. Raises NotFlat.

    UTF-8 only, whatever the declaration says. No DTD, entities or external references; no attributes, no second level, no
    text between fields, no field twice: a reader that takes the first of two and one that takes the last see two documents.
    """
    if len(body) > LARGEST_BYTES:
        raise NotFlat("size")
    try:
        top = fromstring(body.decode(), forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except UnicodeDecodeError:
        raise NotFlat("not UTF-8") from None
    except DefusedXmlException:
        raise NotFlat("declares a document type or entities") from None
    except (ParseError, ValueError):
        raise NotFlat("not XML") from None
    if top.tag != root or top.attrib:
        raise NotFlat("another root")
    return _fields(top)


def _fields(top: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    if (top.text or "").strip():
        raise NotFlat("text between the fields")
    for field in top:
        if not _NAME.fullmatch(field.tag) or field.attrib:
            raise NotFlat("odd name")
        if len(field) or (field.tail or "").strip():
            raise NotFlat("nested")
        if field.tag in found:
            raise NotFlat("field twice")
        found[field.tag] = field.text or ""
    return found


def write(fields: Mapping[str, str]) -> bytes:
    """Escaped text, never CDATA: that ends early in a value with ]]>."""
    inner = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in fields.items())
    return f"<xml>{inner}</xml>".encode()
