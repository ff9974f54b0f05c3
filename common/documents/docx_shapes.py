"""Where the floating parts of a Word page stand and how large they are: DrawingML anchors and groups, and the older VML.

Only what decides about reading order and about the photo is kept: places and sizes in points.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from common.documents.docx_names import attribute
from common.documents.portrait import NO_CROP

EMU_PER_POINT = 12700
_FURTHEST_PT = 20_000.0
_LENGTH = re.compile(r"(-?\d+(?:\.\d*)?|-?\.\d+)(pt|in|cm|mm|pc|px)?")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "px": 0.75, None: 1.0}

Origin = Literal["page", "margin", "text"]


@dataclass
class Place:
    """Points from the left and top of the page, of its margins, or of the text that the shape is anchored to."""

    left: float = 0.0
    top: float = 0.0
    width: float = 0.0
    height: float = 0.0
    left_of: Origin = "text"
    top_of: Origin = "text"


class DocxPicture(NamedTuple):
    """A picture where it is used: `relationship` names its part."""

    relationship: str
    page: int
    shown_pt: tuple[float, float] | None
    crop: tuple[float, float, float, float]
    turned: int


@dataclass
class Frame:
    """A shape, or a group with its own coordinates: a child's are mapped from (child_left, child_top, child_…) to these."""

    left: float = 0.0
    top: float = 0.0
    width: float = 0.0
    height: float = 0.0
    child_left: float = 0.0
    child_top: float = 0.0
    child_width: float = 0.0
    child_height: float = 0.0
    turned: int = 0

    def outside(self, inner: "Frame") -> "Frame":
        """`inner`, which is measured in this group's coordinates, measured in those that the group itself is measured in."""
        across = self.width / self.child_width if self.child_width else 1.0
        down = self.height / self.child_height if self.child_height else 1.0
        return Frame(
            self.left + (inner.left - self.child_left) * across,
            self.top + (inner.top - self.child_top) * down,
            inner.width * across,
            inner.height * down,
            turned=inner.turned,
        )


@dataclass
class Drawing:
    """One w:drawing or w:pict while it streams by."""

    floating: bool = False
    anchor: Place = field(default_factory=Place)
    axis: Literal["left", "top"] = "left"
    groups: list[Frame] = field(default_factory=list)
    shape: Frame | None = None
    filled_with: str = ""
    crop: tuple[float, float, float, float] = NO_CROP
    is_watermark: bool = False

    def begin_anchor(self, _: object) -> None:
        self.floating = True

    def begin_across(self, attributes: Mapping[str, str]) -> None:
        self.axis = "left"
        self.anchor.left_of = _ORIGINS.get(attribute(attributes, "relativeFrom"), "text")

    def begin_down(self, attributes: Mapping[str, str]) -> None:
        self.axis = "top"
        self.anchor.top_of = _ORIGINS.get(attribute(attributes, "relativeFrom"), "text")

    def set_offset(self, text: str) -> None:
        """wp:posOffset, in EMU along the current axis."""
        self.set_offset_pt(points_of_emu(text))

    def set_offset_pt(self, offset: float) -> None:
        if self.axis == "left":
            self.anchor.left = offset
        else:
            self.anchor.top = offset

    def align(self, side: str) -> None:
        """wp:align, as far as it matters for the order: what stands left of or above what."""
        self.set_offset_pt(_ALIGNED_PT.get(side, 0.0))

    def set_extent(self, attributes: Mapping[str, str]) -> None:
        self.anchor.width = points_of_emu(attribute(attributes, "cx"))
        self.anchor.height = points_of_emu(attribute(attributes, "cy"))

    def begin_group(self, _: object) -> None:
        self.groups.append(Frame())

    def end_group(self) -> None:
        if self.groups:
            self.groups.pop()

    def begin_shape(self, _: object) -> None:
        self.shape = Frame()

    def fill(self, attributes: Mapping[str, str]) -> None:
        """A picture, or a shape that is filled with one."""
        self.filled_with = attribute(attributes, "embed") or attribute(attributes, "id")

    @property
    def _frame(self) -> Frame:
        """Whose coordinates are being read; an outermost picture has none that matter."""
        return self.shape or (self.groups[-1] if self.groups else Frame())

    def set_rotation(self, attributes: Mapping[str, str]) -> None:
        self._frame.turned = _quarter_turns(attribute(attributes, "rot"))

    def set_frame_offset(self, attributes: Mapping[str, str]) -> None:
        self._frame.left = points_of_emu(attribute(attributes, "x"))
        self._frame.top = points_of_emu(attribute(attributes, "y"))

    def set_frame_extent(self, attributes: Mapping[str, str]) -> None:
        """An extension of another element is called a:ext too."""
        if attribute(attributes, "uri"):
            return
        self._frame.width = points_of_emu(attribute(attributes, "cx"))
        self._frame.height = points_of_emu(attribute(attributes, "cy"))

    def set_child_offset(self, attributes: Mapping[str, str]) -> None:
        self._frame.child_left = points_of_emu(attribute(attributes, "x"))
        self._frame.child_top = points_of_emu(attribute(attributes, "y"))

    def set_child_extent(self, attributes: Mapping[str, str]) -> None:
        self._frame.child_width = points_of_emu(attribute(attributes, "cx"))
        self._frame.child_height = points_of_emu(attribute(attributes, "cy"))

    def set_crop(self, attributes: Mapping[str, str]) -> None:
        """a:srcRect: shares cut off each side in 1/1000 percent, or as "12%"; negative ones add paper and are left aside."""
        shares = [_share(attribute(attributes, side)) for side in ("l", "t", "r", "b")]
        if shares[0] + shares[2] < 1 and shares[1] + shares[3] < 1:
            self.crop = (shares[0], shares[1], shares[2], shares[3])

    def begin_vml_group(self, attributes: Mapping[str, str]) -> None:
        self.groups.append(self._vml_frame(attributes))

    def begin_vml_shape(self, attributes: Mapping[str, str]) -> None:
        self.is_watermark = attribute(attributes, "id").startswith("PowerPlusWaterMark")
        self.shape = self._vml_frame(attributes)

    def _vml_frame(self, attributes: Mapping[str, str]) -> Frame:
        """The outermost shape is anchored by its style, inner ones are measured in their group's units."""
        parts = (part.lower().partition(":") for part in attribute(attributes, "style").split(";"))
        style = {name.strip(): value.strip() for name, _, value in parts}
        left = _length(style.get("left", "")) + _length(style.get("margin-left", ""))
        top = _length(style.get("top", "")) + _length(style.get("margin-top", ""))
        width, height = _length(style.get("width", "")), _length(style.get("height", ""))
        if not self.groups:
            self.floating = style.get("position") == "absolute"
            across = _ORIGINS.get(style.get("mso-position-horizontal-relative", "text"), "text")
            down = _ORIGINS.get(style.get("mso-position-vertical-relative", "text"), "text")
            self.anchor = Place(left, top, width, height, across, down)
        origin, size = attribute(attributes, "coordorigin"), attribute(attributes, "coordsize")
        return Frame(left, top, width, height, *_pair(origin), *_pair(size))

    @property
    def place(self) -> Place | None:
        """Where the shape at hand stands; None for one that stands in the line of text."""
        if not self.floating:
            return None
        frame = self._frame_on_paper()
        anchor = self.anchor
        return Place(
            _bounded(anchor.left + frame.left),
            _bounded(anchor.top + frame.top),
            frame.width,
            frame.height,
            anchor.left_of,
            anchor.top_of,
        )

    def _frame_on_paper(self) -> Frame:
        """The shape at hand from the anchor's corner, in points."""
        anchor = self.anchor
        if not self.groups:
            turned = self.shape.turned if self.shape else 0
            return Frame(0.0, 0.0, anchor.width, anchor.height, turned=turned)
        frame = self.shape or self.groups[-1]
        outer = Frame(0.0, 0.0, anchor.width, anchor.height)
        for group in reversed(self.groups[1:]):
            frame = group.outside(frame)
        top = self.groups[0]
        outer.child_left, outer.child_top = top.child_left, top.child_top
        outer.child_width, outer.child_height = top.child_width, top.child_height
        return outer.outside(frame)

    def picture(self, page: int) -> DocxPicture | None:
        """The picture that the shape at hand shows, once."""
        if not self.filled_with:
            return None
        frame = self._frame_on_paper()
        size = (frame.width, frame.height) if frame.width > 0 and frame.height > 0 else None
        shown = DocxPicture(self.filled_with, page, size, self.crop, frame.turned)
        self.filled_with, self.crop = "", NO_CROP
        return shown


