"""One page: how far a theme is tightened, and what to cut when that is not enough."""

import pytest

from common.documents.template_shelf import template_names, theme
from common.domain.rendering.cuts import what_to_cut
from common.domain.rendering.document import TypesetPdf
from common.domain.rendering.fit import SMALLEST_SCALE, TIGHTEST, PageFit, tightened
from common.domain.rendering.notes import layout_notes
from common.domain.rendering.present import present
from common.domain.rendering.theme import SMALLEST_TEXT_PT
from tests.unit.domain.rendering import samples


@pytest.mark.parametrize("template", template_names())
def test_text_is_never_smaller_than_nine_points_nor_ninety_percent(template: str) -> None:
    designed = theme(template)

    looks = [tightened(designed, step) for step in range(TIGHTEST + 1)]

    assert looks[0] == designed
    assert all(look.text_pt >= max(SMALLEST_TEXT_PT, SMALLEST_SCALE * designed.text_pt) - 0.01 for look in looks)
    assert all(look.small_pt >= SMALLEST_TEXT_PT for look in looks)
    assert all(look.line_height >= 1.2 for look in looks)


def test_every_step_is_tighter_than_the_one_before() -> None:
    looks = [tightened(theme("classic"), step) for step in range(TIGHTEST + 1)]

    sizes = [(look.space, look.line_height, look.margin_top_mm, look.text_pt) for look in looks]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == TIGHTEST + 1


def test_least_important_goes_first_when_little_is_too_much() -> None:
    cuts = what_to_cut(present(samples.full_life()), 2)

    assert cuts == ("删去“其他”一节（约省 4 行）",)


def test_cuts_name_places_until_enough_is_won() -> None:
    cuts = what_to_cut(present(samples.full_life()), 11)

    assert cuts[1] == "删去“兴趣爱好”一节（约省 4 行）"
    assert cuts[2].startswith("“东方软件股份有限公司”时间较早，只留一行标题")
    assert "建议使用两页" not in "".join(cuts)


def test_two_pages_are_advised_when_no_cut_is_enough() -> None:
    cuts = what_to_cut(present(samples.full_life()), 300)

    assert len(cuts) > 5
    assert "建议使用两页" in cuts[-1]


def test_nothing_is_noted_when_all_is_well() -> None:
    assert layout_notes(TypesetPdf(b"", 1, "", PageFit(fits=True, step=2))) == []


def test_notes_say_what_is_missing_and_what_is_too_much() -> None:
    fit = PageFit(fits=False, lines_over=9, cuts=("删去“其他”一节（约省 4 行）",))

    notes = layout_notes(TypesetPdf(b"", 2, "㙍𡋾", fit))

    assert "㙍、𡋾" in notes[0]
    assert "约 9 行" in notes[1]
    assert notes[2:] == list(fit.cuts)
