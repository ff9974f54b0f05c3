"""Identifiers of people in free text, made unreadable for strangers: stricter than what a model may not see.

A shared page is read by anybody, so what merely may be a number to reach somebody goes too.
"""

import re

from common.domain.optimising.masking import without_identifiers

HIDDEN = "***"

#: Full-width digits, letters and signs say the same as the narrow ones.
_NARROW = {wide: wide - 0xFEE0 for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))} | {
    ord("＠"): ord("@"),
    ord("．"): ord("."),
    ord("＋"): ord("+"),
}

_YEAR = r"(?:19[3-9]\d|20[01]\d)"
_PATTERNS = (
    r"(?:https?://|www\.)[^\s，。；、）)】\]]+",
    r"\+\d{1,3}[\s.-]?\(?\d[\d\s().-]{5,}\d",
    r"(?<![\d.])1[3-9][\d\s.-]{9,13}\d(?!\d)",
    r"(?<!\d)\d{15,19}[Xx]?(?!\d)",
    r"(?<=[Qq]{2})[\s号:：]*\d{5,11}",
    r"(?:微信|[Ww]e[Cc]hat|VX|vx|[Vv]信|薇信)[\s号:：]*(?:id|ID)?[\s:：]*[A-Za-z0-9][\w-]{4,19}",
    r"(?:出生(?:日期|年月)?|生日|出生于|生于)[\s:：]*" + _YEAR + r"[\s年./-]*(?:\d{1,2}[\s月./-]*)?(?:\d{1,2}日?)?",
    _YEAR + r"年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:出?生)(?!产|效|成|活|态|命|物)",
    r"(?:年龄[\s:：]*)?(?<!\d)[1-6]\d\s?(?:周?岁)",
)
_MORE = re.compile("|".join(_PATTERNS))


def concealed(text: str, *, name: str | None, shown_name: str) -> str:
    """`text` without telephone numbers, addresses, links, accounts, identity numbers and birthdays; the name as it is shown."""
    narrow = text.translate(_NARROW)
    plain = _MORE.sub(HIDDEN, without_identifiers(narrow, put=HIDDEN))
    if plain == narrow:
        plain = text  # nothing to hide: the writing stays as it was
    if name and len(name) > 1 and name != shown_name:
        plain = plain.replace(name, shown_name)
    return plain
