"""Field of study: chosen among what is left of an education header when school, degree, grade and dates are gone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from common.domain.parsing.features import Feature, FieldTable
from common.domain.parsing.fields.field_words import holds_field_of_study
from common.domain.parsing.fields.places import is_place

if TYPE_CHECKING:
    from common.domain.parsing.fields.piece import Piece

_NOISE = re.compile(
    r"https?:.*|www\..*|预计.*|預計.*|.*毕业$|.*在读$|.*奖.*|.*獎.*|.*课程.*|GPA.*|.*排名.*|.*985.*|.*211.*|"
    r"双一流.*|全日制|统招|非全日制|自考|成人教育|函授|网络教育|在职|辅修.*|Minor.*|Thesis.*|Advis.*|Supervis.*|[\d./%\s~-]+|"
    r"主修|Grad\.?|Graduat\w*|Expected.*|Online|Honou?rs.*|.*Cum Laude.*|First[- ]Class.*|.*(?:University|College|"
    r"Institute)|优秀.*|成绩.*|绩点.*|均分.*|"
    r"本硕连读|保研|推免|交换生?|.*交换生|双学位|学历|学位|方向|研究方向.*|导师.*|Dean.*|Exchange.*|Visiting.*|Year \d.*|"
    r".*Scholarship.*|(?:大|研|博)[一二三四]",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^[)）\s]*(?:主修(?:专业)?|专业|專業|就读于|in(?= )|of(?= )|Major(?:ing)? in|Majors?\b|Concentration(?: in)?|"
    r"Specialization(?: in)?)\s*[:：]?\s*",
    re.IGNORECASE,
)
_BRANCH = re.compile(r"师范|方向|合作|定向|双语|实验班|卓越|类$")
_PLACEHOLDER = re.compile(r"[Xx×*]")  # XX学专业: what the sample leaves open ends with 专业
_SHORTEST, _LONGEST = 2, 60

MAJOR: FieldTable[Piece] = FieldTable(
    threshold=0.3,
    features=(
        Feature(
            "called 专业",
            0.8,
            lambda p: bool(re.search(r"专业$|專業$|^(?:主修|专业|專業|Major)", p.text)),
            "every other piece",
        ),
        Feature("follows in", 0.4, lambda p: bool(re.match(r"in\s+[A-Z]", p.text)), "a city after the degree"),
        Feature("word of a field", 0.6, lambda p: holds_field_of_study(p.text), "a note or a club"),
        Feature("fits in length", 0.3, lambda p: _SHORTEST <= len(p.text) <= 30, "a sentence about the studies"),
        Feature("one of few pieces", 0.1, lambda p: p.of <= 2, "the notes of a long header"),
        Feature(
            "faculty",
            -0.4,
            lambda p: bool(re.search(r"(?:学院|學院|学部|系)$|^(?:School|College|Department|Faculty) of", p.text)),
            "计算机学院",
        ),
        Feature("digits", -0.5, lambda p: bool(re.search(r"\d", p.text)), "班级第 3, GPA 3.8"),
        Feature(
            "abbreviation",
            -0.2,
            lambda p: p.text.isupper() and len(p.text) > 5 and not holds_field_of_study(p.text),
            "POSTECH(…)",
        ),
        Feature("sentence", -0.7, lambda p: p.is_sentence or len(p.text) > _LONGEST, "a line of courses"),
        Feature("place", -1.0, lambda p: is_place(p.text), "the city of the school"),
        Feature("office", -0.6, lambda p: p.ends_as_position and not holds_field_of_study(p.text), "班长, 学生会主席"),
    ),
)


def as_major(piece: str) -> str | None:
    """The piece as a field of study, without 专业 and brackets, or None when it is certainly something else."""
    stripped = piece.strip()
    bracket = re.search(r"[（(]([\u4e00-\u9fff]{2,8})[)）]$", stripped)
    if bracket and not _NOISE.fullmatch(bracket[1]) and _BRANCH.search(bracket[1]):
        return as_major(stripped[: bracket.start()]) and stripped
    text = re.sub(r"[（(][^（()）]*[)）]$|^[（(【\[《]|[)）】\]》]$", "", _LEAD.sub("", stripped)).strip(
        " ,，:：·-–—|;；"
    )
    if _NOISE.fullmatch(stripped) or re.search(r"[:：@]", stripped):
        return None
    if (
        not _SHORTEST <= len(text) <= _LONGEST
        or _NOISE.fullmatch(text)
        or is_place(text)
        or text.endswith(("。", "；"))
    ):
        return None
    short = re.sub(r"(?:专业|專業)$", "", text)
    return text if len(short) < _SHORTEST or _PLACEHOLDER.match(short) else short
