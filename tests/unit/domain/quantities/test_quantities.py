"""Numbers in Chinese and English: the same in other words passes, another one is seen, and a lost one too."""

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.domain.quantities import invented_quantities, lost_quantities, quantities
from scripts.benchmarks.ai.cases import numbers, numbers_blind
from scripts.benchmarks.ai.numbers import is_another, is_seen

SAME = [*numbers.SAME, *numbers_blind.SAME]
CHANGED = [*numbers.CHANGED, *numbers_blind.CHANGED]


def test_there_are_enough_pairs():
    assert len(SAME) + len(CHANGED) >= 200
    assert all(" => " in line for line in [*SAME, *CHANGED])


@pytest.mark.parametrize("line", SAME)
def test_number_passes_and_is_kept_when_only_its_spelling_changes(line):
    assert not is_another(line)


@pytest.mark.parametrize("line", CHANGED)
def test_number_is_seen_when_it_is_another(line):
    assert is_seen(line)


@pytest.mark.parametrize(
    ("original", "rewritten", "lost"),
    [
        ("带领5人团队", "带领团队", ["5人"]),
        ("提升30%,节省50万元", "提升 30%", ["50万元"]),
        ("2020年获奖", "获奖", ["2020年"]),
        ("专业第一", "专业名列前茅", ["第一"]),
    ],
)
def test_number_is_named_when_it_gets_lost(original, rewritten, lost):
    assert lost_quantities(original, rewritten) == lost


@pytest.mark.parametrize(
    ("text", "kind", "low"),
    [
        ("10w+用户", "plain", 100_000),
        ("一百二十人", "people", 120),
        ("一万五千", "plain", 15_000),
        ("两千万元", "money", 20_000_000),
        ("3个月", "months", 3),
        ("2年", "months", 24),
        ("90分钟", "seconds", 5400),
        ("2020年9月", "date", 202_009),
        ("第三名", "rank", 3),
        ("a team of twenty-five people", "people", 25),
    ],
)
def test_quantity_is_read_when_it_is_written_out(text, kind, low):
    (found,) = quantities(text)

    assert (found.kind, found.low) == (kind, Decimal(low))


@pytest.mark.parametrize(
    "text",
    [
        "第三方支付",
        "十分重视",
        "一个系统",
        "二次开发",
        "三次握手",
        "千万别",
        "一线城市",
        "五险一金",
        "统一管理",
        "一起完成",
        "百度",
        "千方百计",
        "进一步",
    ],
)
def test_word_is_no_number_when_it_only_looks_like_one(text):
    assert quantities(text) == []


@given(st.integers(2, 10**9), st.integers(2, 10**9))
def test_counts_are_told_apart_when_they_differ(known, new):
    assert (invented_quantities(f"处理 {known} 条", f"处理 {new} 条") == []) is (known == new)


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_text_neither_adds_nor_loses_a_number_when_it_stays_as_it_is(text):
    text = unicodedata.normalize("NFKC", text)

    assert invented_quantities(text, text) == []
    assert lost_quantities(text, text) == []
