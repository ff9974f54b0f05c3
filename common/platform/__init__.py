"""Tencent Cloud SCF itself: events in, responses out, errors translated. Functions import everything from here."""

from common.platform import cold_start  # noqa: F401  # isort: skip  # first: it is about what follows
from common.platform import push_receipts, receipts
from common.platform.events.cos import CosRecord
from common.platform.events.http import HttpRequest
from common.platform.events.timer import TimerEvent
from common.platform.handlers import cos_handler, either_handler, http_handler, invoke_handler, timer_handler
from common.platform.responses import Response
from common.platform.router import Routes
from common.wiring import App

__all__ = [
    "App",
    "CosRecord",
    "HttpRequest",
    "Response",
    "Routes",
    "TimerEvent",
    "cos_handler",
    "either_handler",
    "http_handler",
    "invoke_handler",
    "push_receipts",
    "receipts",
    "timer_handler",
]
