"""Fill a template's HTML: every value escaped, no undefined name, no way out of the template's folder and the shared parts."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from common.documents.template_shelf import SHARED, template_folder
from common.domain.rendering.measure import em_width, packed, widest
from common.domain.rendering.theme import Theme
from common.domain.rendering.view import ResumeView

if TYPE_CHECKING:
    from jinja2 import Template

LAYOUT = "layout.html.j2"


def fill(template: str, view: ResumeView, theme: Theme, *, engine: Mapping[str, object]) -> str:
    """The page as HTML. `engine` holds what only the typesetting engine knows, such as its font family."""
    return _layout(template).render(view=view, theme=theme, engine=engine)


@cache
def _layout(template: str) -> "Template":
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader([template_folder(template), SHARED]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(em_width=em_width, packed=packed, widest=widest)
    return environment.get_template(LAYOUT)
