"""Degree, as printed but without its trimmings: 在读硕士研究生 → 硕士, 全日制本科 → 本科, B.S. in … → B.S."""

import re

_DEGREE = re.compile(
    r"博士后|博士|硕士|碩士|研究生|本科|学士|學士|大专|专科|高职|中专|高中|MBA|EMBA"
    r"|\b(?:Ph\.?\s?D\.?|Doctor(?:ate)? of [A-Z]\w+|Doctor(?:ate)?)(?!\w)"
    r"|\b(?:Master|Bachelor|Associate)(?:['’]?s)?"
    r"(?: of (?:Arts|Sciences?|Engineering|Business Administration|Technology|Laws?|Fine Arts|Education|[A-Z]\w+))?"
    r"(?: Degree)?"
    r"|\b(?:M\.?B\.?A|M\.?S\.?c|B\.?S\.?c|M\.?S|B\.?S|B\.?A|M\.?A|M\.?Eng|B\.?Eng|M\.?Phil|B\.?Tech|M\.?Tech"
    r"|MENG|BENG)\b\.?",
)
_AROUND = (
    r"(?:在读|在讀|全日制|统招|非全日制|工学|理学|文学|管理学|经济学|法学|"
    r"双)*\s*{degree}\s*(?:研究生|学位|學位|学历|毕业生|毕业|生)*(?:\s+(?:in|of)\b)?"
)


def find_degree(text: str) -> str | None:
    found = _DEGREE.search(text)
    return found.group().strip() if found else None


def without_degree(text: str, degree: str) -> str:
    """The text left when the degree and the words that only serve it are gone."""
    return re.sub(_AROUND.format(degree=re.escape(degree)), "    ", text, count=1)
