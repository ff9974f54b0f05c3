"""Quantities in one spelling."""

import pytest

from common.domain.optimising.numbers import known_quantities, quantities


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("10w", ["100000"]),
        ("10 万", ["100000"]),
        ("100,000", ["100000"]),
        ("1.5亿", ["150000000"]),
        ("3k", ["3000"]),
        ("3km", ["3"]),
        ("两倍", ["2倍"]),
        ("2.5 倍", ["2.5倍"]),
        ("10 万倍", ["100000倍"]),
        ("百分之三十五", ["35%"]),
        ("百分之35", ["35%"]),
        ("三个", ["3"]),
        ("二十一天", ["21"]),
        ("三百零五人", ["305"]),
        ("两万三千次", ["23000"]),
        ("一亿二千万", ["120000000"]),
        ("第三名", ["第3"]),
        ("05", ["5"]),
        ("v1.2.3", ["1.2.3"]),
        ("数百万", ["数百万"]),
    ],
)
def test_quantity_has_one_value_however_it_is_spelt(text, values):
    assert list(quantities(text)) == values


@pytest.mark.parametrize(
    "text", ["统一管理", "一个系统", "一起完成", "第三方", "万一", "十分满意", "百度", "千方百计", "进一步"]
)
def test_word_is_no_quantity_when_it_only_looks_like_one(text):
    assert quantities(text) == {}


def test_quantity_is_shown_as_printed():
    assert quantities("约 10 万人")["100000"] == "10 万"


def test_date_counts_with_its_parts_when_known():
    assert {"2019", "5", "2019.05"} <= known_quantities("2019.05")
