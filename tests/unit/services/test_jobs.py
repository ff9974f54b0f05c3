"""Use cases of jobs with boards in memory: what boards are asked for, and an embedding model that helps or fails."""

import json
from contextlib import contextmanager

import pytest

from common.domain.jobs import Job, JobListing, fits, read_salary, years_wanted
from common.errors import (
    InvalidField,
    JobSourceClosed,
    NotFound,
    ResumeNotReady,
    VendorBusy,
    VendorUnavailable,
    message_of,
)
from common.services import jobs, recommending
from common.services.job_cache import JobCache
from common.services.jobs import JobDesk
from common.services.library import Shelf
from tests.builders import NOW, a_resume


class MemoryBoard:
    """Finds what `fits` and holds the keyword; remembers what it was asked; fails when it is told to."""

    per_minute, cache_s = 100, 600

    def __init__(self, name, openings=(), *, is_open=True, trouble=None):
        self.name, self.title, self.is_open, self.trouble = name, name.title(), is_open, trouble
        self.openings = list(openings)
        self.asked = []

    def search(self, query, *, now):
        self.asked.append((query.keyword, query.city, query.page))
        if self.trouble:
            raise self.trouble
        found = [job for job in self.openings if (query.keyword or "") in job.title and fits(job, query)]
        return JobListing(jobs=tuple(found), has_more=False, fetched_at=now)

    def detail(self, ref, *, now):
        return next(job for job in self.openings if job.job_id == ref.job_id)


class NoRedis:
    def get(self, key):
        return None

    def put(self, key, value, *, lifetime_s):
        return None

    def hit(self, key, *, limit, window_s, fail_open=True):
        return None

    @contextmanager
    def held(self, name, *, lease_s):
        yield True


class Vectors:
    """The first text is the seeker; `near` tells which others are about the same work."""

    def __init__(self, near="", trouble=None):
        self.near, self.trouble, self.texts = near, trouble, []

    def vectors(self, texts):
        self.texts = list(texts)
        if self.trouble:
            raise self.trouble
        return [
            [1.0, 0.0] if place == 0 or (self.near and self.near in text) else [0.0, 1.0]
            for place, text in enumerate(texts)
        ]


def a_job(source, number, title="后端工程师", **changed):
    fields = {
        "city": "上海",
        "salary": read_salary("20-30K"),
        "experience": years_wanted("3-5年"),
        "skills": ("MySQL",),
    }
    return Job(
        source=source,
        job_id=f"j{number}",
        title=title,
        company=f"公司{number}",
        fetched_at=NOW,
        **{**fields, **changed},
    )


@pytest.fixture
def shelf(resumes, objects, credits, han):
    return Shelf(han.id, resumes, objects, message_of, None, credits, NOW)


@pytest.fixture
def with_resume(shelf, keep, objects):
    """Puts a parsed resume there; its id."""

    def put(**content):
        row = keep()
        resume = a_resume(**content)
        objects.kept[str(row.key("parsed", "json"))] = json.dumps(resume.as_json_resume()).encode()
        return row.id

    return put


WISH = {"x_cn": {"intention": {"positions": ["后端工程师"], "cities": ["上海"], "salary": "15-20K"}}}


def a_desk(*boards):
    redis = NoRedis()
    return JobDesk(boards, JobCache(redis, redis, redis, lambda: NOW), NOW)


def test_best_job_comes_first_with_its_reasons(shelf, with_resume):
    board = MemoryBoard("boss", [a_job("boss", 1, city="北京"), a_job("boss", 2)])

    found = recommending.recommend_jobs(a_desk(board), shelf, with_resume(**WISH), embedder=None)

    assert [one.job.job_id for one in found.jobs] == ["j2", "j1"]
    assert "工作地点上海，是你想去的城市" in found.jobs[0].reasons
    assert board.asked[0] == ("后端工程师", "上海", 1)
    assert found.searched[0] == "后端工程师 上海"


def test_search_widens_until_there_is_enough_and_ends(shelf, with_resume):
    board = MemoryBoard("boss", [a_job("boss", 1)])

    recommending.recommend_jobs(a_desk(board), shelf, with_resume(**WISH), embedder=None)

    assert (None, None) not in {(keyword, city) for keyword, city, _ in board.asked}
    assert any(city is None for _, city, _ in board.asked)
    assert len(board.asked) <= 8


