"""Expected salaries: as printed, and in yuan."""

from typing import Any

import pytest

from common.domain.resume.salary import Salary, is_salary


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("12k-15k", (12_000, 15_000, "month", None)),
        ("15-20K·14薪", (15_000, 20_000, "month", 14)),
        ("8000-12000元/月", (8_000, 12_000, "month", None)),
        ("1.5万-2万", (15_000, 20_000, "month", None)),
        ("年薪30-40万", (300_000, 400_000, "year", None)),
        ("200元/天", (200, None, "day", None)),
        ("10000以上", (10_000, None, "month", None)),
        ("税前月薪20k~25k", (20_000, 25_000, "month", None)),
        ("面议", (None, None, None, None)),
    ],
)
def test_salary_is_yuan_for_a_unit_of_time(text: str, numbers: tuple[Any, ...]) -> None:
    salary = Salary.from_text(text)

    assert (salary.min, salary.max, salary.unit, salary.months) == numbers
    assert salary.text == text


def test_salary_follows_from_its_text_whatever_else_is_claimed() -> None:
    salary = Salary.model_validate({"text": "12k-15k", "min": 90_000, "max": 99_000, "months": 20})

    assert (salary.min, salary.max, salary.months) == (12_000, 15_000, None)


def test_salary_may_come_as_plain_text() -> None:
    assert Salary.model_validate("8-10k").max == 10_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [("15K", True), ("薪资面议", True), ("8-10k*13薪", True), ("北京", False), ("3-5 年", False), ("产品经理", False)],
)
def test_salary_is_told_from_other_wishes(text: str, expected: bool) -> None:
    assert is_salary(text) is expected
