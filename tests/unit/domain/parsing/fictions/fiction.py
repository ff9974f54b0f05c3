"""A resume, or a part of one, of a person who does not exist, and what has to be read from it."""

from dataclasses import dataclass
from typing import Any

from common.domain.parsing.source import Line
from common.domain.resume.model import Resume

Study = tuple[str | None, str | None, str | None, str | None, str | None]
Job = tuple[str | None, str | None, str | None, str | None]


@dataclass(frozen=True)
class Fiction:
    """Only what is given is compared. Studies are (school, degree, major, start, end), jobs (employer, title, start, end);
    an end is "present" where it goes on. `skills` are all keywords in order, `campus` (organisation, position).
    """

    id: str
    text: str
    name: str | None = None
    phone: str | None = None
    email: str | None = None
    education: tuple[Study, ...] | None = None
    work: tuple[Job, ...] | None = None
    projects: tuple[str, ...] | None = None
    skills: tuple[str, ...] | None = None
    campus: tuple[tuple[str | None, str | None], ...] | None = None
    awards: tuple[str, ...] | None = None
    certificates: tuple[str, ...] | None = None

    @property
    def lines(self) -> list[Line]:
        return [Line(row) for row in self.text.strip("\n").split("\n")]

    @property
    def expected(self) -> dict[str, Any]:
        fields = {name: value for name, value in vars(self).items() if name not in ("id", "text") and value is not None}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in fields.items()}


def seen(resume: Resume) -> dict[str, Any]:
    """The resume in the form of `Fiction.expected`."""
    return {
        "name": resume.basics.name,
        "phone": resume.basics.phone,
        "email": resume.basics.email,
        "education": [
            (one.institution, one.study_type, one.area, one.start_date, _end(one)) for one in resume.education
        ],
        "work": [(one.name, one.position, one.start_date, _end(one)) for one in resume.work],
        "projects": [one.name for one in resume.projects],
        "skills": [word for one in resume.skills for word in one.keywords or [one.name]],
        "campus": [(one.organization, one.position) for one in resume.volunteer],
        "awards": [one.title for one in resume.awards],
        "certificates": [one.name for one in resume.certificates],
    }


def _end(entry: Any) -> str | None:
    return "present" if entry.x_cn and entry.x_cn.current else entry.end_date
