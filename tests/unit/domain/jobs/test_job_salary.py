"""Salaries: every printed form of both boards in fen a month, and properties that hold for whatever is printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.domain.jobs import read_salary

YUAN = 100


@pytest.mark.parametrize(
    ("text", "low", "high", "months"),
    [
        ("15-25K·13薪", 15_000, 25_000, 13),
        ("8-12k", 8_000, 12_000, None),
        ("15K", 15_000, 15_000, None),
        ("1.5-2万/月", 15_000, 20_000, None),
        ("1.1-1.5万", 11_000, 15_000, None),
        ("1-1.5万·14薪", 10_000, 15_000, 14),
        ("8千-1.2万", 8_000, 12_000, None),
        ("15000-25000", 15_000, 25_000, None),
        ("8,000-12,000元/月", 8_000, 12_000, None),
        ("9000元/月", 9_000, 9_000, None),
        ("3000元以上", 3_000, None, None),
        ("12K以下", None, 12_000, None),
        ("200元/天", 4_350, 4_350, None),
        ("150-200元/天", 3_262.5, 4_350, None),
        ("日薪200", 4_350, 4_350, None),
        ("24-36万/年", 20_000, 30_000, None),
        ("年薪30万", 25_000, 25_000, None),
        ("20-30万/年", 16_666.67, 25_000, None),
        ("1萬-2萬", 10_000, 20_000, None),
        ("１５－２５Ｋ", 15_000, 25_000, None),
        ("15~25K", 15_000, 25_000, None),
        ("25-15K", 15_000, 25_000, None),
        ("面议", None, None, None),
        ("薪资面议", None, None, None),
        ("面议·13薪", None, None, 13),
        ("25元/时", None, None, None),
        ("30元/小时", None, None, None),
        ("20-40", None, None, None),
        ("99999999万", None, None, None),
        ("0元", None, None, None),
    ],
)
def test_salary_is_read_in_fen_a_month(text, low, high, months):
    salary = read_salary(text)

    assert salary.text == text
    assert salary.min_fen == (None if low is None else round(low * YUAN))
    assert salary.max_fen == (None if high is None else round(high * YUAN))
    assert salary.months == months


def test_months_of_a_field_of_its_own_are_read():
    assert read_salary("1-2万", months="14薪").months == 14


@pytest.mark.parametrize("text", [None, "", "   "])
def test_there_is_no_salary_without_a_text(text):
    assert read_salary(text) is None


AMOUNTS = st.integers(min_value=3, max_value=300)


@given(st.text(max_size=80), st.text(max_size=20))
def test_any_text_is_read_without_an_error_and_in_order(text, months):
    salary = read_salary(text, months=months)

    if salary and salary.min_fen is not None and salary.max_fen is not None:
        assert 0 < salary.min_fen <= salary.max_fen


@given(AMOUNTS, AMOUNTS, st.sampled_from("-–—~～至到"), st.integers(12, 24))
def test_thousands_are_what_they_say_whatever_the_dash(one, other, dash, months):
    salary = read_salary(f"{one}{dash}{other}K·{months}薪")

    low, high = sorted((one, other))
    assert (salary.min_fen, salary.max_fen, salary.months) == (low * 1000 * YUAN, high * 1000 * YUAN, months)


@given(AMOUNTS, AMOUNTS)
def test_the_same_pay_is_the_same_figure_in_every_unit(low, more):
    high = low + more
    forms = [
        f"{low}-{high}K",
        f"{low}千-{high}千",
        f"{low / 10:g}-{high / 10:g}万",
        f"{low * 1000}-{high * 1000}元/月",
        f"{low * 12 / 10:g}-{high * 12 / 10:g}万/年",
    ]

    figures = {(salary.min_fen, salary.max_fen) for salary in map(read_salary, forms)}

    assert figures == {(low * 1000 * YUAN, high * 1000 * YUAN)}


@given(st.integers(50, 2000))
def test_a_day_counts_as_often_as_the_law_says(yuan):
    assert read_salary(f"{yuan}元/天").min_fen == yuan * 2175
