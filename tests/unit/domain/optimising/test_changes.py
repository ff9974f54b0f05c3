"""Changes: judged one per place, applied, decided about, and undone to the letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from common.domain.optimising.applying import apply_changes
from common.domain.optimising.changes import Change, SuggestedChange, Suggestions, prose_items
from common.domain.optimising.judging import decide, judge
from common.domain.resume import Resume
from tests.builders import a_resume

SUMMARY, FIRST = "/basics/summary", "/work/0/highlights/0"

RICH = a_resume(
    projects=[{"name": "商城", "description": "校内二手商城", "highlights": ["负责支付"]}, {"name": "博客"}],
    volunteer=[{"organization": "学生会", "summary": "组织活动", "highlights": ["主持晚会"]}],
    education=[{"institution": "示例大学", "courses": ["操作系统"]}],
    awards=[{"title": "一等奖", "summary": "校级"}],
)


def suggest(*changes: tuple[str, str]) -> Suggestions:
    return Suggestions(changes=[SuggestedChange(path=path, text=text) for path, text in changes])


def test_only_prose_may_be_reworded():
    assert prose_items(RICH) == {
        SUMMARY: "三年后端开发经验",
        FIRST: "负责订单系统的开发，日均处理 10w 请求",
        "/work/0/highlights/1": "用 mysql 和 redis 优化查询",
        "/volunteer/0/summary": "组织活动",
        "/volunteer/0/highlights/0": "主持晚会",
        "/projects/0/description": "校内二手商城",
        "/projects/0/highlights/0": "负责支付",
    }


def test_there_is_no_prose_when_the_resume_is_empty():
    assert prose_items(Resume()) == {}


def test_suggestion_is_applied_when_it_is_honest():
    (change,) = judge(suggest((SUMMARY, "三年后端经验")), prose_items(RICH))

    assert (change.id, change.state, change.original, change.text) == (
        "c1",
        "applied",
        "三年后端开发经验",
        "三年后端经验",
    )


def test_suggestion_is_blocked_with_its_reasons_when_it_invents():
    (change,) = judge(suggest((SUMMARY, "八年 Go 开发经验")), prose_items(RICH))

    assert (change.state, change.blocked_because) == (
        "blocked",
        ["数字“八年”原文没有", "技能“Go”原文没有", "丢掉了原文的“三年”"],
    )


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/basics/name", "李雷"),
        ("/basics/phone", "1"),
        ("/work/9/highlights/0", "x"),
        ("work/0/highlights/0", "x"),
        ("/projects/1/description", "x"),
        ("", "x"),
        (SUMMARY, "三年后端开发经验"),
        (SUMMARY, "  三年后端开发经验 "),
    ],
)
def test_suggestion_is_passed_over_when_it_is_for_no_prose_or_changes_nothing(path, text):
    assert judge(suggest((path, text)), prose_items(RICH)) == []


def test_first_suggestion_counts_when_there_are_two_for_one_place():
    changes = judge(suggest((SUMMARY, "三年经验"), (SUMMARY, "后端经验"), (FIRST, "开发订单系统")), prose_items(RICH))

    assert [(change.id, change.text) for change in changes] == [("c1", "三年经验"), ("c2", "开发订单系统")]


@pytest.mark.parametrize(
    "content", [{"changes": [{"path": SUMMARY, "text": "  "}]}, {"changes": [{"text": "x"}]}, {"changes": "x"}]
)
def test_suggestions_are_refused_when_they_have_another_form(content):
    with pytest.raises(ValidationError):
        Suggestions.model_validate(content)


def test_reason_is_given_when_the_model_left_it_out():
    assert Suggestions.model_validate({"changes": [{"path": SUMMARY, "text": "x"}]}).changes[0].reason


def change_of(path: str, text: str, state: str = "applied", change_id: str = "c1") -> Change:
    return Change(id=change_id, path=path, original=prose_items(RICH)[path], text=text, reason="-", state=state)


def test_only_its_place_changes_when_a_change_is_applied():
    better = apply_changes(RICH, [change_of(FIRST, "开发订单系统")])

    assert better.work[0].highlights == ["开发订单系统", "用 mysql 和 redis 优化查询"]
    restored = apply_changes(RICH, [change_of(FIRST, "开发订单系统", "rejected")])
    assert restored.as_json_resume() == RICH.as_json_resume()


@pytest.mark.parametrize("state", ["rejected", "blocked"])
def test_original_stands_when_a_change_is_not_applied(state):
    assert apply_changes(RICH, [change_of(SUMMARY, "x", state)]).basics.summary == "三年后端开发经验"


def test_resume_given_stays_as_it_was_when_changes_are_applied():
    before = RICH.model_dump()

    apply_changes(RICH, [change_of(SUMMARY, "x")])

    assert RICH.model_dump() == before


@given(
    texts=st.dictionaries(
        st.sampled_from(sorted(prose_items(RICH))), st.text(min_size=1).filter(lambda text: text.strip()), min_size=1
    )
)
def test_original_comes_back_whatever_was_applied(texts):
    changes = [change_of(path, text, change_id=f"c{number}") for number, (path, text) in enumerate(texts.items())]

    undone = apply_changes(RICH, decide(changes, accept=[], reject=[change.id for change in changes]))

    assert undone.as_json_resume() == RICH.as_json_resume()


def states(accept: list[str], reject: list[str]) -> list[str]:
    changes = [
        change_of(SUMMARY, "x", "applied", "c1"),
        change_of(FIRST, "y", "rejected", "c2"),
        change_of("/projects/0/description", "z", "blocked", "c3"),
    ]
    return [change.state for change in decide(changes, accept=accept, reject=reject)]


@pytest.mark.parametrize(
    ("accept", "reject", "after"),
    [
        ([], [], ["applied", "rejected", "blocked"]),
        (["c2"], ["c1"], ["rejected", "applied", "blocked"]),
        (["c3"], [], ["applied", "rejected", "blocked"]),
        ([], ["c3"], ["applied", "rejected", "blocked"]),
        (["c1"], ["c1"], ["rejected", "rejected", "blocked"]),
        (["c9"], ["c8"], ["applied", "rejected", "blocked"]),
    ],
)
def test_decision_of_the_user_counts_except_for_blocked_changes(accept, reject, after):
    assert states(accept, reject) == after
