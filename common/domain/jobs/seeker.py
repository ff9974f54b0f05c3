"""Who looks for a job, from their resume: what they can, where and for how much they want to work, how senior they are."""

from collections.abc import Iterable
from dataclasses import dataclass

from common.domain.jobs.places import city_name
from common.domain.jobs.salary import read_salary
from common.domain.matching.experience import degree_rank, experience_years
from common.domain.matching.texts import resume_texts
from common.domain.resume import Resume
from common.domain.skills import named_skills

_MOST_POSITIONS, _LONGEST_POSITION = 3, 24


@dataclass(frozen=True)
class Seeker:
    """`positions` with the wish first (`wished`: there is one), `skills` as the resume names them.

    `salary_fen` a month is the least that is wanted; `profile` is for an embedding model, `text` all that the resume says.
    """

    positions: tuple[str, ...]
    wished: bool
    skills: tuple[str, ...]
    cities: tuple[str, ...]
    salary_fen: int | None
    years: float
    degree: int
    profile: str
    text: str

    @property
    def is_blank(self) -> bool:
        """Nothing to search by."""
        return not self.positions and not self.skills


def seeker_of(resume: Resume, *, today: str) -> Seeker:
    """`today` is YYYY-MM: until then a job without an end has lasted."""
    intention = resume.x_cn.intention
    wished = list(intention.positions) if intention else []
    held = [job.position for job in resume.work if job.position]
    positions = _first([*wished, resume.basics.label, *held], most=_MOST_POSITIONS)
    texts = [text for _, text in resume_texts(resume)]
    named = (skill for text in texts for skill in sorted(named_skills(text)))
    skills = tuple(dict.fromkeys(named))
    home = resume.basics.location.city if resume.basics.location else None
    return Seeker(
        positions=positions,
        wished=bool(wished),
        skills=skills,
        cities=tuple(city for text in [*(intention.cities if intention else []), home] if (city := city_name(text))),
        salary_fen=_wanted(intention.salary.text if intention and intention.salary else None),
        years=experience_years(resume, today)[0],
        degree=degree_rank(resume)[0],
        profile="；".join([*positions, *skills]),
        text="\n".join(texts).casefold(),
    )


def _first(texts: Iterable[str | None], *, most: int) -> tuple[str, ...]:
    kept = dict.fromkeys(text.strip()[:_LONGEST_POSITION] for text in texts if text and text.strip())
    return tuple(kept)[:most]


def _wanted(text: str | None) -> int | None:
    read = read_salary(text)
    return (read.min_fen or read.max_fen) if read else None
