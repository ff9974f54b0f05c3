"""The templates a user may choose from."""

import pytest

from common.documents.template_shelf import BundledShelf
from common.domain.rendering.options import RenderOptions
from common.errors import NotFound
from common.services.templates import list_templates, show_template


def test_every_default_and_every_suggestion_may_be_chosen() -> None:
    listed = list_templates(BundledShelf())

    for template in listed:
        options = template.options
        for accent in (options.accent, *options.accents):
            chosen = {"accent": accent, "density": options.density, "photo": options.photo, "fit": options.fit}
            chosen |= {"typeface": options.typeface}
            order = {"order": list(options.order), "hidden": list(options.hidden)}
            RenderOptions.model_validate(chosen | order, strict=True)
    assert len(listed) >= 8


def test_own_accent_is_the_first_suggestion() -> None:
    listed = list_templates(BundledShelf())

    assert [template.name for template in listed if template.options.accents[0] != template.options.accent] == []


def test_serif_is_offered_where_it_suits() -> None:
    listed = list_templates(BundledShelf())

    offered = {template.name for template in listed if "serif" in template.options.typefaces}
    assert {"classic", "academic"} <= offered
    assert "modern" not in offered


def test_template_comes_with_its_picture_when_it_is_asked_for() -> None:
    shown = show_template("classic", BundledShelf())

    assert (shown.name, shown.title, shown.title_en) == ("classic", "经典", "Classic")
    assert shown.preview.startswith("data:image/png;base64,iVBOR")


@pytest.mark.parametrize("name", ["", "nothing", "../classic", "shared"])
def test_template_is_not_found_when_the_name_is_none(name: str) -> None:
    with pytest.raises(NotFound):
        show_template(name, BundledShelf())
