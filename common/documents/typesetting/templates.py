"""Fill a template's HTML: every value escaped, no undefined name, no way out of the template's folder and the shared parts."""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from common.documents.template_shelf import LAYOUT, SHARED, template_folder
from common.domain.rendering.measure import em_width, packed, widest
from common.domain.rendering.theme import Theme
from common.domain.rendering.view import ResumeView

if TYPE_CHECKING:
    from jinja2 import BaseLoader, Environment, Template


def fill(
    template: str, view: ResumeView, theme: Theme, *, engine: Mapping[str, object], layout: str | None = None
) -> str:
    """The page as HTML. `engine` holds what only the typesetting engine knows, such as its font family.

    A published `layout` takes the place of the template's own. Raises LayoutRefused for one that could do more than ours.
    """
    if layout is None:
        return _bundled(template).render(view=view, theme=theme, engine=engine)
    from common.documents.typesetting.safe_page import refuse_page

    page = _published(layout).render(view=view, theme=theme, engine=engine)
    refuse_page(page)
    return page


@cache
def _bundled(template: str) -> "Template":
    from jinja2 import FileSystemLoader

    return _environment(FileSystemLoader([template_folder(template), SHARED])).get_template(LAYOUT)


@lru_cache(maxsize=64)
def _published(layout: str) -> "Template":
    """The shared parts are the deployment's own: what is published is a layout, and cannot replace them."""
    from jinja2 import DictLoader

    from common.documents.typesetting.power import refuse_power

    refuse_power(layout)
    shared = {path.name: path.read_text("utf-8") for path in SHARED.iterdir()}
    return _environment(DictLoader({**shared, LAYOUT: layout})).get_template(LAYOUT)


def _environment(loader: "BaseLoader") -> "Environment":
    from jinja2 import StrictUndefined

    from common.documents.typesetting.sandbox import Sandbox

    environment = Sandbox(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(em_width=em_width, packed=packed, widest=widest)
    return environment
