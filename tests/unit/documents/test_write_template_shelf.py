"""The shelf of templates."""

import pytest

from common.documents.template_shelf import template_folder, template_names, theme
from common.errors import InvalidField


def test_classic_is_on_the_shelf() -> None:
    assert "classic" in template_names()


@pytest.mark.parametrize("name", template_names())
def test_template_has_a_layout_and_a_theme_named_in_both_languages(name: str) -> None:
    title = theme(name).title

    assert (template_folder(name) / "layout.html.j2").is_file()
    assert title.zh
    assert title.en


@pytest.mark.parametrize("name", ["", "nothing", "../classic", "classic/..", "__pycache__"])
def test_field_is_named_when_the_template_is_unknown(name: str) -> None:
    with pytest.raises(InvalidField) as refusal:
        template_folder(name)

    assert refusal.value.facts == {"field": "template"}
