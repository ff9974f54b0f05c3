"""School: found inside a piece by what schools are called, or chosen among the pieces when it has no such word."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from common.domain.parsing.features import Feature, FieldTable
from common.domain.parsing.fields.field_words import holds_field_of_study
from common.domain.parsing.fields.places import CITY

if TYPE_CHECKING:
    from common.domain.parsing.fields.piece import Piece

_CHINESE = re.compile(
    r"[\u4e00-\u9fffA-Za-z*×·\. （）()]{0,24}?[\u4e00-\u9fffA-Za-z*×·]\s?"
    r"(?:大学(?!生(?![命物态医化]))|大學(?!生(?![命物態醫化]))|(?<![系专])学院(?!大学|.{0,6}大学|奖|[\u4e00-\u9fff]{2,12}研究所)|學院(?!大學)|职业技术学院|[高初]级?中学?(?!生|等)|中学|中學|学校|學校|技校|党校|卫校|师专|"
    r"(?:研究生|科学)院(?!大学)|研究院|研究所|在线教育)"
    rf"(?:[（(](?:[^）)]{{1,12}}(?:校区|分校)|{CITY}|保定|威海|华东|徐州)[)）]|[\u4e00-\u9fff]{{0,5}}(?:校区|分校|研究生院)"
    r"|附属[\u4e00-\u9fff]{0,6}中学|附中)?"
)
_ENGLISH = re.compile(
    r"(?:[A-ZÀ-Ý][\w&.'’À-ÿ-]*\s+(?:(?:of|and|&)\s+)?){0,6}(?:University|UNIVERSITY|Universität|Université|Universidad|Univ\.|College|COLLEGE|Institute|"
    r"INSTITUTE|School|SCHOOL|Academy|ACADEMY|Polytechnic|Conservatory)"
    r"(?:\s+(?:of|at|for|OF|AT)(?:\s+(?:the\s+)?[A-Z][\w&.'’-]*){1,6}(?:\s+(?:and|&)\s+[A-Z]\w+)?){0,2}(?:,\s(?:Berkeley|"
    r"Los Angeles|San Diego|Irvine|Davis|Santa Barbara|Urbana-Champaign|Madison|Austin|Dallas|Ann Arbor|Twin Cities|"
    r"Amherst|College Park|Chapel Hill))?"
    r"|\bUC [A-Z]\w+|\b(?:MIT|UCLA|Caltech|ETH Z\w+|NYU|CMU|USTC|HKUST|HKU|CUHK|NUS|NTU|UCL|KAIST|EPFL|UIUC|USC|LSE)\b"
)
_SHORT = frozenset(
    "清华 北大 复旦 上交 上海交大 西安交大 西交 浙大 南大 中科大 哈工大 人大 北航 北理工 武大 华科 华中科大 中大 同济 厦大 "
    "川大 山大 吉大 南开 天大 东南 北师大 华师大 "
    "西工大 中南 湖大 重大 兰大 东北大学 大工 华工 华农 北邮 西电 成电 电子科大 南航 南理工 北交 北科 上大 苏大 深大 暨大 "
    "国科大 中农 央美 国美 港大 港中文 港科大 台大 清大 政大 成大".split()
)
_LEAD = re.compile(r"^(?:就读于|毕业于|考入|曾就读于|于|本科|硕士|博士|院校|学校)[:：\s]*")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@lru_cache(maxsize=1024)
def find_school(text: str) -> str | None:
    """The school inside the text, without what surrounds it."""
    text = text[:160]
    found = (_CHINESE.search(text) if _HAN.search(text) else None) or _ENGLISH.search(text)
    if found:
        return _LEAD.sub("", found.group().strip(" ·.-—（(")).strip(" ·.") or None
    return text if text in _SHORT else None


_DEPARTMENT = re.compile(
    r"[\u4e00-\u9fffA-Za-z]{2,16}(?:学院|學院|系|学部|書院|书院)|(?:College|School|Department|Faculty|Dept\.?) of [A-Z][\w ,&]+"
)
_GLUED_DEPARTMENT = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,14}(?:学院|學院)(?=[\u4e00-\u9fffA-Z])")


def find_department(text: str) -> str | None:
    """The faculty, once the school itself has been taken out of the text: whole, or glued before the field of study."""
    found = _DEPARTMENT.fullmatch(text.strip()) or _GLUED_DEPARTMENT.match(text.strip())
    return found.group() if found else None


SCHOOL: FieldTable[Piece] = FieldTable(
    threshold=0.4,
    features=(
        Feature(
            "word of a school",
            0.9,
            lambda p: find_school(p.text) is not None,
            "the employer of a student job in the same section",
        ),
        Feature("usual short name", 0.8, lambda p: p.text in _SHORT, "a field of study of two characters (会计)"),
        Feature("first piece", 0.3, lambda p: p.place == 0, "the field of study, which mostly follows"),
        Feature("abbreviation", 0.25, lambda p: bool(re.fullmatch(r"[A-Z]{3,6}", p.text)), "notes behind the degree"),
        Feature("name in capitals", 0.2, lambda p: p.text[:1].isupper(), "notes in lower case"),
        Feature(
            "field of study",
            -0.5,
            lambda p: holds_field_of_study(p.text),
            "Computer Science with the school on the next line",
        ),
        Feature("place", -0.9, lambda p: p.is_place, "the city beside the school"),
        Feature("sentence", -0.6, lambda p: p.is_sentence or p.width > 60, "a line of courses or honours"),
        Feature("digits", -0.4, lambda p: bool(re.search(r"\d", p.text)), "GPA 3.8, 班级第 3"),
    ),
)