def test_no_wider_search_is_made_when_there_is_enough(shelf, with_resume):
    board = MemoryBoard("boss", [a_job("boss", number) for number in range(40)])

    found = recommending.recommend_jobs(a_desk(board), shelf, with_resume(**WISH), embedder=None)

    assert len(board.asked) == 1
    assert len(found.jobs) == 20


def test_a_board_that_fails_is_asked_once_and_named(shelf, with_resume):
    good, bad = MemoryBoard("boss", [a_job("boss", 1)]), MemoryBoard("zhaopin", trouble=VendorUnavailable())

    found = recommending.recommend_jobs(a_desk(good, bad), shelf, with_resume(**WISH), embedder=None)

    assert len(bad.asked) == 1
    assert {report.source: report.status for report in found.sources} == {"boss": "ok", "zhaopin": "unavailable"}


def test_error_comes_out_when_every_board_fails(shelf, with_resume):
    boards = [MemoryBoard(name, trouble=VendorBusy()) for name in ("boss", "zhaopin")]

    with pytest.raises(VendorBusy):
        recommending.recommend_jobs(a_desk(*boards), shelf, with_resume(**WISH), embedder=None)


def test_a_city_that_a_board_does_not_know_does_not_end_the_asking(shelf, with_resume):
    class Provincial(MemoryBoard):
        def search(self, query, *, now):
            if query.city:
                raise InvalidField(field="city")
            return super().search(query, now=now)

    board = Provincial("boss", [a_job("boss", 1)])

    found = recommending.recommend_jobs(a_desk(board), shelf, with_resume(**WISH), embedder=None)

    assert [one.job.job_id for one in found.jobs] == ["j1"]


def test_closed_boards_are_not_asked(shelf, with_resume):
    closed = MemoryBoard("boss", [a_job("boss", 1)], is_open=False)

    with pytest.raises(JobSourceClosed):
        recommending.recommend_jobs(a_desk(closed), shelf, with_resume(**WISH), embedder=None)

    assert closed.asked == []


def test_hint_says_what_is_missing_when_there_is_nothing_to_search_by(shelf, with_resume):
    blank = {"basics": {"name": "韩梅梅"}, "work": [], "skills": [], "projects": [], "education": []}

    found = recommending.recommend_jobs(a_desk(), shelf, with_resume(**blank), embedder=None)

    assert found.jobs == []
    assert "求职意向" in (found.hint or "")


@pytest.mark.parametrize("near", ["平台研发", ""])
def test_meaning_lifts_a_job_whose_words_differ(shelf, with_resume, near):
    board = MemoryBoard("boss", [a_job("boss", 1, title="平台研发后端工程师")])
    model = Vectors(near)

    found = recommending.recommend_jobs(a_desk(board), shelf, with_resume(**WISH), embedder=model)

    assert found.jobs[0].semantic is True
    assert len(model.texts) == 2


def test_words_alone_decide_when_the_model_fails(shelf, with_resume):
    board = MemoryBoard("boss", [a_job("boss", 1)])
    resume_id = with_resume(**WISH)

    failed = recommending.recommend_jobs(a_desk(board), shelf, resume_id, embedder=Vectors(trouble=VendorUnavailable()))

    plain = recommending.recommend_jobs(a_desk(board), shelf, resume_id, embedder=None)
    assert failed == plain


def test_resume_that_is_not_read_yet_is_not_ready(shelf, keep):
    with pytest.raises(ResumeNotReady):
        recommending.recommend_jobs(a_desk(), shelf, keep().id, embedder=None)


def test_job_as_text_names_what_the_board_asks_for():
    board = MemoryBoard("boss", [a_job("boss", 1, degree="本科", description="负责核心服务")])

    text = jobs.description_of(a_desk(board), jobs.JobRef.of("boss:j1"))

    assert text.splitlines() == [
        "职位：后端工程师",
        "学历要求：本科及以上学历",
        "经验要求：3年以上工作经验",
        "技能要求：熟悉MySQL",
        "负责核心服务",
    ]


def test_unknown_board_has_no_jobs():
    with pytest.raises(NotFound):
        jobs.show(a_desk(MemoryBoard("boss")), jobs.JobRef.of("liepin:1"))
