"""What the score looks at. Rules that recur in the field: a number in the bullet, a verb first, two lines at most, newest first.

No published rubric is known to predict interviews; this is a checklist with reasons, not a forecast.
"""

import re

from common.domain.optimising.guard.style import CLICHES, text_length
from common.domain.quantities import quantities
from common.domain.resume import Resume
from common.domain.scoring.check import Check
from common.domain.skills import mentions

_WEAK = re.compile(
    r"^(?:主要)?(?:负责|参与|协助|从事|进行|完成)[^，。]{0,30}(?:相关工作|等工作|的工作|工作)$|"
    r"^(?:responsible for|duties included|worked on)\b",
    re.I,
)
_HAN = re.compile("[\u4e00-\u9fff]")
_SENSITIVE = ("身份证", "婚姻", "婚育", "家庭成员", "血型", "宗教")
_ENOUGH_NUMBERS = 0.4
_SHORT, _LONG_HAN, _LONG_WORDS = 6, 80, 36


def _bullets(resume: Resume) -> list[str]:
    texts = [text for job in resume.work for text in [*job.highlights, job.summary or ""]]
    texts += [text for project in resume.projects for text in [*project.highlights, project.description or ""]]
    texts += [text for post in resume.volunteer for text in [*post.highlights, post.summary or ""]]
    return [text for text in texts if text]


def _share(bullets: list[str], good: int) -> float:
    return good / len(bullets) if bullets else 0.0


def _with_numbers(resume: Resume) -> float:
    bullets = _bullets(resume)
    counted = sum(any(one.kind not in ("date", "version") for one in quantities(text)) for text in bullets)
    return _share(bullets, counted) / _ENOUGH_NUMBERS


def _well_opened(resume: Resume) -> float:
    bullets = _bullets(resume)
    return _share(bullets, sum(not _WEAK.search(text) for text in bullets))


def _well_sized(resume: Resume) -> float:
    bullets = _bullets(resume)
    return _share(
        bullets,
        sum(_SHORT <= text_length(text) <= (_LONG_HAN if _HAN.search(text) else _LONG_WORDS) for text in bullets),
    )


def _without_cliches(resume: Resume) -> float:
    texts = [*_bullets(resume), resume.basics.summary or ""]
    return 1 - 0.34 * sum(len(CLICHES.findall(text)) for text in texts)


def _told(resume: Resume) -> float:
    """Two statements for each job and project say enough; a bare line says nothing."""
    counts = [len(job.highlights) for job in resume.work] + [len(project.highlights) for project in resume.projects]
    return sum(min(1.0, count / 2) for count in counts) / len(counts) if counts else 0.0


def _newest_first(resume: Resume) -> float:
    jobs = [job.start_date for job in resume.work if job.start_date]
    schools = [school.start_date for school in resume.education if school.start_date]
    return float(all(starts == sorted(starts, reverse=True) for starts in (jobs, schools)))


def _dated(resume: Resume) -> float:
    dated = [bool(job.start_date or job.end_date) for job in resume.work]
    dated += [bool(school.start_date or school.end_date) for school in resume.education]
    return sum(dated) / len(dated) if dated else 0.0


def _schooled(resume: Resume) -> float:
    told = [sum(map(bool, (entry.institution, entry.study_type, entry.area))) for entry in resume.education]
    return max(told, default=0) / 3


def _skilled(resume: Resume) -> float:
    named = sum(max(1, len(group.keywords)) for group in resume.skills)
    return named / 4


def _officially_named(resume: Resume) -> float:
    texts = [*_bullets(resume), *(word for group in resume.skills for word in group.keywords)]
    found = [mention for text in texts for mention in mentions(text) if mention.printed.isascii()]
    same = [mention for mention in found if mention.printed.lower() == mention.skill.lower()]
    return sum(mention.printed == mention.skill for mention in same) / len(same) if same else 1.0


def _without_repeats(resume: Resume) -> float:
    bullets = _bullets(resume)
    return 1.0 if len(bullets) == len(set(bullets)) else 0.0


def _discreet(resume: Resume) -> float:
    return 0.0 if any(word in label for label in resume.x_cn.personal for word in _SENSITIVE) else 1.0


def _reachable(resume: Resume) -> float:
    phone = resume.basics.phone or ""
    return 0.0 if not phone else 0.5 if re.search("[*xX]", phone) else 1.0


CHECKS: tuple[Check, ...] = (
    Check("完整", 3, lambda resume: bool(resume.basics.name), "missing", "basics", "补上姓名"),
    Check("完整", 4, _reachable, "missing", "basics", "补上完整的手机号，方便招聘方联系您"),
    Check("完整", 3, lambda resume: bool(resume.basics.email), "missing", "basics", "补上邮箱"),
    Check("完整", 7, _schooled, "missing", "education", "教育经历写全学校、学历和专业"),
    Check("完整", 8, lambda resume: bool(resume.work or resume.projects), "missing", "work", "补上工作、实习或项目经历"),
    Check("完整", 5, _skilled, "missing", "skills", "技能写具体一些，列出至少四项工具或能力"),
    Check("成果", 25, _with_numbers, "improvement", "work", "在经历里写出数字：做了多少、提升了多少、用了多久；没有的不要编"),
    Check("表达", 8, _well_opened, "improvement", "work", "用动词开头写具体做了什么，少用“负责……相关工作”"),
    Check("表达", 7, _well_sized, "improvement", "work", "每条经历写成一到两行：太短说明不了问题，太长没人读完"),
    Check("表达", 5, _without_cliches, "improvement", "work", "去掉“赋能、抓手、闭环”一类空话，换成事实"),
    Check("结构", 8, _told, "improvement", "work", "每段工作和项目至少写两条做过的事"),
    Check("结构", 4, _newest_first, "improvement", "work", "经历按时间从近到远排列"),
    Check("结构", 3, _dated, "missing", "work", "每段工作和教育经历写明起止时间"),
    Check("规范", 4, _officially_named, "improvement", "skills", "技术名称按官方写法，例如 MySQL、JavaScript"),
    Check("规范", 3, _without_repeats, "improvement", "work", "有重复的句子，只保留一条"),
    Check("规范", 3, _discreet, "risk", "basics", "身份证号、婚姻等信息与应聘无关，建议删去"),
)  # fmt: skip
