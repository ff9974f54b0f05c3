"""School."""

import re

_CHINESE = re.compile(
    r"[\u4e00-\u9fffA-Za-z*·\. （）()]{0,24}?[\u4e00-\u9fffA-Za-z*·]\s?"
    r"(?:大学|大學|(?<![系专])学院|學院|职业技术学院|中学|学校|技校|党校|研究院|"
    r"在线教育)(?:[（(][^）)]{1,12}(?:校区|分校|保定|北京|武汉|徐州)[)）])?"
)
_ENGLISH = re.compile(
    r"(?:[A-Z][\w&.'’-]*\s+(?:of\s+)?){0,5}(?:University|UNIVERSITY|College|COLLEGE|Institute|"
    r"INSTITUTE|School|SCHOOL|Academy|Polytechnic)"
    r"(?:\s+(?:of|at|for|OF)(?:\s+(?:the\s+)?[A-Z][\w&.'’-]*)+(?:\s+and\s+[A-Z]\w+)?)?"
    r"|\bUC [A-Z]\w+|\b(?:MIT|UCLA|Caltech|ETH Z\w+|NYU|CMU|USTC|HKUST)\b"
)
_DEPARTMENT = re.compile(
    r"[\u4e00-\u9fffA-Za-z]{2,16}(?:学院|學院|系)|(?:College|School|Department|Faculty) of [A-Z][\w ,&]+"
)


def find_school(text: str) -> str | None:
    found = _CHINESE.search(text) or _ENGLISH.search(text)
    return found.group().strip(" ·.") if found else None


def find_department(text: str) -> str | None:
    """The faculty, once the school itself has been taken out of the text."""
    found = _DEPARTMENT.fullmatch(text.strip())
    return found.group() if found else None
