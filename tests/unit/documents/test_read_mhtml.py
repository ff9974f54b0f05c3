"""Web archives: parts, transfer encodings and charsets, bounded whatever the file nests."""

import base64
import quopri

import pytest

from common.documents.mhtml_parts import parts_of
from common.documents.read_mhtml import read_mhtml
from common.errors import FileTypeUnsupported
from tests.unit.documents import read_samples

PAGE = """<html xmlns:w="urn:schemas-microsoft-com:office:word"><body><p>姓名：林小满</p><p>手机：13900001234</p></body></html>"""
QUOTED = ("quoted-printable", quopri.encodestring)
BASE64 = ("base64", base64.encodebytes)


def part(content: bytes, media_type: str, encoding: tuple = QUOTED) -> bytes:
    name, encode = encoding
    head = f"Content-Type: {media_type}\r\nContent-Transfer-Encoding: {name}\r\nContent-Location: file:///C:/cv.htm\r\n\r\n"
    return head.encode() + encode(content)


def archive(*parts: bytes, kind: str = "related", boundary: str = "----=_NextPart_01") -> bytes:
    head = f'MIME-Version: 1.0\r\nContent-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\nA web archive.\r\n'
    body = b"".join(f"\r\n--{boundary}\r\n".encode() + piece for piece in parts)
    return head.encode() + body + f"\r\n--{boundary}--\r\n".encode()


@pytest.mark.parametrize("encoding", [QUOTED, BASE64])
@pytest.mark.parametrize("charset", ["gb2312", "utf-8"])
def test_mhtml_page_is_read_in_its_transfer_encoding_and_charset(encoding: tuple, charset: str) -> None:
    document = read_mhtml(archive(part(PAGE.encode(charset), f'text/html; charset="{charset}"', encoding)))

    assert (document.kind, [line.text for line in document.lines]) == ("html", ["姓名：林小满", "手机：13900001234"])


def test_mhtml_charset_of_the_page_counts_when_its_part_names_none() -> None:
    page = PAGE.replace("<body>", '<meta charset="gb2312"><body>').encode("gbk")

    assert read_mhtml(archive(part(page, "text/html"))).lines[0].text == "姓名：林小满"


def test_mhtml_page_is_found_when_it_stands_inside_another_multipart() -> None:
    inner = archive(part(PAGE.encode(), "text/html; charset=utf-8"), kind="alternative", boundary="inner")

    assert len(read_mhtml(archive(inner)).lines) == 2


def test_mhtml_is_read_when_it_is_a_single_page() -> None:
    single = b"MIME-Version: 1.0\r\n" + part(PAGE.encode("gbk"), "text/html; charset=gb2312")

    assert len(read_mhtml(single).lines) == 2


def test_mhtml_portrait_is_offered_when_a_part_looks_like_one() -> None:
    document = read_mhtml(
        archive(part(PAGE.encode(), "text/html; charset=utf-8"), part(read_samples.portrait(), "image/jpeg", BASE64))
    )

    assert document.photo is not None


@pytest.mark.parametrize(
    "content", [archive(part(b"hello", "text/plain")), archive().partition(b"\r\n\r\n")[0] + b"\r\n\r\nx"]
)
def test_mhtml_is_refused_when_it_has_no_page(content: bytes) -> None:
    with pytest.raises(FileTypeUnsupported):
        read_mhtml(content)


def test_parts_are_bounded_when_an_archive_nests_or_repeats_without_end() -> None:
    deep = part(b"x", "text/html")
    for level in range(50):
        deep = archive(deep, boundary=f"b{level}")
    many = archive(*[part(b"x", "text/css")] * 2_000)

    assert list(parts_of(deep)) == []
    assert 100 < len(list(parts_of(many))) <= 300


@pytest.mark.parametrize(
    ("digits", "content"), [(b"A", b""), (b"YWJjZGU=", b"abcde"), (b"YW*J\r\njZG", b"abcd"), (b"YWJjZ", b"abc")]
)
def test_part_is_decoded_as_far_as_its_base64_goes(digits: bytes, content: bytes) -> None:
    head = b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n"

    assert [one.content for one in parts_of(archive(head + digits))] == [content]
