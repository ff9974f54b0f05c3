"""Pages of recognised items for tests: placed by hand, turned as a scanner or a phone would."""

import math

from common.domain.parsing.ocr_lines import lines_from_ocr
from common.domain.parsing.source import OcrItem, Point


def item(
    text: str, left: float, top: float, *, width: float = 200, height: float = 20, confidence: float = 1.0
) -> OcrItem:
    right, bottom = left + width, top + height
    return OcrItem.within(text, ((left, top), (right, top), (right, bottom), (left, bottom)), confidence)


def texts(items: list[OcrItem]) -> list[str]:
    return [line.text for line in lines_from_ocr(items, page=3)]


def turned(items: list[OcrItem], angle: float) -> list[OcrItem]:
    """The same page, turned clockwise about the origin; corners keep following the text."""

    def turn(point: Point) -> Point:
        x, y = point
        return x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)

    return [_moved(one, turn) for one in items]


def photographed(items: list[OcrItem], *, spread: float, height: float) -> list[OcrItem]:
    """The same page as a trapezoid: wider towards the foot, about x = 500."""

    def project(point: Point) -> Point:
        x, y = point
        return 500 + (x - 500) * (1 + spread * y / height), y

    return [_moved(one, project) for one in items]


def _moved(one: OcrItem, move) -> OcrItem:
    assert one.corners
    first, second, third, fourth = map(move, one.corners)
    return OcrItem.within(one.text, (first, second, third, fourth), one.confidence)
