"""A PDF page as a picture for OCR: bounded in pixels and bytes, nothing for a blank page."""

import io
import zlib

from PIL import Image

from common.documents.pdf_raster import grey_png, is_blank
from common.documents.read_pdf import read_pdf
from tests.unit.documents.read_samples import PdfSample, picture


def scanned(width: float, height: float) -> Image.Image:
    from reportlab.lib.utils import ImageReader

    sample = PdfSample()
    sample.canvas.setPageSize((width, height))
    sample.canvas.drawImage(ImageReader(io.BytesIO(picture())), 0, 0, width, height)
    return Image.open(io.BytesIO(read_pdf(sample.done()).unread[0].content))


def test_page_picture_has_150_dots_an_inch_when_the_page_is_a4() -> None:
    assert scanned(595, 842).size == (1240, 1755)


def test_page_picture_is_bounded_when_the_page_is_huge() -> None:
    assert max(scanned(14000, 14000).size) <= 3600


def test_page_picture_is_smaller_than_two_megabytes_when_the_page_is_noise() -> None:
    from reportlab.lib.utils import ImageReader

    noise = Image.effect_noise((1240, 1754), 200)
    sample = PdfSample()
    sample.canvas.drawImage(ImageReader(noise), 0, 0, 595, 842)

    content = read_pdf(sample.done()).unread[0].content

    assert len(content) < 2 * 1024 * 1024


def test_rows_become_a_picture_that_others_can_read() -> None:
    rows = [bytes([0, 128, 255]), bytes([255, 128, 0])]

    image = Image.open(io.BytesIO(grey_png(rows)))

    assert (image.mode, image.size, image.tobytes()) == ("L", (3, 2), b"".join(rows))


def test_rows_are_blank_when_only_one_shade_is_in_them() -> None:
    paper = [bytes([250]) * 40] * 20

    assert [is_blank(paper), is_blank([*paper, bytes([250] * 20 + [90] * 20)])] == [True, False]


def test_page_bomb_is_refused_in_bounds_when_its_content_inflates() -> None:
    content = zlib.compress(b" " * 20_000_000 + b"BT /F 11 Tf 50 700 Td (in 2020) Tj ET")
    pdf = (
        b"%%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n"
        b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>\nendobj\n"
        b"5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n"
        b"4 0 obj\n<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream\nendobj\ntrailer\n<</Root 1 0 R>>\n"
        % (len(content), content)
    )

    assert [page.page for page in read_pdf(pdf).unread] == [1]
