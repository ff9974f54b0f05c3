"""Skills: one group per line or clause, with its level (熟悉 / 掌握 / 精通) and its keywords."""

import re
from collections.abc import Sequence
from itertools import pairwise

from common.domain.parsing.pieces import label_name
from common.domain.parsing.rows import Row, paragraphs
from common.domain.resume.model import EntryExtension, Skill
from common.domain.resume.sections import simplified
from common.domain.resume.text import han_count

_LEVEL = (
    r"(?:非常)?(?:熟练掌握|熟练使用|熟练运用|熟练应用|熟练|精通|熟悉并掌握|熟悉|掌握|了解|会使用|"
    r"能够使用|擅长|具备|专家|高级|中级|初级|一般|Proficient in|Proficient|Expert|Advanced|"
    r"Intermediate|Familiar with|Familiar|Beginner)"
)
_LEADING_LEVEL = re.compile(rf"^({_LEVEL})\s*[:：]?\s*(.*)$", re.IGNORECASE | re.DOTALL)
_LEVEL_ONLY = re.compile(rf"{_LEVEL}(?:水平)?", re.IGNORECASE)
_CLAUSE = re.compile(rf"[，,；;。]\s*(?={_LEVEL})")
_GROUP = re.compile(r"^([^:：,，、。]{1,28}?)\s*[:：]\s*(.*)$", re.DOTALL)
_LISTED_GROUP = re.compile(r"^([\u4e00-\u9fff、和与及/]{3,24})\s*[:：]\s*(?=[A-Za-z])(.*)$", re.DOTALL)
_ENGLISH_GROUP = re.compile(
    r"(?:[A-Z][\w/&-]* ){0,3}(?:Languages?|Frameworks?|Databases?|Tools?|Platforms?|Technolog(?:y|ies)|Systems?|Librar(?:y|ies)|"
    r"Others?|Software|Skills?|Servers?|Methodolog(?:y|ies)|Concepts|IDEs?|Cloud|DevOps|Frontend|Backend|Testing|"
    r"Design)(?: Known| Used)?"
)
_KEYWORD_LABEL = re.compile(r"\s*(?:关键字|關鍵字|关键词|Keywords)\s*[:：]\s*", re.IGNORECASE)
_SPLIT = re.compile(
    r"[、，,；;|≫•·]|\s{2,}|\s+/\s+|(?<=[\u4e00-\u9fff])/|\s+(?:==|>|≈|≫)\s+|。|"
    r"(?<=[A-Za-z+#\d])\s*(?:和|及|与|以及)\s*(?=[A-Za-z])|(?<=[A-Za-z+#.\d]{3})/(?=[A-Za-z][A-Za-z+#.\d]{2})"
)
_NOTE = re.compile(
    r"[（(]?\d+\s*(?:个月|月|年|years?|months?|yrs?)(?:以上|\+)?(?:经验)?[)）]?|[\W_]+|x{2,}", re.IGNORECASE
)  # 36个月, ●●●○
_NEXT_GROUP = re.compile(
    r"(?<=\S)\s{2,}(?!(?:关键字|關鍵字|关键词|Keywords)\s*[:：])(?=[A-Z\u4e00-\u9fff][^:：、,，\s]{1,20}[:：]\s*\S)"
)
_AMOUNT = re.compile(
    r"(?:超过|高于|低于|大于|小于|约|Over |More than )?\s*[\d\s\-–~+]+(?:行|lines)(?:以上|以下)?(?: of code)?", re.I
)
_INTRODUCTION = re.compile(r"(?:以下|下列|如下).{2,30}")
_AND_MORE = re.compile(
    r"(?<=[A-Za-z\d+#)）\s])\s*等(?:[\u4e00-\u9fff]{0,16}(?:软件|工具|框架|技术|语言|系统|平台|操作|库|组件|中间件))?$"
    r"|(?<=[\u4e00-\u9fff])等(?:等)?$"
)
_TOOL = re.compile(r"[A-Za-z][A-Za-z\d+#]*(?:[.\-][A-Za-z\d]+)*(?: (?:[A-Z][A-Za-z\d+#.]*|\d(?:\.\d)?)(?![a-z])){0,3}")
_LONGEST_KEYWORD = 40
_LONGEST_HAN_KEYWORD = 12  # beyond that it is a sentence about a skill


