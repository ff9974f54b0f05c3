"""Preview images of PDF pages."""

import io

from PIL import Image

from common.documents.preview import previews
from common.documents.write_pdf import write_pdf
from tests.unit.domain.rendering import samples


def test_each_page_becomes_a_png_of_the_asked_width() -> None:
    pdf = write_pdf(samples.full_life(), template="classic").content

    images = [Image.open(io.BytesIO(content)) for content in previews(pdf, width_px=600)]

    assert [(image.format, image.size) for image in images] == [("PNG", (600, 849))] * 2


def test_preview_shows_ink_and_is_the_same_twice() -> None:
    pdf = write_pdf(samples.graduate(), template="classic").content

    first, second = previews(pdf, width_px=300), previews(pdf, width_px=300)

    assert first == second
    darkest, lightest = Image.open(io.BytesIO(first[0])).convert("L").getextrema()
    assert darkest < 100
    assert lightest == 255
