"""Tables of features: who wins, how sure that is, and that no feature is there for nothing."""

import pytest

from common.domain.parsing.features import Feature, FieldTable, assign, confidence
from common.domain.parsing.fields.company import COMPANY
from common.domain.parsing.fields.major import MAJOR
from common.domain.parsing.fields.name import NAME
from common.domain.parsing.fields.piece import Piece
from common.domain.parsing.fields.position import DEPARTMENT, POSITION
from common.domain.parsing.fields.school import SCHOOL

LONG = FieldTable(
    threshold=0.5,
    features=(
        Feature("long", 0.6, lambda text: len(text) > 3, "short words"),
        Feature("capital", 0.3, lambda text: text[:1].isupper(), "lower-case words"),
        Feature("digit", -0.9, lambda text: any(char.isdigit() for char in text), "numbers"),
    ),
)
TABLES = {"company": COMPANY, "position": POSITION, "department": DEPARTMENT}


def test_best_is_the_candidate_with_most_features() -> None:
    assert LONG.best(["abc", "abcd", "Abcd", "Abcd5"]) == ("Abcd", pytest.approx(0.9))


def test_best_is_nobody_when_the_threshold_is_not_reached() -> None:
    assert LONG.best(["abc", "Abc", "abcd1"]) is None


@pytest.mark.parametrize(("score", "sure"), [(0.1, 0.3), (0.72, 0.72), (1.4, 0.97)])
def test_confidence_stays_between_a_guess_and_certainty(score: float, sure: float) -> None:
    assert confidence(score) == sure


@pytest.mark.parametrize(
    ("texts", "company", "position", "department"),
    [
        (("示例科技有限公司", "产品经理"), "示例科技有限公司", "产品经理", None),
        (("产品经理", "示例科技产品有限公司"), "示例科技产品有限公司", "产品经理", None),
        (("示例银行", "银行客户经理", "零售部"), "示例银行", "银行客户经理", "零售部"),
        (("Software Engineer", "Engineering Systems Inc."), "Engineering Systems Inc.", "Software Engineer", None),
        (("示例科技有限公司", "研发中心", "测试组长"), "示例科技有限公司", "测试组长", "研发中心"),
        (("腾讯", "微信事业群", "后台开发"), "腾讯", "后台开发", "微信事业群"),
        (("浙江杭州", "示例网络公司", "运营"), "示例网络公司", "运营", None),
    ],
)
def test_header_is_shared_out_to_the_fields_that_fit_best(
    texts: tuple[str, ...], company: str, position: str, department: str | None
) -> None:
    pieces = [Piece(text, place, len(texts)) for place, text in enumerate(texts)]

    taken = {name: piece.text for name, (piece, _) in assign(pieces, TABLES).items()}

    assert (taken.get("company"), taken.get("position"), taken.get("department")) == (company, position, department)


@pytest.mark.parametrize("table", [COMPANY, POSITION, DEPARTMENT, MAJOR, NAME, SCHOOL])
def test_every_feature_says_what_it_guards_against(table: FieldTable[object]) -> None:
    assert len(table.features) > 4
    assert all(feature.guards and feature.score for feature in table.features)
    assert len({feature.name for feature in table.features}) == len(table.features)
