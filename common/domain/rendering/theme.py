"""What a resume template shares between its PDF and its Word layout: colours, sizes, margins. The data is its theme.json."""

from pydantic import BaseModel, ConfigDict


class Names(BaseModel):
    zh: str
    en: str


class Colours(BaseModel):
    """Six hex digits with a leading #."""

    ink: str
    accent: str
    muted: str
    rule: str


class Theme(BaseModel):
    """What a template shares between its PDF and its Word layout. Sizes are points, margins millimetres."""

    model_config = ConfigDict(frozen=True)

    title: Names
    colours: Colours
    text_pt: float
    name_pt: float
    heading_pt: float
    line_height: float
    margin_top_mm: float
    margin_side_mm: float
