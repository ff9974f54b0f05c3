"""The life behind a resume: studies, jobs, projects and activities whose dates fit together."""

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from scripts.benchmarks.generator.banks import filled
from scripts.benchmarks.generator.person import Campus, Job, Language, Month, Period, Project, Study

#: Everybody writes their resume in this month, whenever it is generated.
WRITTEN = Month(2025, 6)
_UNDERGRADUATE_AGE = 18
_STILL_THERE = 0.7


class Career:
    """Draws from one profession's bank; every sentence is used once."""

    def __init__(self, own: dict[str, Any], common: dict[str, Any], language: Language, dice: random.Random) -> None:
        self._own = own
        self._common = common
        self._language = language
        self._dice = dice
        self._bullets = [filled(text, dice) for text in dice.sample(own["work"], len(own["work"]))]
        self._brands = dice.sample(common["brands"], len(common["brands"]))
        self._first_degree, self._higher_degree = _degrees(dice.choice(own["degrees"]))
        self.birth_year = dice.randint(2001, 2003) if own["kind"] == "graduate" else dice.randint(1984, 1997)
        if own["kind"] == "graduate" and self._higher_degree:
            self.birth_year -= 2

    def education(self) -> tuple[Study, ...]:
        """Highest degree first."""
        first, higher = self._first_degree, self._higher_degree
        begun = Month(self.birth_year + _UNDERGRADUATE_AGE, 9)
        years = 3 if first == "大专" else 4
        lower = self._study(first, Period(begun, begun.plus(12 * years - 3)))
        if not higher:
            return (lower,)
        begun = begun.plus(12 * years)
        return self._study(higher, Period(begun, begun.plus(self._dice.choice((33, 33, 21))))), lower

    def jobs(self, studied: Period) -> tuple[Job, ...]:
        """Newest first: internships during the studies of a graduate, else one job after the other."""
        periods = self._internships(studied) if self._own["kind"] == "graduate" else self._employments(studied)
        return tuple(self._job(period) for period in reversed(periods))

    def projects(self, jobs: Sequence[Job], studied: Period) -> tuple[Project, ...]:
        plans = self._dice.sample(self._own["projects"], min(len(self._own["projects"]), self._dice.randint(1, 3)))
        hosts = [job.period for job in jobs] if self._own["kind"] == "experienced" else [studied]
        periods = sorted(
            (self._within(self._dice.choice(hosts)) for _ in plans), reverse=True, key=lambda one: one.start
        )
        return tuple(
            Project(plan["name"], plan["role"], plan["stack"], period, self._filled(plan["bullets"]))
            for plan, period in zip(plans, periods, strict=True)
        )

    def with_projects(self, jobs: Sequence[Job], projects: Sequence[Project]) -> tuple[Job, ...]:
        """Each project under the job in whose time it began."""
        return tuple(
            replace(job, projects=tuple(one for one in projects if _covers(job.period, one.period.start)))
            for job in jobs
        )

    def campus(self, studied: Period) -> tuple[Campus, ...]:
        chosen = self._own["campus"] if self._own["kind"] == "graduate" else self._own["campus"][:1]
        if self._own["kind"] == "experienced" and self._dice.random() < 0.6:
            return ()
        return tuple(
            Campus(one["organisation"], one["role"], self._within(studied), self._filled(one["bullets"]))
            for one in self._dice.sample(chosen, min(2, len(chosen)))
        )

    def awards(self, studied: Period) -> tuple[tuple[Month, str], ...]:
        titles = self._dice.sample(self._own["awards"], self._dice.randint(1, min(3, len(self._own["awards"]))))
        months = 33 if self._own["kind"] == "graduate" else (WRITTEN.year - studied.start.year) * 12 - 12
        return tuple((studied.start.plus(self._dice.randint(3, months)), title) for title in titles)

    def _study(self, degree: str, period: Period) -> Study:
        kinds = {"大专": "college", "硕士": "graduate", "碩士": "graduate"}
        dice, best = self._dice, "top " if self._language == "en" else "前"
        return Study(
            school=dice.choice(self._common["schools"][kinds.get(degree, "university")]),
            degree=degree,
            major=dice.choice(self._own["majors"]),
            period=period,
            grade=dice.choice(("", f"3.{dice.randint(2, 9)}/4.0", f"{dice.randint(82, 94)}/100")),
            rank=dice.choice(("", f"{best}{dice.randint(5, 20)}%", f"{dice.randint(1, 9)}/{dice.randint(60, 130)}")),
            tag=dice.choice(self._common["tags"]) if degree not in kinds else "",
            courses=tuple(dice.sample(self._own["courses"], dice.choice((0, 2, 3)))),
        )

    def _employments(self, studied: Period) -> list[Period]:
        start = (studied.end or WRITTEN).plus(1)
        left = (WRITTEN.year - start.year) * 12 + WRITTEN.month - start.month
        count = min(self._dice.choice((1, 2, 2, 3, 3, 4)), max(1, left // 12))
        cuts = [start, *(start.plus(left * part // count + self._dice.randint(-3, 3)) for part in range(1, count))]
        ends: list[Month | None] = [cut.plus(-1) for cut in cuts[1:]]
        last = None if self._dice.random() < _STILL_THERE else WRITTEN.plus(-2)
        return [Period(begun, end) for begun, end in zip(cuts, [*ends, last], strict=True)]

    def _internships(self, studied: Period) -> list[Period]:
        start = studied.start.plus(self._dice.randint(9, 14))
        periods: list[Period] = []
        for _ in range(self._dice.randint(1, 3)):
            end = start.plus(self._dice.randint(2, 4))
            if end <= WRITTEN:
                periods.append(Period(start, end))
            start = end.plus(self._dice.randint(1, 4))
        return periods

    def _job(self, period: Period) -> Job:
        dice, common = self._dice, self._common
        count = min(len(self._bullets), dice.randint(2, 4))
        return Job(
            company=self._employer(),
            title=dice.choice(self._own["titles"]),
            department=dice.choice(self._own["departments"]),
            city=dice.choice(common["cities"]),
            period=period,
            bullets=tuple(self._bullets.pop() for _ in range(count)),
        )

    def _employer(self) -> str:
        """A brand with or without its city; a school or hospital has the city alone."""
        kind, city = self._dice.choice(self._own["employers"]), self._dice.choice(self._common["company_cities"])
        if self._language == "en":
            return f"{self._brands.pop()} {kind}"
        if self._own.get("public"):
            return f"{city}{kind}"
        return f"{self._dice.choice((city, ''))}{self._brands.pop()}{kind}"

    def _within(self, host: Period) -> Period:
        end = min(host.end or WRITTEN, WRITTEN)
        months = max(4, (end.year - host.start.year) * 12 + end.month - host.start.month)
        start = host.start.plus(self._dice.randint(0, months - 4))
        return Period(start, start.plus(self._dice.randint(2, 4)))

    def _filled(self, bullets: Sequence[str]) -> tuple[str, ...]:
        return tuple(filled(text, self._dice) for text in bullets)


def _degrees(degree: str) -> tuple[str, str]:
    """The first degree, and the higher one behind it."""
    lower = {"硕士": "本科", "碩士": "學士", "Master of Science": "Bachelor of Science"}
    lower["Master of Business Administration"] = "Bachelor of Arts"
    return (lower[degree], degree) if degree in lower else (degree, "")


def _covers(period: Period, month: Month) -> bool:
    return period.start <= month <= (period.end or WRITTEN)
