"""One JSON line per fact an operator would act on: flat, allow-listed, on stdout, where the platform collects it.

A field that is not in FIELDS is dropped, so a body, a token or a line of a resume cannot slip into a log by accident.
"""

import hashlib
import json
import logging
import sys
import traceback
from collections.abc import Mapping

FIELDS = frozenset(
    """
    kind level function request_id trigger outcome status code duration_ms cold user method path
    stage revision resume_id order message_id attempts pages missing_characters problems count
    vendor operation latency_ms vendor_code vendor_request_id input_tokens output_tokens cached_tokens
    error where released delivered redelivered asked granted closed stuck open_orders waiting_messages
    """.split()
)

_NOISY = ("httpx", "httpcore", "qcloud_cos", "urllib3", "alembic", "xhtml2pdf", "fontTools", "PIL")


def write(kind: str, fields: Mapping[str, object]) -> None:
    """Print one line; unknown fields and empty values are left out."""
    kept = {name: value for name, value in fields.items() if name in FIELDS and value is not None}
    sys.stdout.write(json.dumps({"kind": kind, **kept}, ensure_ascii=False, default=str) + "\n")
    sys.stdout.flush()


def quiet_libraries() -> None:
    """The platform sets the root logger to DEBUG, and some libraries then print URLs with their tokens."""
    logging.getLogger().setLevel(logging.WARNING)
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.ERROR)


def pseudonym(user_id: str) -> str:
    """Tells two users apart in a log without naming them."""
    return hashlib.sha256(user_id.encode()).hexdigest()[:12]


def where(error: BaseException) -> str:
    """The call path of an error as file:line, without its message: messages can hold what users wrote."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    return " > ".join(
        f"{frame.filename.rsplit('/', 2)[-2]}/{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in frames
    )
