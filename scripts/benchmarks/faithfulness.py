"""Did the parser invent or lose anything? The two figures that matter more to a user than F1.

Invented: a printed value that does not occur in the document. Lost: words of a source line that occur nowhere in the result,
`meta.x_cn.unplaced` included. Everything is compared as letters, digits and Han alone.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scripts.benchmarks.scoring import fold

#: Values the parser states in its own words; for the dates among them the raw text beside them is judged instead.
OWN_WORDS = frozenset(
    "startDate endDate date releaseDate network kind current unit countryCode image ratio bg mode degree_level".split()
)
#: What a structured field says by being that field: labels, and the words that tie a date or a degree into a sentence.
_SAID_BY_THE_FIELD = re.compile(
    "姓名|性别|年龄|民族|籍贯|出生年月|出生日期|政治面貌|婚姻状况|联系电话|联系方式|手机号码|手机|电话|电子邮箱|邮箱|邮件|微信号?|个人主页|博客|"
    "现居地|现居城市|现住地址|所在地|住址|地址|求职意向|求职目标|应聘岗位|意向岗位|期望职位|期望城市|意向城市|期望薪资|到岗时间|工作年限|"
    "学历|学位|学校|院校|专业|主修课程|主修|课程|工作单位|公司|单位|职位|职务|岗位|部门|项目名称|项目角色|担任角色|项目|角色|时间|起止时间|"
    "成绩|绩点|平均分|排名|预计|取得|获得|毕业于?|年|月|至今|研究生|github|linkedin|email|phone|mobile|tel|gpa|degree|major|expected|the|and|of|in|at"
)
_FURNITURE = re.compile(r"第?\d+页?(?:共\d+页)?|page\d+(?:of\d+)?|\d+of\d+")
_SPLIT = re.compile(r"[^\w%+#.&/@\-']+|[_|/]+|\s+")


def invented(resume: Mapping[str, Any], lines: Sequence[str]) -> list[str]:
    """Printed values that are not in `lines`; a value of several lines counts by its lines, a masked one by its parts."""
    document = fold(" ".join(lines))
    printed = {key: value for key, value in resume.items() if key != "meta"}
    return [text for text in _values(printed) if not all(part in document for part in _parts(text))]


def lost(resume: Mapping[str, Any], lines: Sequence[str]) -> list[str]:
    """Lines with a word that the result does not hold. Labels ("电话：") and page numbers may go."""
    held = [fold(text) for text in _strings(resume)]
    haystack = "\n".join(held)
    longest_first = sorted({text for text in held if len(text) >= 2}, key=len, reverse=True)
    return [line for line in lines if not _is_held(line, haystack, longest_first)]


def _parts(text: str) -> list[str]:
    return [folded for part in re.split(r"\n|\s{2,}|\*+", text) if (folded := fold(re.sub(r"^\s*https?://", "", part)))]


def _is_held(line: str, haystack: str, values: Sequence[str]) -> bool:
    if fold(line) in haystack or _FURNITURE.fullmatch(fold(line)):
        return True
    plain = re.sub(r"^\W*(?:\(?\d{1,2}[.、)）])?", "", line)
    without_labels = re.sub(
        r"(?:^|(?<=\s))(?:[^\s:：|]{1,8}(?:\s[^\s:：|]{1,3})?|\"?[A-Za-z_ ]{1,24}\"?)\s*[:：]", " ", plain
    )
    return all(_is_word_held(fold(word), haystack, values) for word in _SPLIT.split(without_labels))


def _is_word_held(word: str, haystack: str, values: Sequence[str]) -> bool:
    if len(word) < 2 or word in haystack:
        return True
    for value in values:
        word = word.replace(value, " ")
    return all(len(rest) < 2 or rest in haystack for rest in _SAID_BY_THE_FIELD.sub(" ", word).split())


def _values(value: Any, key: str = "") -> Iterator[str]:
    """Strings that state something of the document."""
    if isinstance(value, str):
        if key not in OWN_WORDS:
            yield value
    else:
        for name, item in _members(value):
            yield from _values(item, name if isinstance(value, dict) else key)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        for name, item in _members(value):
            yield name
            yield from _strings(item)


def _members(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from (("", item) for item in value)
