"""Years, degrees, places and names of jobs, as boards print them."""

import pytest

from common.domain.jobs import JobRef, degree_wanted, years_wanted
from common.domain.jobs.places import split_place
from common.errors import NotFound


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("3-5年", 3, 5),
        ("1年以下", 0, 1),
        ("1年以内", 0, 1),
        ("应届毕业生", 0, 0),
        ("在校/应届", 0, 0),
        ("经验不限", None, None),
        ("无经验", None, None),
        ("10年以上", 10, None),
        ("三年以上", 3, None),
        ("十年以上", 10, None),
        ("5年", 5, None),
        ("５-１０年", 5, 10),
    ],
)
def test_years_are_read(text, least, most):
    years = years_wanted(text)

    assert (years.text, years.least, years.most) == (text, least, most)


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("3-5年", "3-5年", True),
        ("3-5年", "5-10年", False),
        ("1年以下", "应届", True),
        ("应届", "应届", True),
        ("10年以上", "5-10年", False),
        ("经验不限", "3-5年", True),
        ("3年以上", "5-10年", True),
        ("1-3年", "应届", False),
    ],
)
def test_years_overlap_when_somebody_fits_both(one, other, together):
    first, second = years_wanted(one), years_wanted(other)

    assert first.overlaps(second) is second.overlaps(first) is together


@pytest.mark.parametrize(
    ("text", "degree"),
    [
        ("本科", "本科"),
        ("统招本科及以上", "本科"),
        ("硕士研究生", "硕士"),
        ("本科/硕士", "本科"),
        ("大专", "大专"),
        ("博士", "博士"),
        ("学历不限", None),
        ("高中", None),
        (None, None),
    ],
)
def test_degree_is_the_lowest_that_is_named(text, degree):
    assert degree_wanted(text) == degree


@pytest.mark.parametrize(
    ("city", "district", "place"),
    [
        ("上海市", None, ("上海", None)),
        ("上海·浦东新区·张江", None, ("上海", "浦东新区")),
        ("广东-深圳-南山区", None, ("深圳", "南山区")),
        ("江苏省 苏州市", "吴中区", ("苏州", "吴中区")),
        ("北京", "朝阳区", ("北京", "朝阳区")),
        ("", None, (None, None)),
    ],
)
def test_city_and_district_are_told_apart(city, district, place):
    assert split_place(city, district) == place


def test_job_is_named_by_one_text_or_two():
    assert JobRef.of("boss:ab1~") == JobRef.of("ab1~", "boss")
    assert str(JobRef.of("ab1~", "boss")) == "boss:ab1~"


@pytest.mark.parametrize(
    ("job_id", "source"),
    [("ab1", None), ("", "boss"), ("../x", "boss"), ("a/b", "boss"), ("a?b=1", "boss"), ("a", "Boss")],
)
def test_no_job_has_a_name_that_could_lead_elsewhere(job_id, source):
    with pytest.raises(NotFound):
        JobRef.of(job_id, source)
