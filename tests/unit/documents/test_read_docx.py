"""DOCX: what is text, in which order, and what is refused."""

import pytest

from common.documents import docx_package
from common.documents.read_docx import read_docx
from common.errors import FileDamaged, FileTooLarge, FileTypeUnsupported, NoTextFound
from tests.unit.documents import read_samples
from tests.unit.documents.read_samples import STRICT_WORD, WORD, docx, paragraph


def texts(content: bytes) -> list[str]:
    return [line.text for line in read_docx(content).lines]


def cell(*contents: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(contents)}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def test_docx_body_keeps_its_order_when_tables_stand_between_paragraphs() -> None:
    body = (
        paragraph("技能")
        + table(cell(paragraph("语言")) + cell(paragraph("Python")) + cell(paragraph("Go")))
        + paragraph("完")
    )

    assert texts(docx(body)) == ["技能", "语言 | Python | Go", "完"]


def test_docx_vertical_label_is_one_word_when_its_cell_is_narrow() -> None:
    row = cell(*(paragraph(char) for char in "基本情况")) + cell(
        paragraph("姓名"), properties='<w:gridSpan w:val="3"/>'
    )

    assert texts(docx(table(row))) == ["基本情况 | 姓名"]


def test_docx_nested_table_keeps_its_lines_when_its_cell_holds_more() -> None:
    inner = table(cell(paragraph("2020")) + cell(paragraph("示例公司")))

    assert texts(docx(table(cell(paragraph("经历"), inner, paragraph("尾"))))) == ["经历", "2020 | 示例公司", "尾"]


def test_docx_text_box_is_read_once_when_it_has_a_fallback() -> None:
    box = f"<w:txbxContent>{paragraph('电话 13900001234')}</w:txbxContent>"
    run = f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"

    assert texts(docx(f"<w:p>{run}<w:r><w:t>林小满</w:t></w:r></w:p>")) == ["林小满", "电话 13900001234"]


def test_docx_headers_come_first_and_footers_last() -> None:
    header = f'<w:hdr xmlns:w="{WORD}">{paragraph("页眉")}</w:hdr>'
    footer = f'<w:ftr xmlns:w="{WORD}">{paragraph("页脚")}</w:ftr>'

    assert texts(docx(paragraph("正文"), header1=header, footer1=footer)) == ["页眉", "正文", "页脚"]


@pytest.mark.parametrize(
    "hidden",
    [
        "<w:del><w:r><w:t>HACKED</w:t></w:r></w:del>",
        "<w:moveFrom><w:r><w:t>HACKED</w:t></w:r></w:moveFrom>",
        "<w:r><w:instrText>HACKED</w:instrText></w:r>",
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>HACKED</w:t></w:r>",
    ],
)
def test_docx_text_is_left_out_when_a_reader_would_not_see_it(hidden: str) -> None:
    body = f"<w:p>{hidden}<w:hyperlink><w:r><w:t>github.com/lin</w:t></w:r></w:hyperlink></w:p>"

    assert texts(docx(body)) == ["github.com/lin"]


def test_docx_list_items_get_a_bullet_and_runs_give_size_and_weight() -> None:
    body = paragraph("林小满", run='<w:b/><w:sz w:val="44"/>') + paragraph(
        "负责订单", properties='<w:numPr><w:numId w:val="1"/></w:numPr>'
    )

    name, item = read_docx(docx(body)).lines

    assert (name.text, name.size, name.bold) == ("林小满", 22.0, True)
    assert (item.text, item.bold) == ("• 负责订单", False)


@pytest.mark.parametrize(("namespace", "encoding"), [(STRICT_WORD, "utf-8"), (WORD, "utf-16")])
def test_docx_is_read_when_it_is_strict_or_utf_16(namespace: str, encoding: str) -> None:
    assert texts(docx(paragraph("姓名：林小满"), namespace=namespace, encoding=encoding)) == ["姓名：林小满"]


