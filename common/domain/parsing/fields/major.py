"""Field of study: what is left of an education header when school, degree, place, grade and dates are gone."""

import re

from common.domain.parsing.fields.places import is_place

_NOISE = re.compile(
    r"https?:\S*|www\.\S*|预计.*|.*毕业$|.*在读$|.*奖.*|.*课程.*|GPA.*|排名.*|985.*|211.*|"
    r"双一流.*|全日制|统招|非全日制|辅修.*|Minor.*|Thesis.*|Advis.*|[\d./%\s-]+|"
    r"主修|Grad\.?|Graduat\w*|Expected|Online|.*(?:University|College|Institute)",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^[)）\s]*(?:主修(?:专业)?|专业|就读于|in|of|Major(?:ing)? in|Major)\s*[:：]?\s*", re.IGNORECASE)


def as_major(piece: str) -> str | None:
    """The piece as a field of study, or None when it is something else."""
    text = re.sub(r"[（(][^（()）]*[)）]$|^[（(【\[]|[)）】\]]$", "", _LEAD.sub("", piece.strip())).strip(
        " ,，:：·-–—|"
    )
    if _NOISE.fullmatch(piece.strip()) or re.search(r"[:：]", piece):
        return None
    if not 2 <= len(text) <= 44 or _NOISE.fullmatch(text) or is_place(text) or text.endswith(("。", "；")):
        return None
    short = re.sub(r"专业$", "", text)
    return short if len(short) >= 2 and not short.endswith("学") else text
