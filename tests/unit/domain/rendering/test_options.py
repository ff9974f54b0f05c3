"""What a user may choose about a layout."""

from typing import Any

import pytest
from pydantic import ValidationError

from common.documents.template_shelf import template_names, theme
from common.domain.rendering.options import RenderOptions, styled
from common.domain.rendering.theme import SMALLEST_TEXT_PT, contrast_with_white


@pytest.mark.parametrize("template", template_names())
def test_theme_stays_as_it_is_when_nothing_is_chosen(template: str) -> None:
    assert styled(theme(template), RenderOptions()) == theme(template)


def test_theme_takes_what_is_chosen() -> None:
    options = RenderOptions(accent="#6A3D9A", photo=False, fit="one_page", order=["skills"], hidden=["interests"])

    look = styled(theme("academic"), options)

    assert look.colours.accent == "#6a3d9a"
    assert (look.photo, look.fit, look.hidden) == (False, "one_page", ("interests",))
    assert look.order[:2] == ("skills", "education")


def test_own_typeface_is_the_first_that_suits_and_gives_way_to_a_chosen_one() -> None:
    look = theme("classic")

    chosen = styled(look, RenderOptions(typeface="serif"))

    assert (look.typeface, look.typefaces, chosen.typeface) == ("sans", ("sans", "serif"), "serif")


def test_text_stays_readable_when_the_density_is_compact() -> None:
    looks = [styled(theme(name), RenderOptions(density="compact")) for name in template_names()]

    assert min(look.text_pt for look in looks) >= SMALLEST_TEXT_PT
    assert all(look.space < theme(name).space for name, look in zip(template_names(), looks, strict=True))


@pytest.mark.parametrize(
    "wrong",
    [
        {"colour": "#000000"},
        {"accent": "red"},
        {"accent": "#ffff00"},
        {"accent": "#000000;x"},
        {"density": "tiny"},
        {"typeface": "宋体"},
        {"photo": "yes"},
        {"fit": "two_pages"},
        {"order": ["hobbies"]},
        {"hidden": "skills"},
    ],
)
def test_option_is_refused_when_it_is_unknown_or_unreadable(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        RenderOptions.model_validate(wrong, strict=True)


def test_contrast_is_what_wcag_says() -> None:
    assert contrast_with_white("#000000") == pytest.approx(21)
    assert contrast_with_white("#ffffff") == pytest.approx(1)
    assert contrast_with_white("#767676") == pytest.approx(4.54, abs=0.01)
