"""性别, 出生年月, 籍贯, 民族, 政治面貌 …: kept by their printed label; the present home is basics.location."""

import re
from collections.abc import Sequence

from common.domain.parsing.pieces import pieces
from common.domain.parsing.rows import Row
from common.domain.resume.model import Location

_PERSONAL = ("gender", "age", "birth", "origin", "ethnicity", "party", "marriage", "body", "experience_years")
_UNLABELLED = (
    ("gender", "性别", re.compile(r"[男女]性?")),
    ("age", "年龄", re.compile(r"\d{2}\s?岁")),
    ("party", "政治面貌", re.compile(r"(?:中共)?(?:预备)?党员|共青团员|团员|群众")),
    ("experience_years", "工作年限", re.compile(r"[\d一二三四五六七八九十]{1,3}年(?:以上)?(?:工作|开发)?经验")),
)
_LONGEST_VALUE = 30


def find_personal(pairs: Sequence[tuple[str, str, str, Row]], head: Sequence[Row]) -> dict[str, str]:
    """By the printed label; what needs no label ("男 | 22岁 | 中共党员") under its usual one."""
    found = {label: value for name, label, value, _ in pairs if name in _PERSONAL and len(value) <= _LONGEST_VALUE}
    named = {name for name, *_ in pairs}
    for part in (part for row in head for part in pieces(row.plain)):
        for name, label, pattern in _UNLABELLED:
            if name not in named and pattern.fullmatch(part):
                found.setdefault(label, part)
    return found


def find_home(pairs: Sequence[tuple[str, str, str, Row]]) -> Location | None:
    value = next((value for name, _, value, _ in pairs if name == "home"), None)
    if value is None:
        return None
    return Location(address=value) if len(value) > 8 else Location(city=value)
