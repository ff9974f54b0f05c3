"""性别, 出生年月, 籍贯, 民族, 政治面貌 …: kept by their printed label; the present home is basics.location."""

import re
from collections.abc import Sequence

from common.domain.parsing.pieces import close_letter_spacing, label_name, pieces
from common.domain.parsing.rows import Row
from common.domain.resume.model import Location

_PERSONAL = (
    "gender", "age", "birth", "origin", "ethnicity", "party", "marriage", "body", "experience_years", "identity", "more",
)  # fmt: skip
_UNLABELLED = (
    ("gender", "性别", re.compile(r"[男女]性?")),
    ("age", "年龄", re.compile(r"\d{2}\s?[岁歲]")),
    ("birth", "出生年月", re.compile(r"(?:19|20)\d{2}\s?(?:年|[./-])\s?\d{1,2}\s?月?(?:\d{1,2}日)?(?:出?生)?")),
    ("ethnicity", "民族", re.compile(r"(?:汉|回|满|蒙古|壮|苗|维吾尔|土家|彝|藏|朝鲜)族")),
    ("party", "政治面貌", re.compile(r"(?:中共)?(?:预备)?党员|共青团员|团员|群众")),
    ("marriage", "婚姻状况", re.compile(r"未婚|已婚|已婚已育|已婚未育")),
    ("body", "身高", re.compile(r"1\d{2}\s?(?:cm|CM|厘米)")),
    (
        "experience_years",
        "工作年限",
        re.compile(r"[\d一二三四五六七八九十]{1,3}年(?:以上)?(?:相关)?(?:工作|开发)?(?:经验|經驗)"),
    ),
)
_LONGEST_VALUE = 30
_LONGEST_LABEL = 8
_LONGEST_CITY = 8


def find_personal(
    pairs: Sequence[tuple[str, str, str, Row]], head: Sequence[Row], personal: Sequence[Row]
) -> dict[str, str]:
    """By the printed label; what needs no label ("男 | 22岁 | 中共党员") under its usual one.

    `head` are the rows where that may stand; in `personal`, a section of its own, a label that nobody knows is kept too.
    """
    found = {label: value for name, label, value, _ in pairs if name in _PERSONAL and len(value) <= _LONGEST_VALUE}
    named = {name for name, *_ in pairs}
    for part in (part for row in head if len(row.text) <= 160 for part in pieces(row.plain)):
        for name, label, pattern in _UNLABELLED:
            if name not in named and pattern.fullmatch(part):
                found.setdefault(label, part)
    for row in personal:
        for part in re.split(r"\s{2,}|\s*[|｜]\s*", close_letter_spacing(row.plain)):
            label, colon, value = part.replace("：", ":").partition(":")
            if (
                colon
                and 0 < len(label) <= _LONGEST_LABEL
                and 0 < len(value.strip()) <= _LONGEST_VALUE
                and not label_name(label)
            ):
                found.setdefault(label.strip(), value.strip())
    return found


def find_home(pairs: Sequence[tuple[str, str, str, Row]]) -> Location | None:
    value = next((value for name, _, value, _ in pairs if name == "home"), None)
    if value is None:
        return None
    return Location(address=value) if len(value) > _LONGEST_CITY else Location(city=value)