#: What the start of an element says about the drawing it stands in.
DRAWING_STARTS: Mapping[str, Callable[[Drawing, dict[str, str]], None]] = {
    "wp:anchor": Drawing.begin_anchor,
    "wp:positionH": Drawing.begin_across,
    "wp:positionV": Drawing.begin_down,
    "wp:extent": Drawing.set_extent,
    "wpg:wgp wpg:grpSp": Drawing.begin_group,
    "wps:wsp pic:pic": Drawing.begin_shape,
    "v:group": Drawing.begin_vml_group,
    "v:shape v:rect v:roundrect v:oval": Drawing.begin_vml_shape,
    "a:blip v:imagedata v:fill": Drawing.fill,
    "a:srcRect": Drawing.set_crop,
    "a:xfrm": Drawing.set_rotation,
    "a:off": Drawing.set_frame_offset,
    "a:ext": Drawing.set_frame_extent,
    "a:chOff": Drawing.set_child_offset,
    "a:chExt": Drawing.set_child_extent,
}
_ALIGNED_PT = {"center": 150.0, "right": 350.0, "bottom": 600.0, "outside": 350.0}
_ORIGINS: dict[str, Origin] = {
    "page": "page",
    "leftMargin": "page",
    "topMargin": "page",
    "outsideMargin": "page",
    "insideMargin": "page",
    "left-margin-area": "page",
    "top-margin-area": "page",
    "margin": "margin",
    "column": "margin",
}


def points_of_emu(text: str) -> float:
    try:
        return _bounded(int(text.strip()) / EMU_PER_POINT) if len(text) < 20 else 0.0
    except ValueError:
        return 0.0


def points_of_twips(text: str) -> float:
    return _bounded(int(text) / 20) if text.isdecimal() and len(text) < 7 else 0.0


def _bounded(points: float) -> float:
    return max(-_FURTHEST_PT, min(_FURTHEST_PT, points))


def _length(text: str) -> float:
    match = _LENGTH.fullmatch(text[:20])
    return float(match[1]) * _POINTS[match[2]] if match else 0.0


def _pair(text: str) -> tuple[float, float]:
    first, _, second = text.partition(",")
    return _length(first.strip()), _length(second.strip())


def _share(text: str) -> float:
    text = text.strip()[:12]
    try:
        return max(0.0, float(text.rstrip("%")) / (100 if text.endswith("%") else 100_000))
    except ValueError:
        return 0.0


def _quarter_turns(text: str) -> int:
    """60000ths of a degree clockwise → the nearest of 0, 90, 180, 270."""
    try:
        return round(int(text[:12] or "0") / 5_400_000) * 90 % 360
    except ValueError:
        return 0
