"""DOC: what is refused, and how damage is told from text."""

import struct

import pytest

from common.documents.read_doc import read_doc
from common.errors import FileDamaged, FileEncrypted, FileRefused, FileTooLarge, FileTypeUnsupported, NoTextFound
from scripts.benchmarks.writers.doc_file import WordFile
from scripts.benchmarks.writers.doc_text import FIELD_MARKS, Box, paragraph, row
from scripts.benchmarks.writers.ole_file import ole_file


def test_doc_is_refused_when_it_is_encrypted() -> None:
    locked = WordFile([paragraph("林小满")], flags=0x1300).content()

    with pytest.raises(FileEncrypted):
        read_doc(locked)


def test_doc_is_refused_when_a_docx_is_encrypted_in_it() -> None:
    with pytest.raises(FileEncrypted):
        read_doc(ole_file({"EncryptedPackage": b"secret", "EncryptionInfo": b"\4"}))


def test_doc_is_refused_when_the_container_holds_a_spreadsheet() -> None:
    with pytest.raises(FileTypeUnsupported):
        read_doc(ole_file({"Workbook": b"\x09\x08"}))


def test_doc_has_no_text_when_its_paragraphs_are_empty() -> None:
    with pytest.raises(NoTextFound):
        read_doc(WordFile([paragraph(""), paragraph(" ")]).content())


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6])
def test_doc_is_damaged_when_its_end_is_missing(share: float) -> None:
    content = WordFile([paragraph("林小满") for _ in range(400)]).content()

    with pytest.raises(FileDamaged):
        read_doc(content[: int(len(content) * share)])


@pytest.mark.parametrize(
    ("place", "value"),
    [(0x4C, -5), (0x1A2, 0x7FFFFFFF), (0x1A6, 0)],
    ids=["a story has less than no text", "the piece table is outside the file", "there is no piece table"],
)
def test_doc_is_damaged_when_its_head_lies(place: int, value: int) -> None:
    content = bytearray(WordFile([paragraph("林小满")]).content())
    struct.pack_into("<i", content, content.index(b"\xec\xa5\xc1\x00") + place, value)

    with pytest.raises(FileDamaged):
        read_doc(bytes(content))


@pytest.mark.parametrize("length", [2**31, 5_000_000], ids=["two thousand million characters", "more than the file"])
def test_doc_is_damaged_when_a_piece_claims_more_than_there_is(length: int) -> None:
    content = bytearray(WordFile([paragraph("林小满")]).content())
    honest = struct.pack("<BIII", 2, 16, 0, 4)
    at = content.index(honest)
    content[at : at + len(honest)] = struct.pack("<BIII", 2, 16, 0, length)

    with pytest.raises(FileDamaged):
        read_doc(bytes(content))


def test_doc_is_damaged_when_its_characters_are_read_in_wrong_pairs() -> None:
    content = bytearray(
        WordFile([paragraph("熟练掌握数据结构与算法，负责订单系统的设计与开发") for _ in range(20)]).content()
    )
    plc = content.index(struct.pack("<HIH", 0, 0x800, 0))
    struct.pack_into("<I", content, plc + 2, 0x801)

    with pytest.raises(FileDamaged):
        read_doc(bytes(content))


def test_doc_is_refused_when_fields_nest_as_no_program_nests_them() -> None:
    begin, _, end = FIELD_MARKS

    with pytest.raises(FileDamaged):
        read_doc(WordFile([paragraph(begin * 5000 + "正文" + end * 5000)]).content())


def test_doc_is_too_large_when_it_has_more_text_than_a_resume(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("common.documents.doc.pieces.MAX_DOC_CHARACTERS", 20)

    with pytest.raises(FileTooLarge):
        read_doc(WordFile([paragraph("负责订单系统的设计与开发，以及后来的一切")]).content())


def test_doc_text_is_kept_when_tables_are_as_deep_as_no_program_makes_them() -> None:
    cells = row("林小满")
    deep = struct.pack("<HI", 0x6649, 2**31)
    damaged = [type(cell)(cell.runs, cell.end, properties=deep, depth=1) for cell in cells]

    found = read_doc(WordFile([*damaged, paragraph("完")]).content())

    assert [line.text for line in found.lines] == ["林小满", "完"]


@pytest.mark.parametrize("scattered", [False, True])
def test_doc_is_read_or_refused_when_any_word_of_it_is_wrong(scattered: bool) -> None:
    """Every word of the file information block in turn is set to the greatest value."""
    whole = WordFile(
        [paragraph("林小满"), *row("姓名", "")], boxes=[Box([paragraph("电话")])], scattered=scattered
    ).content()
    head = whole.index(b"\xec\xa5\xc1\x00")

    outcomes = {_outcome(whole, place) for place in range(head, head + 0x400, 2)}

    assert outcomes <= {"read", "refused"}
    assert "read" in outcomes


def _outcome(whole: bytes, place: int) -> str:
    content = bytearray(whole)
    content[place : place + 2] = b"\xff\x7f"
    try:
        read_doc(bytes(content))
    except FileRefused:
        return "refused"
    return "read"