def read_skills(rows: Sequence[Row]) -> list[Skill]:
    skills: list[Skill] = []
    pending: str | None = None  # a sub-heading line such as "编程" or "Data Analytics:" above its skills
    bold = _bold_sub_headings(rows)
    for text in (part for whole in paragraphs(rows) for part in _NEXT_GROUP.split(whole)):
        if _is_sub_heading(text, rows) or text in bold:
            pending = text.rstrip("：: ")
            continue
        if _AMOUNT.fullmatch(text):
            pending = text
            continue
        if _INTRODUCTION.fullmatch(text) or _NOTE.fullmatch(text):
            continue
        found = [skill for clause in _CLAUSE.split(text) if clause for skill in _read_clause(clause)]
        for skill in found:
            skill.name = skill.name or pending
        skills += found
    if pending and not any(skill.name == pending for skill in skills):
        skills.append(Skill(name=pending))
    return skills


def _is_sub_heading(text: str, rows: Sequence[Row]) -> bool:
    return len(rows) > 1 and text.endswith(("：", ":")) and len(text) <= 30


def _bold_sub_headings(rows: Sequence[Row]) -> set[str]:
    """A bold line over lines that are not: 编程 / Java • Shell."""
    return {
        first.plain
        for first, second in pairwise(rows)
        if first.line.bold and not second.line.bold and first.is_header_like and not _SPLIT.search(first.plain)
    }


def _read_clause(clause: str) -> list[Skill]:
    name, rest = _group_of(clause)
    level = None
    described = _KEYWORD_LABEL.split(rest, maxsplit=1)
    if len(described) == 2 and _LEVEL_ONLY.fullmatch(simplified(described[0].strip())):
        level, rest = described[0].strip(), described[1]
    elif found := _LEADING_LEVEL.match(simplified(rest)):
        level, rest = rest[: found.end(1)], rest[found.start(2) :]
    keywords = [word for word in (_tidy(part) for part in _split(rest)) if word and not _NOTE.fullmatch(word)]
    if rest.strip() and not keywords and not level:
        return []  # 开发：xxx
    if name and _LEVEL_ONLY.fullmatch(simplified(name)):
        name, level = None, name
    long = [word for word in keywords if len(word) > _LONGEST_KEYWORD or han_count(word) > _LONGEST_HAN_KEYWORD]
    if 2 * len(long) > len(keywords):
        tools = _tools_in(rest)
        text = _tidy(rest) if level is None else clause.strip()
        if tools:
            return [Skill(name=name, level=level, keywords=tools, x_cn=EntryExtension(highlights=[text]))]
        return [Skill(name=name, keywords=[text])]
    return [Skill(name=name, level=level, keywords=keywords)] if keywords or name else []


def _tools_in(sentence: str) -> list[str]:
    """The names a Chinese sentence about skills mentions: 熟练使用 Photoshop、Illustrator 等专业设计软件 → two."""
    if not han_count(sentence):
        return []
    return list(dict.fromkeys(found.strip(" .") for found in _TOOL.findall(sentence)))


def _group_of(clause: str) -> tuple[str | None, str]:
    """ "语言：Python" and the table row "语言 | Python | Java" and "操作系统    Linux" name their group first."""
    found = _GROUP.match(clause) or _LISTED_GROUP.match(clause)
    if found and not re.search(r"https?$", found[1]):
        return (None if label_name(found[1]) == "stack" else found[1].strip()), found[2]
    cells = re.split(r"\s\|\s|\s{2,}", clause, maxsplit=1)
    tabled = " | " in clause or (len(cells) == 2 and re.search(r"[、,，;；/（(A-Za-z]", cells[1]))
    if (
        len(cells) == 2
        and tabled
        and (re.fullmatch(r"[\u4e00-\u9fff/]{2,10}", cells[0]) or _ENGLISH_GROUP.fullmatch(cells[0]))
    ):
        return cells[0], cells[1]
    spaced = re.match(r"^([\u4e00-\u9fff]{2,8}) (?=[A-Za-z\u4e00-\u9fff+#]+(?:[（(，,、]|\s*[，,、]))(.+)$", clause)
    return (spaced[1], spaced[2]) if spaced and not _LEVEL_ONLY.fullmatch(spaced[1]) else (None, clause)


def _split(text: str) -> list[str]:
    """At separators, but not inside brackets."""
    parts, depth, start = [], 0, 0
    for found in re.finditer(r"[（(]|[)）]|" + _SPLIT.pattern, text):
        if found.group() in "（(":
            depth += 1
        elif found.group() in "）)":
            depth = max(0, depth - 1)
        elif depth == 0:
            parts.append(text[start : found.start()])
            start = found.end()
    return [*parts, text[start:]]


def _tidy(part: str) -> str:
    part = re.sub(r"^(?:以及|和|及|与|and)\s*", "", part.strip(" .。,:：-–"))
    return _AND_MORE.sub("", part).strip()
