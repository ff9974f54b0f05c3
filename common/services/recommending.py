"""Jobs for a resume: a few searches by its positions and skills, then every job judged by fixed rules, with the reasons."""

from collections.abc import Iterator, Sequence

from pydantic import Field, ValidationError

from common.domain.jobs import Job, JobQuery
from common.domain.jobs.recommending import Recommendation, recommend
from common.domain.jobs.seeker import Seeker, seeker_of
from common.domain.matching.meaning import cosine
from common.domain.optimising.masking import Mask
from common.errors import OUT_OF_REACH
from common.lazy_model import LazyModel
from common.services.job_sources import SourceReport
from common.services.jobs import JobDesk, current_resume, gather
from common.services.library import Shelf
from common.services.ports import Embedder

#: Enough to choose from: no wider search is made then.
ENOUGH = 30
_MOST_SEARCHES, _MOST_CITIES, _MOST_EACH = 8, 2, 2
_MOST_EMBEDDED = 100
#: Cosine from which two texts have nothing to do with each other, and from which they are about the same work.
_FAR, _NEAR = 0.5, 0.85


class ForResume(LazyModel):
    """GET /jobs/recommend."""

    resume_id: str = Field(min_length=1, max_length=80)


class Recommended(LazyModel):
    """Best first. `searched`: what the boards were asked for. An empty list with a `hint` says what the resume lacks."""

    jobs: list[Recommendation]
    searched: list[str]
    sources: list[SourceReport]
    hint: str | None = None


def recommend_jobs(desk: JobDesk, shelf: Shelf, resume_id: str, *, embedder: Embedder | None) -> Recommended:
    """Raises NotFound, ResumeNotReady, JobSourceClosed, and a board's own error when none could answer."""
    seeker = seeker_of(current_resume(shelf, resume_id), today=f"{desk.now:%Y-%m}")
    if seeker.is_blank:
        hint = "简历里没有职位或技能，暂时无法推荐；请补充求职意向或技能"
        return Recommended(jobs=[], searched=[], sources=[], hint=hint)
    queries = list(_queries(seeker))[:_MOST_SEARCHES]
    found, sources, asked = gather(desk, queries, enough=ENOUGH)
    near = _nearness(found, seeker, embedder)
    return Recommended(jobs=recommend(found, seeker, nearness=near), searched=asked, sources=sources)


def _queries(seeker: Seeker) -> Iterator[JobQuery]:
    """In the wished cities first, everywhere only after that. A name that is no Chinese city cannot be searched by."""
    cities = [city for city in dict.fromkeys(seeker.cities) if _query("", city)][:_MOST_CITIES]
    keywords = dict.fromkeys([*seeker.positions[:_MOST_EACH], *seeker.skills[:_MOST_EACH]])
    for place in (*cities, None):
        yield from (query for keyword in keywords if (query := _query(keyword, place)))


def _query(keyword: str, city: str | None) -> JobQuery | None:
    try:
        return JobQuery(keyword=keyword[:50], city=city)
    except ValidationError:
        return None


def _nearness(jobs: Sequence[Job], seeker: Seeker, embedder: Embedder | None) -> dict[str, float]:
    """Nothing without a model, or when it fails: then words alone decide."""
    chosen = sorted(jobs, key=lambda job: job.ref)[:_MOST_EMBEDDED]
    if embedder is None or not chosen:
        return {}
    mask = Mask()
    texts = [seeker.profile, *("；".join([job.title, *job.skills]) for job in chosen)]
    try:
        own, *others = embedder.vectors([mask.hide(text) for text in texts])
    except OUT_OF_REACH:
        return {}
    scaled = ((cosine(own, other) - _FAR) / (_NEAR - _FAR) for other in others)
    return {job.ref: min(1.0, max(0.0, near)) for job, near in zip(chosen, scaled, strict=True)}
