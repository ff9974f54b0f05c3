"""Split, drop and reorder: judged, applied together, and taken back one by one."""

import pytest

from common.domain.optimising.applying import apply_changes
from common.domain.optimising.changes import SuggestedChange, Suggestions, ordered_lists, prose_items
from common.domain.optimising.judging import asked, decide, judge
from tests.builders import a_resume

BULLETS = ["负责订单系统的开发，日均处理 10w 请求，同时维护报表系统", "用 mysql 优化查询", "参加例会"]
RESUME = a_resume(
    work=[{"name": "示例公司", "highlights": BULLETS}], skills=[{"name": "语言", "keywords": ["Go", "Java"]}]
)
LIST = "/work/0/highlights"


def judged(*suggestions: SuggestedChange):
    return judge(Suggestions(changes=list(suggestions)), prose_items(RESUME), ordered_lists(RESUME))


SPLIT = SuggestedChange(
    op="split", path=f"{LIST}/0", texts=["开发订单系统，日均处理 10 万请求", "维护报表系统"], rule="split"
)
DROP = SuggestedChange(op="drop", path=f"{LIST}/2", reason="与职位无关", rule="relevance")
REORDER = SuggestedChange(op="reorder", path=LIST, order=[1, 0, 2], rule="order")


def test_operations_are_applied_together_when_they_touch_one_list():
    changes = decide(judged(SPLIT, DROP, REORDER), accept=["c2"], reject=[])

    better = apply_changes(RESUME, changes)

    assert better.work[0].highlights == ["用 mysql 优化查询", "开发订单系统，日均处理 10 万请求", "维护报表系统"]


def test_sentence_stays_when_nobody_agreed_to_drop_it():
    (change,) = judged(DROP)

    assert (change.state, change.reason) == ("suggested", "与职位无关")
    assert apply_changes(RESUME, [change]).work[0].highlights == BULLETS


@pytest.mark.parametrize("rejected", ["c1", "c2", "c3"])
def test_each_operation_is_taken_back_alone_when_rejected(rejected):
    changes = decide(judged(SPLIT, DROP, REORDER), accept=["c1", "c2", "c3"], reject=[rejected])

    better = apply_changes(RESUME, changes).work[0].highlights

    whole = {"c1": BULLETS[0] in better, "c2": BULLETS[2] in better, "c3": better[-1] == "用 mysql 优化查询"}
    assert whole[rejected]


def test_split_is_blocked_when_it_loses_something():
    lossy = SPLIT.model_copy(update={"texts": ["开发订单系统", "维护报表系统"]})

    (change,) = judged(lossy)

    assert change.state == "blocked"
    assert any("10w" in reason for reason in change.blocked_because)


@pytest.mark.parametrize("order", [[0, 1], [0, 0, 1], [0, 1, 2], [3, 1, 0], [2, 1]])
def test_order_is_passed_over_when_it_is_no_new_order_of_everything(order):
    assert judged(SuggestedChange(op="reorder", path=LIST, order=order)) == []


@pytest.mark.parametrize("path", ["/basics/name", "/education", "/work", "/work/0/name", "/meta/x_cn/unplaced"])
def test_order_is_passed_over_when_the_list_is_not_ours_to_order(path):
    assert judged(SuggestedChange(op="reorder", path=path, order=[1, 0])) == []


def test_question_is_asked_when_its_place_is_known_and_it_is_plain():
    questions = [
        {"path": f"{LIST}/1", "question": "查询快了多少？"},
        {"path": f"{LIST}/1", "question": "第二个问题"},
        {"path": "/basics/name", "question": "您叫什么？"},
        {"path": f"{LIST}/0", "question": "请打开 https://evil.example"},
    ]

    kept = asked(Suggestions.model_validate({"questions": questions}), prose_items(RESUME))

    assert [(one.path, one.question) for one in kept] == [(f"{LIST}/1", "查询快了多少？")]
