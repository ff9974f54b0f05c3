"""What counts as invented, what as lost."""

from typing import Any

import pytest

from scripts.benchmarks.faithfulness import invented, lost

LINES = ["林小满    电话：138 0000 1234", "2020年3月-至今    云帆科技有限公司    会计", "• 完成年度审计", "并按时申报"]
RESUME: dict[str, Any] = {
    "basics": {"name": "林小满", "phone": "13800001234"},
    "work": [
        {
            "name": "云帆科技有限公司",
            "position": "会计",
            "startDate": "2020-03",
            "highlights": ["完成年度审计并按时申报"],
            "x_cn": {"date_raw": "2020年3月-至今", "current": True},
        }
    ],
}


def with_work(**changed: Any) -> dict[str, Any]:
    return RESUME | {"work": [RESUME["work"][0] | changed]}


def test_nothing_is_invented_or_lost_when_every_word_has_its_place() -> None:
    assert invented(RESUME, LINES) == []
    assert lost(RESUME, LINES) == []


def test_value_is_invented_when_the_document_does_not_hold_it() -> None:
    assert invented(with_work(position="总会计师"), LINES) == ["总会计师"]


def test_normalised_date_is_not_invented_but_a_raw_one_is() -> None:
    raw = {"x_cn": {"date_raw": "2021年3月-至今"}}

    assert invented(with_work(**raw), LINES) == ["2021年3月-至今"]


def test_masked_value_is_not_invented_when_its_visible_parts_are_there() -> None:
    assert invented({"basics": {"phone": "138****1234"}}, LINES) == []


def test_line_is_lost_when_a_word_of_it_is_nowhere() -> None:
    assert lost(with_work(highlights=["完成年度审计"]), LINES) == ["并按时申报"]


def test_line_is_not_lost_when_it_is_unplaced() -> None:
    resume = with_work(highlights=["完成年度审计"]) | {"meta": {"x_cn": {"unplaced": ["并按时申报"]}}}

    assert lost(resume, LINES) == []


@pytest.mark.parametrize(
    "line", ["联系电话：138 0000 1234", "第 1 页 共 2 页", "Technologies: 会计", "1. 完成年度审计"]
)
def test_label_page_number_and_numbering_may_go(line: str) -> None:
    assert lost(RESUME, [line]) == []
