"""What a resume template is besides its layout: colours, sizes, spaces and habits. The data is its theme.json."""

from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field

from common.domain.rendering.view import LayoutLanguage
from common.lazy_model import LazyModel

SectionKind = Literal[
    "summary",
    "work",
    "education",
    "projects",
    "volunteer",
    "skills",
    "certificates",
    "languages",
    "awards",
    "publications",
    "interests",
    "references",
    "other",
]
#: The pair of faces: sans (Noto Sans SC; 微软雅黑 and Arial in Word), or serif (Noto Serif SC; 宋体 and Times New Roman).
Typeface = Literal["sans", "serif"]
#: free: as many pages as the text needs. one_page: tightened within readable bounds until one page holds it.
Fit = Literal["free", "one_page"]
#: How an entry begins: title and date in one row; details on a line of their own; plain text; the date in a left column.
EntryHead = Literal["row", "stacked", "line", "dated"]

A4_MM = (210.0, 297.0)
#: Around the text of a narrow column, and between the columns.
ASIDE_INSET_MM = 8.0
GUTTER_MM = 9.0
SMALLEST_TEXT_PT = 9.0
#: WCAG 2.1, 1.4.3: text on its ground. Accents are text on white and ground under white text.
LEAST_CONTRAST = 4.5


def contrast_with_white(colour: str) -> float:
    """WCAG 2.1 contrast ratio of #rrggbb against white: 1 (white) to 21 (black)."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _readable(colour: str) -> str:
    if contrast_with_white(colour) < LEAST_CONTRAST:
        raise ValueError(f"too light to read on white: contrast below {LEAST_CONTRAST}")
    return colour.lower()


Colour = Annotated[str, Field(pattern="^#[0-9a-fA-F]{6}$")]
Accent = Annotated[Colour, AfterValidator(_readable)]


class Names(LazyModel):
    model_config = ConfigDict(frozen=True)

    zh: str = Field(max_length=200)
    en: str = Field(max_length=400)


class Colours(LazyModel):
    """`tint` is a ground for dark text."""

    model_config = ConfigDict(frozen=True)

    ink: Accent
    accent: Accent
    muted: Accent
    rule: Colour
    tint: Colour = "#f3f5f7"


class Theme(LazyModel):
    """What a template shares between its PDF and its Word layout. Sizes are points, margins millimetres."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Names
    about: Names
    colours: Colours
    #: Colours that suit the template, its own first.
    accents: tuple[Accent, ...] = Field(min_length=1)
    text_pt: float = Field(ge=SMALLEST_TEXT_PT, le=24)
    name_pt: float = Field(ge=SMALLEST_TEXT_PT, le=60)
    heading_pt: float = Field(ge=SMALLEST_TEXT_PT, le=40)
    line_height: float = Field(ge=0.8, le=3)
    margin_top_mm: float = Field(ge=0, le=60)
    margin_side_mm: float = Field(ge=0, le=60)
    #: Pairs that suit the template, its own first. serif needs its fonts in the layer (`./scripts/build fonts --profile
    #: serif`); where they are absent the page is sans, and the user is told.
    typefaces: tuple[Typeface, ...] = Field(default=("sans",), min_length=1)
    #: What a user chose instead; None: the template's own.
    chosen_typeface: Typeface | None = None
    space: float = Field(default=1.0, gt=0, le=4)  #: multiplies every vertical distance
    head: EntryHead = "row"
    photo: bool = True
    fit: Fit = "free"
    #: The language of headings and dates, whatever the resume's own is; None: the resume's.
    language: LayoutLanguage | None = None
    order: tuple[SectionKind, ...] = ()
    hidden: tuple[SectionKind, ...] = ()
    #: Kinds that stand in the narrow column, as long as they fit there, and how wide it is.
    aside: tuple[SectionKind, ...] = ()
    aside_mm: float = Field(default=0.0, ge=0, le=100)

    @property
    def typeface(self) -> Typeface:
        return self.chosen_typeface or self.typefaces[0]

    @property
    def aside_width_mm(self) -> float:
        """The whole narrow column, with its own margins; 0 where there is none."""
        return self.aside_mm + 2 * ASIDE_INSET_MM if self.aside else 0.0

    @property
    def text_left_mm(self) -> float:
        """Where the story begins, from the left edge of the paper."""
        return self.aside_width_mm + GUTTER_MM if self.aside else self.margin_side_mm

    @property
    def text_width_mm(self) -> float:
        """Of the column that tells the story; of the narrower page where they differ."""
        return A4_MM[0] - self.text_left_mm - self.margin_side_mm

    @property
    def text_height_mm(self) -> float:
        return A4_MM[1] - 2 * self.margin_top_mm

    @property
    def small_pt(self) -> float:
        """For contacts and labels: a little smaller than the text, never too small to read."""
        return max(SMALLEST_TEXT_PT, self.text_pt - 0.4)
