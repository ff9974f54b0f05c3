"""The parts of GeneralAccurateOCR's answer that we read. Corners are in pixels of the picture that was sent."""

from pydantic import Field

from common.domain.parsing.source import OcrItem
from common.lazy_model import LazyModel


class Coordinate(LazyModel):
    """A corner: `X`, `Y`."""

    x: float = Field(alias="X")
    y: float = Field(alias="Y")


class Detection(LazyModel):
    """One line. `Polygon` begins where the text begins and goes clockwise; `Confidence` is 0 to 100."""

    text: str = Field(alias="DetectedText")
    confidence: float = Field(alias="Confidence", ge=0, le=100)
    polygon: list[Coordinate] = Field(alias="Polygon", min_length=4, max_length=4)

    def as_item(self) -> OcrItem:
        first, second, third, fourth = [(corner.x, corner.y) for corner in self.polygon]
        return OcrItem.within(self.text.strip(), (first, second, third, fourth), self.confidence / 100)


class Recognition(LazyModel):
    """`Response` of a call that succeeded."""

    detections: list[Detection] = Field(alias="TextDetections")
    request_id: str = Field(alias="RequestId")
