"""Jobs for one seeker, best first, each with the reasons in plain Chinese. Fixed rules: the same input, the same order."""

from collections.abc import Iterable, Mapping

from common.domain.jobs.experience import degree_rank
from common.domain.jobs.job import Job
from common.domain.jobs.merging import same_job_key
from common.domain.jobs.seeker import Seeker
from common.domain.jobs.titles import likeness
from common.domain.skills import named_skills
from common.lazy_model import LazyModel

#: What a part of the score is worth at most; together 100.
WEIGHTS: Mapping[str, int] = {"title": 30, "skills": 35, "seniority": 15, "city": 10, "salary": 10}
#: What cannot be compared counts a little more than half: it is no fault of the job, and no merit.
UNKNOWN = 0.55
#: Jobs below this are not shown: being in the right city makes no cook an accountant.
LEAST_SCORE = 45
_MOST_NAMED = 5
_TITLE_FITS = 0.5


class Part(LazyModel):
    """`share` of the weight, 0 to 1; `reason` speaks for the job, `concern` against it."""

    name: str
    share: float
    reason: str | None = None
    concern: str | None = None


class Recommendation(LazyModel):
    """`score` 0 to 100; `semantic`: an embedding model had a say in how near the work is."""

    job: Job
    score: int
    reasons: list[str]
    concerns: list[str]
    semantic: bool = False


def recommend(
    jobs: Iterable[Job], seeker: Seeker, *, nearness: Mapping[str, float] | None = None, most: int = 20
) -> list[Recommendation]:
    """`nearness`: by `ref` how near a job's text is to the seeker's, 0 to 1, from an embedding model."""
    unique = {same_job_key(job): job for job in sorted(jobs, key=lambda job: job.ref, reverse=True)}
    judged = [_judge(job, seeker, (nearness or {}).get(job.ref)) for job in unique.values()]
    kept = [one for one in judged if one.score >= LEAST_SCORE]
    return sorted(kept, key=lambda one: (-one.score, one.job.ref))[:most]


def _judge(job: Job, seeker: Seeker, near: float | None) -> Recommendation:
    parts = [
        _title(job, seeker, near),
        _skills(job, seeker),
        _seniority(job, seeker),
        _city(job, seeker),
        _pay(job, seeker),
    ]
    score = round(sum(WEIGHTS[part.name] * part.share for part in parts))
    if parts[0].share < _TITLE_FITS and not (parts[1].reason and parts[1].share >= _TITLE_FITS):
        score = min(score, LEAST_SCORE - 1)
    return Recommendation(
        job=job,
        score=score,
        reasons=[part.reason for part in parts if part.reason],
        concerns=[part.concern for part in parts if part.concern],
        semantic=near is not None,
    )


def _title(job: Job, seeker: Seeker, near: float | None) -> Part:
    """The nearest of the seeker's positions; a model may find nearness where the words differ."""
    if not seeker.positions:
        return Part(name="title", share=UNKNOWN if near is None else near)
    best, position = max((likeness(job.title, position), position) for position in seeker.positions)
    share = best if near is None else max(best, near)
    whose = "求职意向" if seeker.wished and position == seeker.positions[0] else "你做过的"
    fitting = f"职位与{whose}“{position}”相近" if best >= _TITLE_FITS else "职位内容与你的经历相近"
    return Part(name="title", share=share, reason=fitting if share >= _TITLE_FITS else None)


def _skills(job: Job, seeker: Seeker) -> Part:
    asked = _asked(job)
    if not asked:
        return Part(name="skills", share=UNKNOWN)
    have = [skill for skill in asked if skill in seeker.skills or skill.casefold() in seeker.text]
    lacking = [skill for skill in asked if skill not in have]
    named = "、".join(have[:_MOST_NAMED])
    return Part(
        name="skills",
        share=len(have) / len(asked),
        reason=f"匹配技能：{named}（{len(asked)} 项中的 {len(have)} 项）" if have else None,
        concern=f"简历里没有：{'、'.join(lacking[:_MOST_NAMED])}" if lacking else None,
    )


def _asked(job: Job) -> list[str]:
    """Skills in order, each once, by their names in the table; tags come first, as printed when the table has none of them."""
    tags = [skill for tag in job.skills for skill in sorted(named_skills(tag)) or [tag]]
    texts = [job.description or "", job.title]
    return list(dict.fromkeys([*tags, *(skill for text in texts for skill in sorted(named_skills(text)))]))


def _seniority(job: Job, seeker: Seeker) -> Part:
    wanted = job.experience
    years, shown = seeker.years, f"{seeker.years:.1f}".rstrip("0").rstrip(".")
    if degree_rank(job.degree) > seeker.degree > 0:
        return Part(name="seniority", share=0.2, concern=f"要求{job.degree}及以上学历")
    if wanted is None or wanted.least is None:
        return Part(name="seniority", share=UNKNOWN + 0.2)
    if years + 0.5 < wanted.least:
        gap = min(1.0, (wanted.least - years) / max(wanted.least, 1))
        return Part(name="seniority", share=0.6 * (1 - gap), concern=f"要求经验{wanted.text}，你约有 {shown} 年")
    if wanted.most is not None and years > wanted.most + 2:
        return Part(name="seniority", share=0.5, concern=f"面向经验{wanted.text}的人，你已有约 {shown} 年")
    return Part(name="seniority", share=1, reason=f"经验要求{wanted.text}，你约有 {shown} 年")


def _city(job: Job, seeker: Seeker) -> Part:
    if not seeker.cities or job.city is None:
        return Part(name="city", share=UNKNOWN)
    if job.city in seeker.cities:
        return Part(name="city", share=1, reason=f"工作地点{job.city}，是你想去的城市")
    return Part(name="city", share=0, concern=f"工作地点是{job.city}")


def _pay(job: Job, seeker: Seeker) -> Part:
    """The top of the range is what can be reached; its bottom is what is sure."""
    top = (job.salary.max_fen or job.salary.min_fen) if job.salary else None
    if seeker.salary_fen is None or top is None or job.salary is None:
        return Part(name="salary", share=UNKNOWN)
    wanted = f"{seeker.salary_fen / 100:.0f} 元"
    if top < seeker.salary_fen:
        return Part(
            name="salary", share=0.5 * top / seeker.salary_fen, concern=f"薪资 {job.salary.text}，低于期望 {wanted}/月"
        )
    sure = (job.salary.min_fen or 0) >= seeker.salary_fen
    return Part(name="salary", share=1 if sure else 0.8, reason=f"薪资 {job.salary.text}，达到期望 {wanted}/月")
