"""In which order sections stand: a graduate's education first, an experienced person's work first."""

import re

from common.domain.rendering.view import LayoutLanguage, Section
from common.domain.resume.model import Resume, Work

_EXPERIENCED = ("work", "projects", "education", "skills", "certificates", "languages", "awards", "publications")
_GRADUATE = (
    "education",
    "work",
    "projects",
    "volunteer",
    "skills",
    "certificates",
    "languages",
    "awards",
    "publications",
)
_LAST = ("volunteer", "interests", "summary", "references", "other")
_INTERN = re.compile(r"实习|\bintern(?:ship)?\b", re.IGNORECASE)
_LEADING_SUMMARY = re.compile(r"优势|简介|概述|概况|总结|summary|profile|about", re.IGNORECASE)


def is_internship(job: Work) -> bool:
    if job.x_cn and job.x_cn.kind:
        return job.x_cn.kind == "internship"
    return any(_INTERN.search(text) for text in (job.position, job.name) if text)


def is_graduate(resume: Resume) -> bool:
    """Nobody with a job that was not an internship is presented as a graduate."""
    return bool(resume.education) and all(is_internship(job) for job in resume.work)


def in_order(sections: list[Section], *, graduate: bool, language: LayoutLanguage) -> tuple[Section, ...]:
    """Sections of one kind keep their order. An opening summary (个人优势, Summary) stands first, a 自我评价 near the end."""
    kinds = [*(_GRADUATE if graduate else _EXPERIENCED), *_LAST]
    ranks: dict[str, int] = {kind: rank for rank, kind in reversed(list(enumerate(kinds)))}

    def rank(section: Section) -> int:
        if section.kind == "summary" and (language == "en" or _LEADING_SUMMARY.search(section.title)):
            return -1
        return ranks[section.kind]

    return tuple(sorted(sections, key=rank))
