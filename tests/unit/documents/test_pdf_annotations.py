"""PDF: filled form fields and notes are text, links are addresses behind text."""

from common.documents.read_pdf import read_pdf
from tests.unit.documents import read_samples
from tests.unit.documents.read_samples import PdfSample


def test_pdf_form_value_is_read_beside_its_label_when_a_field_is_filled() -> None:
    sample = read_samples.healthy_page(PdfSample()).write(50, 500, "Name:")
    sample.canvas.acroForm.textfield(name="name", x=120, y=494, width=200, height=20, value="Lin Xiaoman", fontSize=11)

    lines = [line.text for line in read_pdf(sample.done()).lines]

    assert "Name:    Lin Xiaoman" in lines


def test_pdf_line_carries_an_address_when_its_words_are_a_link() -> None:
    sample = read_samples.healthy_page(PdfSample()).write(50, 500, "My code").write(50, 480, "https://example.com/lin")
    sample.canvas.linkURL("https://github.com/linxiaoman", (50, 496, 100, 512))
    sample.canvas.linkURL("https://example.com/lin", (50, 476, 160, 492))
    sample.canvas.linkURL("javascript:alert(1)", (50, 776, 160, 792))

    links = {line.text: line.links for line in read_pdf(sample.done()).lines}

    assert links["My code"] == ("https://github.com/linxiaoman",)
    assert [targets for text, targets in links.items() if text != "My code"] == [()] * (len(links) - 1)
