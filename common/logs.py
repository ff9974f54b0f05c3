"""One JSON line per fact an operator would act on: flat, allow-listed, on stdout, where the platform collects it.

A field that is not in FIELDS is dropped, and so is a value with an inside: a body, a token or a line of a resume cannot
slip into a log by accident.
"""

import hashlib
import json
import logging
import math
import sys
import traceback
from collections.abc import Mapping
from datetime import datetime, timezone

FIELDS = frozenset(
    """
    kind level function request_id origin trigger outcome status code duration_ms cold user method path
    stage revision resume_id order row message_id conversation_id share_id object_key attempts pages
    missing_characters problems count
    incident subject value incidents build
    vendor operation latency_ms vendor_code vendor_request_id input_tokens output_tokens cache_hit_tokens cost_microyuan
    mismatch contradiction store error where released delivered announced redelivered purged checked asked granted closed refunded
    told contradictions stuck open_orders waiting_messages renewed records messages erased exports_purged
    """.split()
)

LONGEST_TEXT = 500
MOST_ITEMS = 50

_NOISY = ("httpx", "httpcore", "qcloud_cos", "urllib3", "alembic", "xhtml2pdf", "fontTools", "PIL")
_QUIET = ((logging.getLogger(), logging.WARNING), *((logging.getLogger(name), logging.ERROR) for name in _NOISY))


def write(kind: str, fields: Mapping[str, object]) -> None:
    """Print one line and when; unknown fields and empty values are left out. Never raises for what is in a field."""
    kept = {name: _plain(value) for name, value in fields.items() if name in FIELDS and value is not None}
    moment = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
    line = json.dumps({"ts": moment, **kept, "kind": kind}, ensure_ascii=False)
    sys.stdout.write(line.encode("utf-8", "replace").decode() + "\n")
    sys.stdout.flush()


def _plain(value: object) -> object:
    """Numbers and short texts, or a few of them. Of anything else only the type: its text could hold anything."""
    if isinstance(value, (list, tuple)):
        return [str(_plain_item(item)) for item in value[:MOST_ITEMS]]
    return _plain_item(value)


def _plain_item(value: object) -> object:
    if isinstance(value, str):
        return value[:LONGEST_TEXT]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if isinstance(value, (bool, int, float)) else type(value).__name__


def quiet_libraries() -> None:
    """The platform sets the root logger to DEBUG, and some libraries then print URLs with their tokens."""
    for logger, level in _QUIET:
        if logger.level != level:  # setting it makes every logger of the process forget what it knows
            logger.setLevel(level)


def pseudonym(user_id: str) -> str:
    """Tells two users apart in a log without naming them."""
    return hashlib.sha256(user_id.encode()).hexdigest()[:12]


def where(error: BaseException) -> str:
    """The call path of an error as file:line, without its message: messages can hold what users wrote."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    return " > ".join(f"{'/'.join(frame.filename.split('/')[-2:])}:{frame.lineno}" for frame in frames)
