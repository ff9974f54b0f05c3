"""A job description → its requirements: skills of the table, other things it names, degree and "
"years, each with its weight."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from common.domain.matching.phrases import asked_phrases
from common.domain.skills import mentions

Importance = Literal["required", "preferred"]
RequirementKind = Literal["skill", "phrase", "degree", "years"]

MAX_JD_CHARACTERS = 8000
_MOST_PHRASES = 20

_PREFERRED = re.compile(r"优先|加分|更佳|为佳|最好|preferred|nice to have|a plus|bonus|desirable", re.IGNORECASE)
_NOT_ASKED = re.compile(
    r"^(?:[\s一二三四五六七八九十、.\d【\[]*)(?:公司(?:简介|介绍)|关于我们|福利|薪资|薪酬|待遇|"
    r"我们提供|我们能给|工作时间|工作地[点址]|上班时间|联系|团队介绍|"
    r"about us|benefits|perks|what we offer|salary|compensation|location)",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"岗位职责|工作职责|职位描述|职责描述|工作内容|任职(?:要求|资格)|岗位要求|职位要求|招聘要求|要求|"
    r"加分项|优先条件|responsibilit|requirement|"
    r"qualification|what you|skills|duties|preferred|nice to have",
    re.IGNORECASE,
)
_BONUS_HEADING = re.compile(
    r"^\W*(?:加分项?|优先条件|优先考虑|nice to have|preferred|bonus)[^。；]{0,20}$", re.IGNORECASE
)
_DEGREES = (
    ("博士", r"博士|ph\.?d"),
    ("硕士", r"硕士|研究生|master"),
    ("本科", r"本科|学士|bachelor|统招"),
    ("大专", r"大专|专科|associate degree"),
)
_YEARS = re.compile(
    r"(\d{1,2})\s*(?:[-–~至到]\s*\d{1,2}\s*)?(?:年|\+?\s*years?)(?:及?以上)?[^，,。；;]{0,12}(?:经验|经历|experience)",
    re.IGNORECASE,
)
_CHINESE_YEARS = re.compile(r"([一二两三四五六七八九十])年(?:及?以上)?[^，,。；;]{0,12}(?:经验|经历)")


#: A line, a sentence, or the next number of a list that was written in one line.
_LINE_END = re.compile(r"\n|(?<=[。；;])|\s+(?=\d{1,2}[.、)）]\s*[\u4e00-\u9fffA-Z])")


@dataclass(frozen=True)
class Requirement:
    """`keyword` as the job prints it, `skill` its name in the table of skills; `level` is years or "
    "the rank of a degree."""

    keyword: str
    kind: RequirementKind
    importance: Importance
    skill: str | None = None
    level: int = 0


def requirements_of(jd: str) -> list[Requirement]:
    """In order, each once, required before preferred when it is named twice. Advertising and "
    "benefits ask for nothing."""
    found: dict[str, Requirement] = {}
    phrases = 0
    for line, bonus in _asking_lines(jd[:MAX_JD_CHARACTERS]):
        for requirement in _read_line(line, bonus=bonus):
            name = (requirement.skill or requirement.keyword).casefold()
            if requirement.kind == "phrase":
                if phrases >= _MOST_PHRASES or name in found:
                    continue
                phrases += 1
            if name not in found or (found[name].importance == "preferred" and requirement.importance == "required"):
                found[name] = requirement
    return list(found.values())


def _asking_lines(jd: str) -> Iterator[tuple[str, bool]]:
    """Sentences that ask for something, with whether their section is about what is nice to have."""
    asking, bonus = True, False
    for line in (part.strip() for part in _LINE_END.split(jd)):
        if _NOT_ASKED.match(line):
            asking = False
        elif _ASKED.search(line[:24]):
            asking, bonus = True, bool(_BONUS_HEADING.match(line))
        if line and asking:
            yield line, bonus


def _read_line(line: str, *, bonus: bool) -> Iterator[Requirement]:
    yield from _degree(line, bonus)
    yield from _years(line, bonus)
    known = mentions(line)
    for mention in known:
        yield Requirement(mention.printed, "skill", _importance(line, mention.at, bonus), mention.skill)
    for phrase in asked_phrases(line):
        at = line.find(phrase)
        if not any(mention.printed in phrase or phrase in mention.printed for mention in known):
            yield Requirement(phrase, "phrase", _importance(line, at, bonus))


def _importance(line: str, at: int, bonus: bool) -> Importance:
    """优先 counts for its own clause: 熟悉 Java，有 Go 经验者优先."""
    clause = re.split(r"[，,]", line[at:])[0]
    before = re.search(r"(?:最好|优先)[^，,。；]*$", line[:at])
    return "preferred" if bonus or before or _PREFERRED.search(clause) else "required"


def _degree(line: str, bonus: bool) -> Iterator[Requirement]:
    for rank, (name, pattern) in enumerate(reversed(_DEGREES), 1):
        found = re.search(pattern, line, re.IGNORECASE)
        if found and re.search(r"学历|以上|及以上|毕业|degree|本科生|学位", line, re.IGNORECASE):
            yield Requirement(name, "degree", _importance(line, found.start(), bonus), level=rank)
            return


def _years(line: str, bonus: bool) -> Iterator[Requirement]:
    found = _YEARS.search(line) or _CHINESE_YEARS.search(line)
    if found:
        years = int(found[1]) if found[1].isdigit() else " 一二三四五六七八九十".find(found[1].replace("两", "二"))
        yield Requirement(found[0], "years", _importance(line, found.start(), bonus), level=years)
