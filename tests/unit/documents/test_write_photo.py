"""Photos: drawn small, upright and on white; useless ones are left out."""

import base64
import io

import pytest
from PIL import Image
from pypdf import PdfReader

from common.documents.typesetting import photo
from common.documents.write_pdf import write_pdf
from common.domain.resume.model import Resume


def data_uri(image: Image.Image, kind: str = "PNG") -> str:
    buffer = io.BytesIO()
    image.save(buffer, kind)
    return f"data:image/{kind.lower()};base64," + base64.b64encode(buffer.getvalue()).decode()


def test_large_photo_is_shrunk_to_print_size_in_its_own_proportions() -> None:
    made = photo.prepare(data_uri(Image.new("RGB", (1200, 1600), "navy")))

    assert made is not None
    assert (made.width_mm, made.height_mm) == (24.0, 32.0)
    assert Image.open(io.BytesIO(made.jpeg)).size == (288, 384)


def test_transparent_photo_stands_on_white() -> None:
    made = photo.prepare(data_uri(Image.new("RGBA", (40, 50), (0, 0, 0, 0))))

    assert made is not None
    assert Image.open(io.BytesIO(made.jpeg)).getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize(
    "uri",
    [None, "", "data:image/png;base64,AAAA", "data:image/png;base64,???", "data:image/jpeg;base64," + "A" * 9_000_000],
)
def test_photo_is_left_out_when_it_cannot_be_used(uri: str | None) -> None:
    assert photo.prepare(uri) is None


def test_photo_is_left_out_when_it_unpacks_to_too_many_pixels() -> None:
    assert photo.prepare(data_uri(Image.new("1", (6000, 6000)))) is None


def test_pdf_carries_the_photo() -> None:
    image = data_uri(Image.new("RGB", (350, 490), "teal"), "JPEG")
    resume = Resume.model_validate({"basics": {"name": "张三", "image": image}})

    page = PdfReader(io.BytesIO(write_pdf(resume, template="classic").content)).pages[0]

    assert len(page.images) == 1
