"""Subscription messages from our messages: which keywords each kind has (message_templates.json), and which page it opens."""

from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from pydantic import TypeAdapter

from common.domain.messages import Message, MessageKind
from common.lazy_model import LazyModel
from common.vendors.wechat.keywords import as_time, fitted
from common.vendors.wechat.settings import WeChatSettings

Values = dict[str, dict[str, str]]


class Template(LazyModel):
    """`keywords`: the console's name of each → the part of the message it shows: title, detail or at."""

    page: str
    keywords: dict[str, str]


@cache
def templates() -> dict[MessageKind, Template]:
    text = (Path(__file__).parent / "message_templates.json").read_text("utf-8")
    return TypeAdapter(dict[MessageKind, Template]).validate_json(text)


def template_id(kind: MessageKind, settings: WeChatSettings) -> str:
    ids = {
        "ready": settings.template_ready,
        "failed": settings.template_failed,
        "refunded": settings.template_refunded,
    }
    return ids[kind]


def page_of(message: Message, settings: WeChatSettings) -> str:
    """With the resume's id where the message is about one."""
    pages = {"resume": settings.page_ready, "orders": settings.page_orders}
    page = pages[templates()[message.kind].page]
    return f"{page}?{urlencode({'id': message.resume_id})}" if message.resume_id else page


def values_of(message: Message) -> Values:
    """Raises VendorRejected for what no shortening makes fit; nothing was sent then."""
    shown = {"title": message.title, "detail": message.detail or "", "at": as_time(message.created_at)}
    keywords = templates()[message.kind].keywords
    return {key: {"value": fitted(key, shown[part])} for key, part in keywords.items()}


def body_of(message: Message, settings: WeChatSettings) -> dict[str, object]:
    """What subscribeMessage.send takes."""
    return {
        "touser": message.openid,
        "template_id": template_id(message.kind, settings),
        "page": page_of(message, settings),
        "data": values_of(message),
        "miniprogram_state": settings.miniprogram_state,
        "lang": "zh_CN",
    }
