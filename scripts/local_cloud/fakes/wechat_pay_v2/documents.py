"""The XML that v2 speaks: a flat list of texts, which it writes as CDATA."""

from __future__ import annotations

from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from scripts.local_cloud.fakes.wechat_pay_v2.errors import NotUnderstood

MALFORMED = "XML格式错误"


def parse(body: bytes) -> dict[str, str]:
    """Raises NotUnderstood for anything but one level of elements in UTF-8."""
    if not body.strip():
        raise NotUnderstood("post数据为空")
    try:
        root = fromstring(body.decode("utf-8"), forbid_dtd=True)
    except UnicodeDecodeError:
        raise NotUnderstood("编码格式错误，请使用UTF-8编码格式") from None
    except (ParseError, DefusedXmlException, ValueError):
        raise NotUnderstood(MALFORMED) from None
    if root.tag != "xml" or any(len(child) for child in root):
        raise NotUnderstood(MALFORMED)
    return {child.tag: child.text or "" for child in root}


def render(fields: dict[str, str], root: str = "xml") -> bytes:
    inner = "\n".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in fields.items())
    return f"<{root}>{inner}</{root}>".encode()


def is_receipt(body: str) -> bool:
    """What stops a notification: XML with SUCCESS and OK, and nothing around it."""
    try:
        fields = parse(body.encode())
    except NotUnderstood:
        return False
    return (fields.get("return_code"), fields.get("return_msg")) == ("SUCCESS", "OK")
