"""The layout flags of `./scripts/run`, and the `options` of POST /resume/{id}/render that they stand for."""

import argparse
from typing import Any


def add_arguments(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("layout", "what GET /templates offers; an unknown name or value is refused")
    group.add_argument("--template", default="classic")
    group.add_argument("--accent", metavar="#RRGGBB", help="accent colour, dark enough to read on white")
    group.add_argument("--density", choices=["loose", "normal", "compact"])
    group.add_argument("--typeface", choices=["sans", "serif"], help="黑体 or 宋体")
    group.add_argument("--photo", action=argparse.BooleanOptionalAction, help="with or without the photo")
    group.add_argument("--one-page", action="store_true", help="tighten to one page, or say what to cut")
    group.add_argument("--order", metavar="KIND,…", help="sections that come first, such as skills,projects")
    group.add_argument("--hide", metavar="KIND,…", help="sections to leave out")


def render_options(chosen: argparse.Namespace) -> dict[str, Any]:
    """Only what was given; empty when the template's own look is wanted."""
    options = {
        "accent": chosen.accent,
        "density": chosen.density,
        "typeface": chosen.typeface,
        "photo": chosen.photo,
        "fit": "one_page" if chosen.one_page else None,
        "order": _kinds(chosen.order),
        "hidden": _kinds(chosen.hide),
    }
    return {name: value for name, value in options.items() if value is not None}


def _kinds(text: str | None) -> list[str] | None:
    return [kind.strip() for kind in text.split(",")] if text else None
