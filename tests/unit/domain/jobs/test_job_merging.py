"""Merging: boards in turn, each job once, pages that do not depend on what comes after them."""

from hypothesis import given
from hypothesis import strategies as st

from common.domain.jobs import Job, merge_pages, same_job_key
from tests.builders import NOW


def a_job(source="zhaopin", number=1, **changed):
    fields = {"title": f"会计{number}", "company": "云杉科技有限公司", "city": "上海", "fetched_at": NOW}
    return Job.model_validate({"source": source, "job_id": f"j{number}", **fields, **changed})


def test_boards_are_taken_in_turn():
    merged = merge_pages([[[a_job("boss", 1), a_job("boss", 2)], [a_job("zhaopin", 3)]]])

    assert [job.ref for job in merged] == ["boss:j1", "zhaopin:j3", "boss:j2"]


def test_the_same_job_at_both_boards_is_one_and_names_the_other():
    other = a_job("zhaopin", 9, title="会计1 （急聘）", company="云杉科技")

    (job,) = merge_pages([[[a_job("boss", 1)], [other]]])

    assert (job.source, [place.source for place in job.also_on]) == ("boss", ["zhaopin"])


def test_a_board_that_lists_a_job_twice_adds_no_other_place():
    (job,) = merge_pages([[[a_job("boss", 1), a_job("boss", 2, title="会计1")], []]])

    assert job.also_on == ()


def test_other_city_is_another_job():
    assert same_job_key(a_job()) != same_job_key(a_job(city="北京"))


NUMBERS = st.lists(st.integers(1, 12), max_size=5)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=5))
def test_no_job_is_on_two_pages_and_none_is_lost(numbers):
    pages = [[[a_job("boss", n) for n in one], [a_job("zhaopin", n) for n in other]] for one, other in numbers]

    merged = [merge_pages(pages[: count + 1]) for count in range(len(pages))]

    titles = [job.title for page in merged for job in page]
    assert len(titles) == len(set(titles))
    assert set(titles) == {job.title for page in pages for board in page for job in board}


def test_job_survives_being_kept_as_json():
    job = a_job()

    assert Job.model_validate(job.model_dump(mode="json")) == job
