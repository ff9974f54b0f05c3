"""The photo of a PDF: found where the page shows it, as the page shows it."""

import io

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from common.documents import pdf_pictures
from common.documents.read_pdf import read_pdf
from tests.unit.documents.read_samples import HEALTHY, somebody


def pdf_with(
    picture: Image.Image,
    *,
    at: tuple[float, float, float, float] = (450, 700, 71, 99),
    in_form: bool = False,
    turn: int = 0,
) -> bytes:
    """`at` is left, bottom, width and height in points; `turn` turns the picture around its corner, counter-clockwise."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for place, text in enumerate(HEALTHY):
        canvas.drawString(50, 780 - 24 * place, text.encode("ascii", "replace").decode())
    if in_form:
        canvas.beginForm("box")
    canvas.translate(at[0], at[1])
    canvas.rotate(turn)
    canvas.drawImage(ImageReader(picture), 0, 0, at[2], at[3], mask="auto")
    if in_form:
        canvas.endForm()
        canvas.translate(20, 30)
        canvas.doForm("box")
    canvas.save()
    return out.getvalue()


def page_turned(pdf: bytes, degrees: int) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.pages[0].rotate(degrees)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def photo_of(pdf: bytes) -> Image.Image:
    photo = read_pdf(pdf).photo
    assert photo is not None
    return Image.open(io.BytesIO(photo.content)).convert("RGB")


def mean(picture: Image.Image, share_down: float) -> tuple[int, ...]:
    """The colour of the middle of a row, without the grain."""
    width, height = picture.size
    row = round(height * share_down)
    spot = picture.crop((round(width * 0.35), row - 4, round(width * 0.65), row + 4)).resize((1, 1))
    return tuple(spot.tobytes())


def is_upright(picture: Image.Image) -> bool:
    """The blue ground is at the top, the dark jacket at the bottom."""
    ground, jacket = mean(picture, 0.05), mean(picture, 0.95)
    return ground[2] > ground[0] + 30 and sum(ground) > sum(jacket) + 100


@pytest.mark.parametrize(
    "pdf",
    [
        pytest.param(pdf_with(somebody()), id="plain"),
        pytest.param(pdf_with(somebody().convert("CMYK")), id="CMYK"),
        pytest.param(pdf_with(somebody(), in_form=True), id="in a form"),
        pytest.param(
            pdf_with(somebody().rotate(-90, expand=True), at=(500, 700, 99, 71), turn=90), id="turned upright"
        ),
    ],
)
def test_pdf_photo_is_upright_when_the_page_shows_it_so(pdf: bytes) -> None:
    picture = photo_of(pdf)

    assert 0.68 < picture.width / picture.height < 0.75
    assert is_upright(picture)


def test_pdf_photo_is_upright_when_the_page_is_turned() -> None:
    lying = pdf_with(somebody().rotate(90, expand=True), at=(300, 500, 99, 71))

    picture = photo_of(page_turned(lying, 90))

    assert picture.width < picture.height
    assert is_upright(picture)


@pytest.mark.parametrize(
    "at",
    [
        pytest.param((0, 0, 595, 842), id="page background"),
        pytest.param((300, 700, 14, 20), id="icon"),
        pytest.param((560, 700, 71, 99), id="beyond the edge of the page"),
    ],
)
def test_pdf_has_no_photo_when_its_picture_is_shown_as_something_else(at: tuple[float, float, float, float]) -> None:
    assert read_pdf(pdf_with(somebody(), at=at)).photo is None


def test_pdf_photo_is_left_where_it_is_when_it_has_too_many_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pictures, "_MOST_DECODED_PIXELS", 10_000)

    assert read_pdf(pdf_with(somebody())).photo is None
