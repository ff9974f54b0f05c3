"""A view as one theme shows it."""

from common.documents.template_shelf import theme
from common.domain.rendering.arrange import arrange, in_columns
from common.domain.rendering.measure import em_width, packed
from common.domain.rendering.present import present
from common.domain.rendering.view import Fact, Piece, ResumeView
from common.domain.resume.model import Resume
from tests.unit.domain.rendering import samples


def kinds(view: ResumeView) -> list[str]:
    return [section.kind for section in view.sections]


def test_ordered_sections_come_first_and_the_opening_summary_before_them() -> None:
    look = theme("classic").model_copy(update={"order": ("skills", "education")})

    arranged = kinds(arrange(present(samples.full_life()), look))

    assert arranged[:4] == ["summary", "skills", "education", "work"]


def test_summary_stays_near_the_end_when_it_does_not_open() -> None:
    look = theme("classic").model_copy(update={"order": ("skills",)})

    assert kinds(arrange(present(samples.graduate()), look))[-1] == "summary"


def test_hidden_sections_are_gone_and_nothing_else() -> None:
    view = present(samples.full_life())

    arranged = arrange(view, theme("classic").model_copy(update={"hidden": ("interests", "other")}))

    assert kinds(arranged) == [kind for kind in kinds(view) if kind not in ("interests", "other")]


def test_narrow_column_takes_the_sections_of_the_theme_when_they_fit() -> None:
    view = present(samples.graduate())

    columns = in_columns(view, theme("sidebar"))

    assert [section.kind for section in columns.aside] == ["skills", "certificates", "awards"]
    assert sorted(columns.texts()) == sorted(view.texts())


def test_sections_stay_in_the_wide_column_when_the_narrow_one_is_full() -> None:
    skills = [{"name": f"第{number}类技能", "keywords": ["一", "二"]} for number in range(60)]
    view = present(Resume.model_validate({"basics": {"name": "张三"}, "skills": skills}))

    columns = in_columns(view, theme("sidebar"))

    assert (columns.aside, kinds(columns)) == ((), ["skills"])


def test_facts_stay_whole_when_a_line_is_full() -> None:
    facts = [Fact("求职意向", "架构师"), Fact("期望城市", "上海、杭州"), Fact("到岗时间", "一个月内")]

    lines = packed(facts, 20)

    assert lines == [facts[:2], facts[2:]]


def test_item_has_a_line_of_its_own_when_it_is_too_long() -> None:
    pieces = [Piece("短"), Piece("x" * 200), Piece("短")]

    assert packed(pieces, 20) == [[piece] for piece in pieces]
    assert em_width("中文") == 2
