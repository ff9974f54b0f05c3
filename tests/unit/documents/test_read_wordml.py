"""Word 2003 XML: read by the DOCX walk under its older names."""

import pytest

from common.documents.read_wordml import read_wordml
from common.errors import FileDamaged, NoTextFound

NAMESPACE = "http://schemas.microsoft.com/office/word/2003/wordml"


def wordml(body: str, *, before: str = "", encoding: str = "utf-8") -> bytes:
    return (
        f'<?xml version="1.0" encoding="{encoding}" standalone="yes"?><?mso-application progid="Word.Document"?>{before}'
        f'<w:wordDocument xmlns:w="{NAMESPACE}" xmlns:aml="http://schemas.microsoft.com/aml/2001/core">'
        f"<w:body>{body}</w:body></w:wordDocument>"
    ).encode(encoding)


def paragraph(text: str, *, properties: str = "", run: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def texts(content: bytes) -> list[str]:
    return [line.text for line in read_wordml(content).lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb2312"])
def test_wordml_is_decoded_as_it_declares(encoding: str) -> None:
    assert texts(wordml(paragraph("林小江"), encoding=encoding)) == ["林小江"]


def test_wordml_rows_and_lists_look_like_those_of_docx() -> None:
    row = (
        "<w:tbl><w:tr>" + "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("姓名", "林小满")) + "</w:tr></w:tbl>"
    )
    item = paragraph("Python", properties='<w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/></w:listPr>')

    assert texts(wordml(row + item)) == ["姓名 | 林小满", "• Python"]


def test_wordml_hidden_deleted_and_binary_content_is_left_out() -> None:
    run = "<aml:content><w:r><w:delText>旧</w:delText></w:r></aml:content>"
    deleted = f'<aml:annotation w:type="Word.Deletion">{run}</aml:annotation>'
    picture = '<w:r><w:pict><w:binData w:name="wordml://1.png">iVBORw0KGgo=</w:binData></w:pict></w:r>'

    assert texts(
        wordml(f"{paragraph('藏', run='<w:vanish/>')}<w:p>{deleted}{picture}<w:r><w:t>林</w:t></w:r></w:p>")
    ) == ["林"]


def test_wordml_headers_come_first() -> None:
    section = f'<w:sectPr><w:hdr w:type="odd">{paragraph("页眉")}</w:hdr></w:sectPr>'

    assert texts(wordml(paragraph("正文") + section)) == ["页眉", "正文"]


def test_wordml_is_refused_when_it_declares_entities() -> None:
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'

    with pytest.raises(FileDamaged):
        read_wordml(wordml(paragraph("&b;"), before=bomb))


def test_wordml_is_refused_when_it_has_no_text() -> None:
    with pytest.raises(NoTextFound):
        read_wordml(wordml(paragraph("")))
