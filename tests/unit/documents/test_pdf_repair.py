"""PDF: a file that lost its end is read as far as it goes, or refused, never guessed at."""

import zlib

import pytest

from common.documents.pdf_pages import PageText
from common.documents.pdf_repair import with_new_index
from common.documents.read_pdf import INCOMPLETE, read_pdf
from common.errors import FileDamaged
from tests.unit.documents import read_samples


def cut(pdf: bytes, at: bytes) -> bytes:
    return pdf[: pdf.rindex(at)]


def test_pdf_is_read_with_a_warning_when_its_index_is_lost() -> None:
    document = read_pdf(cut(read_samples.healthy_pdf(), b"xref\n0 "))

    assert document.lines[0].text.startswith("林小满")
    assert document.warnings == (INCOMPLETE,)


def test_pdf_is_read_when_its_page_tree_is_lost_too() -> None:
    pdf = (
        read_samples.healthy_pdf()
        .replace(b"/Type /Catalog", b"/Type /Nothing")
        .replace(b"/Type /Pages", b"/Type /Nopes")
    )

    document = read_pdf(cut(pdf, b"xref\n0 "))

    assert document.lines[0].text.startswith("林小满")


def test_pdf_objects_are_unpacked_when_they_are_in_a_stream() -> None:
    bodies = [b"<</Type/Catalog/Pages 3 0 R>>", b"<</Type/Pages/Count 1/Kids[4 0 R]>>"]
    bodies.append(b"<</Type/Page/Parent 3 0 R/MediaBox[0 0 595 842]/Contents 9 0 R/Resources<</Font<</F 5 0 R>>>>>>")
    bodies.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    places = [sum(len(body) + 1 for body in bodies[:index]) for index in range(4)]
    head = b" ".join(b"%d %d" % (number, place) for number, place in zip(range(2, 6), places, strict=True)) + b" "
    packed = zlib.compress(head + b" ".join(bodies))
    text = b"\n".join(
        b"BT /F 11 Tf 50 %d Td (Lin Xiaoman worked on the order platform in 2020) Tj ET" % (700 - 20 * row)
        for row in range(3)
    )
    pdf = b"%%PDF-1.5\n9 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (len(text), text)
    pdf += b"8 0 obj\n<</Type/ObjStm/N 4/First %d/Filter/FlateDecode/Length %d>>\nstream\n" % (len(head), len(packed))
    pdf += packed + b"\nendstream\nendobj\n7 0 obj\n<</Type/XRef"

    document = read_pdf(pdf)

    assert [line.text for line in document.lines] == ["Lin Xiaoman worked on the order platform in 2020"] * 3


def test_pdf_is_refused_when_what_is_left_of_it_has_no_readable_text() -> None:
    pdf = cut(read_samples.healthy_pdf(), b"xref\n0 ").replace(b"/UniGB-UCS2-H", b"/Identity-H  ")

    with pytest.raises(FileDamaged):
        read_pdf(pdf)


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n",
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>",
        b"%PDF-1.7 1 0 obj <</Type/Page>> /Encrypt 5 0 R",
    ],
)
def test_index_is_not_rebuilt_when_there_are_no_pages_or_the_key_is_lost(content: bytes) -> None:
    assert with_new_index(content) is None


def test_index_is_rebuilt_within_bounds_when_a_stream_inflates_without_end() -> None:
    bomb = zlib.compress(b"1 0 " + bytes(8_000_000))
    pdf = b"%PDF-1.5\n" + b"".join(
        b"%d 0 obj\n<</Type/ObjStm/N 1/First 4/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (number, len(bomb), bomb)
        for number in range(10, 30)
    )

    assert len(with_new_index(pdf + b"2 0 obj\n<</Type/Page>>\nendobj\n") or b"") < 40_000_000


def test_pdf_is_refused_when_a_font_is_lost_with_most_of_the_text() -> None:
    pages = [
        PageText(1, "Lin Xiaoman worked on the order platform in 2020 with many people", silent=silent)
        for silent in (0.1, 0.9)
    ]

    assert [page.is_whole for page in pages] == [True, False]
