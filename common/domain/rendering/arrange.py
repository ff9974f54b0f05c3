"""A view as one theme shows it: which sections, in which order, with or without the photo, in one column or two."""

from dataclasses import replace

from common.domain.rendering.measure import line_count, section_lines
from common.domain.rendering.theme import Theme
from common.domain.rendering.view import ResumeView, Section

_MM_PT = 72 / 25.4
#: Millimetres the photo takes, with the space under it.
_PHOTO_MM = 40.0
#: What of the narrow column is planned with: fonts are measured by rule of thumb.
_PLANNED = 0.9


def arrange(view: ResumeView, theme: Theme) -> ResumeView:
    """Sections that the theme orders come first, in its order; the rest keep theirs. An opening summary opens."""
    ranks: dict[str, int] = {kind: rank for rank, kind in reversed(list(enumerate(theme.order)))}
    opening = view.sections[:1] if "summary" not in ranks else ()

    def rank(section: Section) -> int:
        opens = section in opening and section.kind == "summary"
        return -1 if opens else ranks.get(section.kind, len(theme.order))

    ordered = sorted((section for section in view.sections if section.kind not in theme.hidden), key=rank)
    return replace(view, sections=tuple(ordered), photo=view.photo if theme.photo else None)


def in_columns(view: ResumeView, theme: Theme) -> ResumeView:
    """With the sections of the narrow column in `aside`: as many as surely fit on the first page beside the rest."""
    if not theme.aside:
        return view
    em_per_line = theme.aside_mm * _MM_PT / theme.small_pt
    line_pt = theme.small_pt * theme.line_height
    room = int(theme.text_height_mm * _MM_PT * _PLANNED / line_pt) - _head_lines(view, theme, em_per_line)
    aside: list[Section] = []
    for kind in theme.aside:
        for section in (section for section in view.sections if section.kind == kind):
            needed = section_lines(section, em_per_line)
            if needed <= room:
                aside.append(section)
                room -= needed
    return replace(
        view, aside=tuple(aside), sections=tuple(section for section in view.sections if section not in aside)
    )


def _head_lines(view: ResumeView, theme: Theme, em_per_line: float) -> int:
    """What name, photo, contacts and facts take of the narrow column, in lines of its text."""
    name = line_count(view.name, em_per_line * theme.small_pt / theme.name_pt) * theme.name_pt / theme.small_pt
    photo = _PHOTO_MM * _MM_PT / (theme.small_pt * theme.line_height) if view.photo else 0
    facts = [f"{fact.label}{view.colon}{fact.value}" for fact in (*view.personal, *view.intention)]
    texts = [view.headline, *(piece.text for piece in view.contacts), *facts]
    return round(name + photo + sum(line_count(text, em_per_line) for text in texts)) + 4