def test_docx_survives_when_tables_are_nested_thousands_deep() -> None:
    depth = 5000

    assert texts(docx("<w:tbl><w:tr><w:tc>" * depth + paragraph("底") + "</w:tc></w:tr></w:tbl>" * depth)) == ["底"]


def test_docx_is_refused_when_its_xml_has_a_doctype() -> None:
    xml = f'<!DOCTYPE x [<!ENTITY e "boom">]><w:document xmlns:w="{WORD}"><w:body>{paragraph("&e;")}</w:body></w:document>'

    with pytest.raises(FileDamaged):
        read_docx(read_samples.zipped({"word/document.xml": xml.encode()}))


@pytest.mark.parametrize("encoding", ["gbk", "UTF-9"])
def test_docx_is_refused_when_its_xml_has_an_encoding_that_word_does_not_write(encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?><w:document xmlns:w="{WORD}"/>'

    with pytest.raises(FileDamaged):
        read_docx(read_samples.zipped({"word/document.xml": xml.encode()}))


def test_docx_is_refused_when_the_directory_points_before_the_file() -> None:
    content = docx(paragraph("林小满"))
    directory = content.rindex(b"PK\x05\x06") + 16  # offset of the directory in the end record
    further = int.from_bytes(content[directory : directory + 4], "little") + 5000

    with pytest.raises(FileDamaged):
        read_docx(content[:directory] + further.to_bytes(4, "little") + content[directory + 4 :])


def test_docx_is_refused_when_a_part_unpacks_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_package, "MAX_ZIP_PART_BYTES", 100_000)

    with pytest.raises(FileTooLarge):
        read_docx(docx(paragraph("x" * 200_000)))


def test_docx_is_refused_when_the_parts_together_unpack_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_package, "MAX_ZIP_TOTAL_BYTES", 100_000)
    header = f'<w:hdr xmlns:w="{WORD}">{paragraph("x" * 90_000)}</w:hdr>'

    with pytest.raises(FileTooLarge):
        read_docx(docx(paragraph("x" * 90_000), header1=header))


def test_docx_is_refused_when_the_zip_has_too_many_entries() -> None:
    with pytest.raises(FileTooLarge):
        read_docx(read_samples.zipped({f"word/media/{number}.bin": b"" for number in range(2001)}))


def test_docx_is_refused_when_the_directory_lies_about_a_size() -> None:
    content = docx(paragraph("y" * 5000))
    place = content.rindex(b"word/document.xml") - 46 + 24  # uncompressed size in the central directory

    with pytest.raises(FileDamaged):
        read_docx(content[:place] + (100).to_bytes(4, "little") + content[place + 4 :])


@pytest.mark.parametrize("name", ["xl/workbook.xml", "hello.txt"])
def test_docx_is_refused_when_the_zip_is_no_word_file(name: str) -> None:
    with pytest.raises(FileTypeUnsupported):
        read_docx(read_samples.zipped({name: b"<a/>"}))


def test_docx_is_refused_when_the_zip_is_cut() -> None:
    with pytest.raises(FileDamaged):
        read_docx(docx(paragraph("林小满"))[:-40])


def test_docx_is_refused_when_it_has_no_text() -> None:
    with pytest.raises(NoTextFound):
        read_docx(docx(paragraph(" ")))


@pytest.mark.parametrize("encoding", ["klingon", "gb18030"])
def test_docx_is_damaged_when_a_part_declares_an_encoding_that_xml_cannot_have(encoding: str) -> None:
    part = f'<?xml version="1.0" encoding="{encoding}"?><w:document xmlns:w="{WORD}"><w:body/></w:document>'

    with pytest.raises(FileDamaged):
        read_docx(read_samples.zipped({"word/document.xml": part.encode("ascii")}))


def test_docx_is_damaged_when_its_directory_places_a_part_before_the_file() -> None:
    content = bytearray(docx(paragraph("林")))
    directory_offset = content.rindex(b"PK\x05\x06") + 16
    content[directory_offset : directory_offset + 4] = len(content).to_bytes(4, "little")

    with pytest.raises(FileDamaged):
        read_docx(bytes(content))
