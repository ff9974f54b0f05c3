"""The values of the subscription message "简历已生成", cut to what WeChat accepts.

Source: limits by keyword prefix in subscribeMessage.send: thing up to 20 characters, time in 24-hour form; no control
characters, nothing empty.
"""

import re
from datetime import datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))
THING_CHARACTERS = 20
FALLBACK_TITLE = "我的简历"

_BLANKS = re.compile(r"[\s\x00-\x1f\x7f\u2028\u2029]+")


def ready_values(*, title: str, at: datetime) -> dict[str, dict[str, str]]:
    """thing1 = which resume, time2 = when it was finished, Beijing time."""
    return {"thing1": {"value": as_thing(title)}, "time2": {"value": as_time(at)}}


def as_thing(text: str) -> str:
    """At most 20 code points, the last one "…" when something was cut."""
    plain = _BLANKS.sub(" ", text).strip() or FALLBACK_TITLE
    return plain if len(plain) <= THING_CHARACTERS else plain[: THING_CHARACTERS - 1] + "…"


def as_time(moment: datetime) -> str:
    return moment.astimezone(BEIJING).strftime("%Y年%m月%d日 %H:%M")
