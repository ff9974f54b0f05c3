"""The local engine: unsure readings kept, pages on their side and upside down read upright, and no engine said plainly."""

import io
import types

import pytest
from PIL import Image

from common.documents.local_ocr import LocalOcr
from common.errors import OcrUnavailable, VendorRejected
from tests.unit.documents import read_samples


class Engine:
    """In the shape of rapidocr: an upright page has its black mark on top; any other way round it reads badly."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def __call__(self, image: bytes) -> types.SimpleNamespace:
        way = way_up(Image.open(io.BytesIO(image)))
        self.seen.append(way)
        box = (
            [[10, 10], [110, 10], [110, 30], [10, 30]]
            if way in ("top", "bottom")
            else [[10, 10], [30, 10], [30, 110], [10, 110]]
        )
        sure = 0.97 if way == "top" else 0.4
        return types.SimpleNamespace(
            txts=("林小满，后端工程师", " "), boxes=[box, box], scores=(sure, 0.9), word_results=None
        )


def way_up(picture: Image.Image) -> str:
    """On which side the mark is."""
    width, height = picture.size
    sides = {"top": (width // 2, 10), "bottom": (width // 2, height - 10)}
    sides |= {"left": (10, height // 2), "right": (width - 10, height // 2)}
    return next(side for side, place in sides.items() if picture.convert("L").getpixel(place) < 100)


def page(turned: int = 0) -> bytes:
    sheet = Image.new("L", (400, 560), 255)
    sheet.paste(0, (100, 0, 300, 40))
    out = io.BytesIO()
    sheet.rotate(turned, expand=True).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def ocr(engine: Engine) -> LocalOcr:
    ocr = LocalOcr()
    ocr.__dict__["_engine"] = engine
    return ocr


def test_items_have_corners_and_confidence_when_a_page_is_read(ocr: LocalOcr, engine: Engine) -> None:
    (item,) = ocr.recognise(page(), media_type="image/png")

    assert (item.text, item.box, item.confidence) == ("林小满，后端工程师", (10, 10, 110, 30), 0.97)
    assert item.corners == ((10, 10), (110, 10), (110, 30), (10, 30))
    assert engine.seen == ["top"]


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_page_is_read_upright_when_it_lies_another_way(ocr: LocalOcr, engine: Engine, turned: int) -> None:
    (item,) = ocr.recognise(page(turned), media_type="image/png")

    assert item.confidence == 0.97
    assert "top" in engine.seen


def test_list_is_empty_when_nothing_is_found(ocr: LocalOcr) -> None:
    ocr.__dict__["_engine"] = lambda _image: types.SimpleNamespace(boxes=None, txts=None)

    assert ocr.recognise(page(), media_type="image/png") == []


def test_picture_is_rejected_when_the_engine_cannot_use_it(ocr: LocalOcr) -> None:
    def broken(_image: bytes) -> None:
        raise RuntimeError("OpenCV")

    ocr.__dict__["_engine"] = broken

    with pytest.raises(VendorRejected):
        ocr.recognise(page(), media_type="image/png")


def test_local_ocr_says_unavailable_when_the_extra_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("common.documents.local_ocr.find_spec", lambda name: None)

    with pytest.raises(OcrUnavailable) as caught:
        LocalOcr().recognise(read_samples.picture(), media_type="image/png")

    assert not caught.value.retryable
    assert "PDF 或 Word" in caught.value.message


@pytest.mark.ocr
def test_real_letters_are_read_when_the_engine_is_installed() -> None:
    pytest.importorskip("rapidocr")
    from PIL import ImageDraw, ImageFont

    sheet, out = Image.new("RGB", (600, 120), "white"), io.BytesIO()
    ImageDraw.Draw(sheet).text((20, 30), "Python Engineer", fill="black", font=ImageFont.load_default(48))
    sheet.save(out, "PNG")

    items = LocalOcr().recognise(out.getvalue(), media_type="image/png")

    assert "Python" in "".join(item.text for item in items)
    assert all(item.confidence > 0.8 for item in items)
