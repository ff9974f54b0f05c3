"""Grade average and rank of an education entry."""

import re

_SCORE = re.compile(
    r"(?:(?:Cum(?:ulative)?\.?|Major|Overall)\s+)?(?:GPA|绩点|平均绩点|成绩|均分|平均分|"
    r"平均成绩)\s*[:：]?\s*(?P<a>\d{1,3}(?:\.\d+)?\s*(?:/\s*\d{1,3}(?:\.\d+)?)?)"
    r"|(?<![\d.])(?P<b>\d(?:\.\d+)?(?:\s*/\s*\d(?:\.\d+)?)?)\s+GPA|[（(](?P<c>\d\.\d+\s*/\s*\d(?:\.\d+)?)[)）]",
    re.IGNORECASE,
)
_RANK = re.compile(
    r"(?:(?:专业|班级|年级|成绩|综合|院系)*(?:排名|排序)|"
    r"Rank)\s*[:：]?\s*(第[一二三四五六七八九十\d]+|\d+\s*/\s*\d+|前\s*\d+(?:\.\d+)?\s*[%％]?|"
    r"(?:top\s*)?\d+(?:\.\d+)?\s*[%％]|x/x+)",
    re.IGNORECASE,
)


def find_score(text: str) -> str | None:
    found = _SCORE.search(text)
    return next((value.strip() for value in found.groups() if value), None) if found else None


def find_rank(text: str) -> str | None:
    found = _RANK.search(text)
    return found[1].strip() if found else None


def without_score(text: str) -> str:
    return _RANK.sub("    ", _SCORE.sub("    ", text))
