"""Which language a resume is written in, by its running text."""

import re
from collections.abc import Iterable

from common.domain.rendering.view import LayoutLanguage
from common.domain.resume.model import Resume
from common.domain.resume.text import han_count

_WORD = re.compile(r"[A-Za-z]{2,}")


def main_language(resume: Resume) -> LayoutLanguage:
    """English only when Latin words outnumber Han: product and company names are Latin in many a Chinese resume."""
    text = "\n".join(_running_text(resume))
    return "en" if len(_WORD.findall(text)) > han_count(text) else "zh"


def _running_text(resume: Resume) -> Iterable[str]:
    basics = resume.basics
    yield from filter(None, (basics.name, basics.label, basics.summary))
    for job in resume.work:
        yield from filter(None, (job.name, job.position, job.summary, job.description, *job.highlights))
    for role in resume.volunteer:
        yield from filter(None, (role.organization, role.position, role.summary, *role.highlights))
    for project in resume.projects:
        yield from filter(None, (project.name, project.description, *project.highlights))
    for school in resume.education:
        yield from filter(None, (school.institution, school.area, school.study_type))
    yield from (skill.name for skill in resume.skills if skill.name)
    yield from resume.meta.x_cn.unplaced
