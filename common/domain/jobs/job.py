"""One job of one board. Nothing in it is about the recruiter: their name, number and accounts are left behind when it is read."""

import re
from datetime import datetime

from pydantic import ConfigDict, computed_field, model_validator

from common.domain.jobs.experience import YearsWanted
from common.domain.jobs.salary import JobSalary
from common.errors import NotFound
from common.lazy_model import LazyModel

_SOURCE = re.compile(r"[a-z][a-z0-9_]{1,30}")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_~.\-]{0,99}")


class JobRef(LazyModel):
    """Names a job: the board and the board's own id. Also read from one text, `zhaopin:CC123`."""

    model_config = ConfigDict(frozen=True)

    source: str
    job_id: str

    @staticmethod
    def of(job_id: str, source: str | None = None) -> "JobRef":
        """`source` may stand in front of the id instead. Raises NotFound for what no board could have named so."""
        board, colon, own = job_id.partition(":")
        if source is None and colon:
            source, job_id = board, own
        if source is None or not _SOURCE.fullmatch(source) or not _ID.fullmatch(job_id):
            raise NotFound(what="job")
        return JobRef(source=source, job_id=job_id)

    def __str__(self) -> str:
        return f"{self.source}:{self.job_id}"


class OtherPlace(LazyModel):
    """The same job at another board."""

    model_config = ConfigDict(frozen=True)

    source: str
    job_id: str
    link: str | None = None


class Job(LazyModel):
    """`description` is plain text, with line breaks; lists of boards often lack it. `ref` is what POST bodies take as `job_id`.

    `fetched_at` is when the board told us; times are aware UTC.
    """

    model_config = ConfigDict(frozen=True)

    source: str
    job_id: str
    title: str
    company: str | None = None
    city: str | None = None
    district: str | None = None
    salary: JobSalary | None = None
    experience: YearsWanted | None = None
    degree: str | None = None
    skills: tuple[str, ...] = ()
    description: str | None = None
    link: str | None = None
    published_at: datetime | None = None
    fetched_at: datetime
    also_on: tuple[OtherPlace, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _forget_derived(cls, value: object) -> object:
        return {name: item for name, item in value.items() if name != "ref"} if isinstance(value, dict) else value

    @computed_field  # type: ignore[prop-decorator]
    @property
    def ref(self) -> str:
        return f"{self.source}:{self.job_id}"

    def as_description(self, *, most: int) -> str:
        """What a resume is compared with: title, what is asked for, then the text, at most `most` characters."""
        head = [f"职位：{self.title}"]
        if self.degree:
            head.append(f"学历要求：{self.degree}及以上学历")
        if self.experience and self.experience.least:
            head.append(f"经验要求：{self.experience.least}年以上工作经验")
        if self.skills:
            head.append(f"技能要求：熟悉{'、'.join(self.skills)}")
        return "\n".join([*head, *([self.description] if self.description else [])])[:most]


class JobListing(LazyModel):
    """One page of one board, as it came at `fetched_at`."""

    model_config = ConfigDict(frozen=True)

    jobs: tuple[Job, ...]
    has_more: bool
    fetched_at: datetime
