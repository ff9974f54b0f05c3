"""The layout flags of ./scripts/run."""

import argparse
from typing import Any

import pytest

from common.domain.rendering.options import RenderOptions
from scripts.layout_choice import add_arguments, render_options


def chosen(*flags: str) -> dict[str, Any]:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return render_options(parser.parse_args(flags))


def test_nothing_is_sent_when_only_a_template_is_chosen() -> None:
    assert chosen("--template", "modern") == {}


@pytest.mark.parametrize("flag", ["--photo", "--no-photo"])
def test_photo_is_a_choice_in_both_directions(flag: str) -> None:
    assert chosen(flag) == {"photo": flag == "--photo"}


def test_flags_are_options_that_the_service_takes() -> None:
    flags = (
        "--accent",
        "#6a3d9a",
        "--density",
        "compact",
        "--typeface",
        "serif",
        "--one-page",
        "--order",
        "skills, work",
        "--hide",
        "interests",
    )

    options = RenderOptions.model_validate(chosen(*flags), strict=True)

    assert (options.accent, options.density, options.typeface, options.fit) == (
        "#6a3d9a",
        "compact",
        "serif",
        "one_page",
    )
    assert (options.order, options.hidden) == (["skills", "work"], ["interests"])
