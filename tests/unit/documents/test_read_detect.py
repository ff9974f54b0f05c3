"""One file is one type, decided by content."""

import pytest

from common.documents.detect import detect
from common.documents.limits import MAX_FILE_BYTES, MAX_LINES, MAX_TEXT_CHARACTERS
from common.documents.reader import FileReader
from common.errors import (
    FileEmpty,
    FileEncrypted,
    FileHasTooManyPages,
    FileTooLarge,
    FileTypeMismatch,
    FileTypeUnsupported,
)
from tests.unit.documents import read_samples

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"junk of a mail gateway " * 20 + b"%PDF-1.7\n", "pdf"),
        (b"<html>" + b" " * 50 + b"%PDF-1.4", "pdf"),
        (b"PK\x03\x04 stored zip that holds a %PDF-1.4", "docx"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBP", "webp"),
        (OLE + b"\x00" * 600, "doc"),
        (b"{\\rtf1 text}", "rtf"),
        (b"\r\n{\\rtf1 text}", "rtf"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html><body>", "html"),
        ("\ufeff<html><body>".encode("utf-16-le"), "html"),
        (b"<?xml version='1.0'?><!-- x --><html>", "html"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "wordml"),
        (b"<?xml version='1.0'?><a xmlns='http://schemas.microsoft.com/office/word/2003/wordml'/>", "wordml"),
        (
            b"From: <Saved by WPS>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n<html>",
            "mhtml",
        ),
    ],
)
def test_detect_names_the_type_when_the_content_shows_it(content: bytes, kind: str) -> None:
    assert detect(content) == kind


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00 program with %PDF-1.4 inside",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>",
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
        b"<!-- -->" * 500 + b"x",
        b"From: me\r\nContent-Type: text/plain\r\n\r\nhello",
        b"GIF89a",
        "普通文本".encode(),
        b"x" * 1100 + b"%PDF-1.7",
    ],
)
def test_detect_refuses_when_the_type_is_not_one_of_ours(content: bytes) -> None:
    with pytest.raises(FileTypeUnsupported):
        detect(content)


def test_detect_says_empty_when_there_are_no_bytes() -> None:
    with pytest.raises(FileEmpty):
        detect(b"")


def test_detect_says_too_large_when_the_file_exceeds_the_limit() -> None:
    with pytest.raises(FileTooLarge):
        detect(b"%PDF-1.7" + b"\x00" * MAX_FILE_BYTES)


def test_detect_says_encrypted_when_an_office_file_is_inside_an_encryption_container() -> None:
    with pytest.raises(FileEncrypted):
        detect(OLE + "EncryptedPackage".encode("utf-16-le"))


@pytest.mark.parametrize(
    ("filename", "refusal"),
    [
        ("cv.pdf", FileTypeMismatch),
        ("cv.DOC", FileTypeMismatch),
        ("cv.exe", FileTypeUnsupported),
        ("", FileTypeUnsupported),
    ],
)
@pytest.mark.parametrize("content", [b"MZ\x90\x00", b"<html><body>502</body></html>", read_samples.zipped({"a": b"b"})])
def test_reader_says_mismatch_when_the_name_claims_a_type_that_we_read(
    content: bytes, filename: str, refusal: type[FileTypeUnsupported]
) -> None:
    with pytest.raises(FileTypeUnsupported) as caught:
        FileReader().read(content, filename=filename)

    assert type(caught.value) is refusal


@pytest.mark.parametrize(
    "book", [b"text" * (MAX_TEXT_CHARACTERS // 4 + 1), b"a\\par " * (MAX_LINES + 1)], ids=["text", "lines"]
)
def test_reader_says_too_many_pages_when_a_format_without_pages_holds_a_book(book: bytes) -> None:
    with pytest.raises(FileHasTooManyPages):
        FileReader().read(b"{\\rtf1 " + book + b"}", filename="cv.doc")


@pytest.mark.parametrize("filename", ["cv.docx", "cv.png", "cv.exe", ""])
def test_reader_ignores_the_name_when_it_decides_the_type(filename: str) -> None:
    polyglot = read_samples.healthy_pdf() + read_samples.docx(read_samples.paragraph("另一份"))

    document = FileReader().read(polyglot, filename=filename)

    assert document.kind == "pdf"


def test_reader_says_too_large_when_a_picture_needs_more_memory_than_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("common.documents.read_image.read_image", exhausted)

    with pytest.raises(FileTooLarge):
        FileReader().read(read_samples.picture(), filename="cv.png")
