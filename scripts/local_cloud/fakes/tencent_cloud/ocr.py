"""OCR (2018-11-19): GeneralAccurateOCR, which recognises for real where the optional engine is installed."""

from __future__ import annotations

import base64
import binascii
import math
import statistics
from collections.abc import Mapping
from typing import Any, ClassVar

from scripts.local_cloud.fakes.kit_ocr import EngineMissing, RecognisedLine, Recogniser, UnreadablePicture, picture_size
from scripts.local_cloud.fakes.tencent_cloud.errors import TencentCloudError
from scripts.local_cloud.fakes.tencent_cloud.services import Action, Service

MAX_BASE64_BYTES = 10 * 1024 * 1024


class OcrService(Service):
    """Counts calls that succeed against `calls_left`, which is None for a package without end."""

    name: ClassVar[str] = "ocr"
    version: ClassVar[str] = "2018-11-19"
    is_slow: ClassVar[bool] = True
    most_body_bytes: ClassVar[int] = 2 * MAX_BASE64_BYTES  # the picture itself is measured first

    def __init__(self) -> None:
        self.recogniser = Recogniser()
        self.forget()

    def forget(self) -> None:
        self.calls_left: int | None = None
        self.calls: list[dict[str, int]] = []

    @property
    def actions(self) -> Mapping[str, Action]:
        return {"GeneralAccurateOCR": self.recognise}

    def state(self) -> dict[str, Any]:
        return {"calls": self.calls, "calls_left": self.calls_left}

    def change(self, limits: Mapping[str, Any]) -> None:
        if set(limits) - {"calls_left"}:
            raise ValueError("known: calls_left")
        left = limits.get("calls_left", self.calls_left)
        self.calls_left = None if left is None else int(left)

    def recognise(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        if self.calls_left == 0:
            raise TencentCloudError("ResourceUnavailable.ResourcePackageRunOut")
        content = _picture(fields)
        try:
            size = picture_size(content)
            lines = [line for line in self.recogniser.lines(content) if line.text.strip()]
        except UnreadablePicture as error:
            raise TencentCloudError("FailedOperation.ImageDecodeFailed") from error
        except EngineMissing as error:
            raise TencentCloudError("FailedOperation.UnOpenError", f"服务未开通。(fake: {error})") from error
        if not lines:
            raise TencentCloudError("FailedOperation.ImageNoText")
        self.calls.append({"bytes": len(content), "width": size[0], "height": size[1], "lines": len(lines)})
        self.calls_left = None if self.calls_left is None else self.calls_left - 1
        angle = _angle(lines)
        detections = [_detection(line, number) for number, line in enumerate(lines, 1)]
        return {"TextDetections": detections, "Angel": angle, "Angle": angle}


def _picture(fields: Mapping[str, Any]) -> bytes:
    """Raises MissingParameter, LimitExceeded.TooLargeFileError, FailedOperation.…"""
    if fields.get("ImageUrl"):
        raise TencentCloudError("FailedOperation.DownLoadError")
    text = fields.get("ImageBase64")
    if not isinstance(text, str) or not text:
        raise TencentCloudError("MissingParameter", "ImageBase64 and ImageUrl are both missing.")
    if len(text) > MAX_BASE64_BYTES:
        raise TencentCloudError("LimitExceeded.TooLargeFileError")
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise TencentCloudError("FailedOperation.ImageDecodeFailed") from error


def _detection(line: RecognisedLine, number: int) -> dict[str, Any]:
    across, down = zip(*line.corners, strict=True)
    left, top = round(min(across)), round(min(down))
    return {
        "DetectedText": line.text,
        "Confidence": round(line.confidence * 100),
        "Polygon": [{"X": round(x), "Y": round(y)} for x, y in line.corners],
        "AdvancedInfo": f'{{"Parag":{{"ParagNo":{number}}}}}',
        "ItemPolygon": {"X": left, "Y": top, "Width": round(max(across)) - left, "Height": round(max(down)) - top},
        "Words": [],
        "WordCoordPoint": [],
    }


def _angle(lines: list[RecognisedLine]) -> float:
    """Degrees, clockwise positive: the median of the upper edges."""
    edges = (line.corners[:2] for line in lines)
    return round(statistics.median(math.degrees(math.atan2(b[1] - a[1], b[0] - a[0])) for a, b in edges), 2)
