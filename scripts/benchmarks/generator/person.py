"""A fictional person: all that a resume may state. Templates arrange it, the truth file is read off it."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Language = Literal["zh", "zh-Hant", "en"]


class Month(NamedTuple):
    year: int
    month: int

    def plus(self, months: int) -> "Month":
        years, month = divmod(self.month - 1 + months, 12)
        return Month(self.year + years, month + 1)


@dataclass(frozen=True)
class Period:
    """`end` None goes on."""

    start: Month
    end: Month | None


@dataclass(frozen=True)
class Study:
    school: str
    degree: str
    major: str
    period: Period
    grade: str = ""
    rank: str = ""
    tag: str = ""
    courses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Project:
    name: str
    role: str
    stack: str
    period: Period
    bullets: tuple[str, ...]


@dataclass(frozen=True)
class Job:
    """`projects` are those a template may print under their employer; they are in `Person.projects` too."""

    company: str
    title: str
    department: str
    city: str
    period: Period
    bullets: tuple[str, ...]
    projects: tuple[Project, ...] = ()


@dataclass(frozen=True)
class Campus:
    organisation: str
    role: str
    period: Period
    bullets: tuple[str, ...]


@dataclass(frozen=True)
class SkillGroup:
    label: str
    level: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Intention:
    position: str
    city: str
    salary: str
    available: str


@dataclass(frozen=True)
class Person:
    """`personal`: label → value of what Chinese resumes tell besides (性别, 出生年月, 籍贯 …). Newest entries first.

    `links`: label → account or address (微信, GitHub).
    """

    language: Language
    kind: Literal["experienced", "graduate"]
    name: str
    phone: str
    email: str
    links: dict[str, str]
    city: str
    intention: Intention
    personal: dict[str, str]
    education: tuple[Study, ...]
    jobs: tuple[Job, ...]
    projects: tuple[Project, ...]
    campus: tuple[Campus, ...]
    skills: tuple[SkillGroup, ...]
    certificates: tuple[str, ...]
    awards: tuple[tuple[Month, str], ...]
    summary: tuple[str, ...]
