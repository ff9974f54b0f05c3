"""What somebody looks for, in neutral words; a board's own codes are in its mapping."""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from common.domain.jobs.experience import degree_rank, years_wanted
from common.domain.jobs.job import Job
from common.domain.jobs.places import city_name
from common.lazy_model import LazyModel

Experience = Literal["应届", "1年以下", "1-3年", "3-5年", "5-10年", "10年以上"]
Degree = Literal["大专", "本科", "硕士", "博士"]

MOST_PAGES = 20
#: Nobody is paid less than a thousand yuan a month: a smaller number is in yuan, not in fen.
_LEAST_SALARY_FEN = 1_000 * 100


def _in_fen(value: int | None) -> int | None:
    if value is not None and 0 < value < _LEAST_SALARY_FEN:
        raise ValueError("in fen a month: 1500000 is 15000 yuan")
    return value


def _known_form(value: str | None) -> str | None:
    if value is not None and not re.fullmatch("[\u4e00-\u9fff]{2,10}", value):
        raise ValueError("the Chinese name of a city: 上海")
    return city_name(value)


class JobQuery(LazyModel):
    """GET /jobs. Empty parameters count as absent; blanks around and inside a text are one."""

    model_config = ConfigDict(frozen=True)

    keyword: str | None = Field(default=None, max_length=50)
    city: Annotated[str | None, AfterValidator(_known_form)] = None
    salary_min: Annotated[int | None, AfterValidator(_in_fen)] = Field(default=None, ge=0)
    experience: Experience | None = None
    degree: Degree | None = None
    page: int = Field(default=1, ge=1, le=MOST_PAGES)
    source: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        lines = {name: " ".join(item.split()) if isinstance(item, str) else item for name, item in value.items()}
        return {name: item for name, item in lines.items() if item != ""}


def fits(job: Job, query: JobQuery) -> bool:
    """What a board's own filter let through, judged by what the job says; what it does not say is no reason to hide it."""
    return _pays(job, query.salary_min) and _asks_years(job, query) and _asks_degree(job, query) and _is_in(job, query)


def _pays(job: Job, least: int | None) -> bool:
    top = job.salary.max_fen or job.salary.min_fen if job.salary else None
    return least is None or top is None or top >= least


def _asks_years(job: Job, query: JobQuery) -> bool:
    wished = years_wanted(query.experience)
    return wished is None or job.experience is None or job.experience.overlaps(wished)


def _asks_degree(job: Job, query: JobQuery) -> bool:
    """A seeker with 本科 may take what asks for 大专."""
    return query.degree is None or degree_rank(job.degree) <= degree_rank(query.degree)


def _is_in(job: Job, query: JobQuery) -> bool:
    return query.city is None or job.city is None or job.city == query.city
