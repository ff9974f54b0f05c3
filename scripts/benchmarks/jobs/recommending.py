"""Recommendation on a small labelled set of our own: how much of what a seeker would want is shown, and how much besides.

The peer is what a plain search does: jobs by the number of skills they share with the resume.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from common.domain.jobs import Job, degree_wanted, read_salary, years_wanted
from common.domain.jobs.recommending import recommend
from common.domain.jobs.seeker import Seeker, seeker_of
from common.domain.resume import Resume
from scripts.benchmarks.figures import Figure

TODAY = "2026-11"
_MOMENT = datetime(2026, 11, 1, tzinfo=timezone.utc)

Ranking = Callable[[Sequence[Job], Seeker], list[str]]


@dataclass(frozen=True)
class Case:
    seeker: Seeker
    relevant: frozenset[str]


def labelled() -> tuple[list[Job], list[Case]]:
    content = json.loads((Path(__file__).parent / "labelled.json").read_text("utf-8"))
    jobs = [_job(line) for line in content["jobs"]]
    return jobs, [Case(_seeker(one), frozenset(one["relevant"].split(","))) for one in content["seekers"]]


def figures() -> Iterator[Figure]:
    jobs, cases = labelled()
    recall, precision = measured(by_rules, jobs, cases)
    peer_recall, peer_precision = measured(by_shared_skills, jobs, cases)
    note = f"{len(cases)} seekers, {len(jobs)} jobs, labels of our own"
    yield Figure("recommend: recall", recall, peer="shared skills", peer_value=peer_recall, at_least=1.0, note=note)
    yield Figure("recommend: precision", precision, peer="shared skills", peer_value=peer_precision, at_least=1.0)
    yield Figure("recommend: recall, by itself", recall, at_least=0.9)
    yield Figure("recommend: precision, by itself", precision, at_least=0.7)


def measured(ranking: Ranking, jobs: Sequence[Job], cases: Sequence[Case]) -> tuple[float, float]:
    """Recall among as many as are relevant and two more (a screen); precision among as many as are relevant."""
    wanted = sum(len(case.relevant) for case in cases)
    found = right = shown = 0
    for case in cases:
        ranked, most = ranking(jobs, case.seeker), len(case.relevant)
        found += len(case.relevant & set(ranked[: most + 2]))
        right += len(case.relevant & set(ranked[:most]))
        shown += len(ranked[:most])
    return found / wanted, right / shown


def by_rules(jobs: Sequence[Job], seeker: Seeker) -> list[str]:
    return [one.job.job_id for one in recommend(jobs, seeker)]


def by_shared_skills(jobs: Sequence[Job], seeker: Seeker) -> list[str]:
    shared = {
        job.job_id: sum(skill in seeker.skills or skill.casefold() in seeker.text for skill in job.skills)
        for job in jobs
    }
    return sorted((name for name, count in shared.items() if count), key=lambda name: (-shared[name], name))


def _job(line: str) -> Job:
    number, title, skills, years, degree, city, salary = line.split("|")
    return Job(
        source="labelled",
        job_id=number,
        title=title,
        company=f"公司{number}",
        city=city,
        salary=read_salary(salary),
        experience=years_wanted(years),
        degree=degree_wanted(degree),
        skills=tuple(skills.split(",")),
        fetched_at=_MOMENT,
    )


def _seeker(one: dict[str, Any]) -> Seeker:
    work = {"name": "示例公司", "position": one["held"], "startDate": f"{2026 - one['years']}-12", "endDate": "2026-11"}
    content = {
        "x_cn": {"intention": {"positions": [one["wants"]], "cities": [one["city"]], "salary": one["salary"] or None}},
        "work": [work] if one["years"] else [],
        "education": [{"institution": "示例大学", "studyType": one["degree"]}],
        "skills": [{"name": skill} for skill in one["skills"].split(",")],
    }
    return seeker_of(Resume.model_validate(content), today=TODAY)
