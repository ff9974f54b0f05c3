"""Links, fields, content controls, alternatives and other parts: what of them is text, and what is not."""

import pytest

from common.documents.read_docx import read_docx
from common.errors import NoTextFound
from tests.unit.documents.docx_samples import NAMESPACES, joined, relationships, texts, word_file
from tests.unit.documents.read_samples import HEALTHY, paragraph, zipped

RUN = "<w:r><w:t>{}</w:t></w:r>"


def run(text: str) -> str:
    return RUN.format(text)


def links(body: str, **targets: str) -> tuple[str, ...]:
    (line,) = read_docx(word_file(body, relationships(**targets))).lines
    return line.links


def linked(text: str) -> str:
    return joined([f'<w:hyperlink r:id="rId1">{run(text)}</w:hyperlink>'])


def test_docx_line_knows_the_address_behind_its_words() -> None:
    assert links(linked("GitHub"), rId1="https://github.com/linxm") == ("https://github.com/linxm",)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("github.com/linxm", "https://github.com/linxm/"),
        ("lin@example.com", "mailto:lin@example.com"),
        ("作品", "file:///C:/works.doc"),
        ("作品", "javascript:alert(1)"),
    ],
)
def test_docx_line_has_no_link_when_its_text_says_it_or_it_leads_nowhere(text: str, target: str) -> None:
    assert links(linked(text), rId1=target) == ()


def test_docx_line_knows_the_address_when_a_field_leads_there() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://a.example.com/b" </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("博客")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )

    assert links(joined([field])) == ("https://a.example.com/b",)


def test_docx_field_is_read_as_its_result() -> None:
    simple = f'<w:fldSimple w:instr=" DATE ">{run("2024年")}</w:fldSimple>'

    assert texts(word_file(joined([simple]))) == ["2024年"]


@pytest.mark.parametrize(("properties", "expected"), [("<w:showingPlcHdr/>", []), ("", ["[姓名]"])])
def test_docx_placeholder_is_no_text_when_its_control_was_not_filled(properties: str, expected: list[str]) -> None:
    control = f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{paragraph('[姓名]')}</w:sdtContent></w:sdt>"

    assert texts(word_file(control + paragraph("完"))) == [*expected, "完"]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<w:tab/>", "甲    乙"),
        ("<w:noBreakHyphen/>", "甲-乙"),
        ("<w:softHyphen/>", "甲乙"),
        ('<w:sym w:font="Wingdings" w:char="F0FE"/>', "甲☑乙"),
        ('<w:sym w:font="Wingdings" w:char="F028"/>', "甲 乙"),
        ('<w:sym w:font="Arial" w:char="2460"/>', "甲①乙"),
        ('<w:sym w:font="Arial" w:char="none"/>', "甲乙"),
        ("<w:ruby><w:rt><w:r><w:t>yǐ</w:t></w:r></w:rt><w:rubyBase/></w:ruby>", "甲乙"),
    ],
)
def test_docx_character_elements_read_as_what_they_print(inner: str, expected: str) -> None:
    assert texts(word_file(joined([run("甲"), f"<w:r>{inner}</w:r>", run("乙")]))) == [expected]


def test_docx_line_begins_with_a_bullet_when_a_symbol_stands_there() -> None:
    assert texts(word_file(joined(['<w:r><w:sym w:font="Wingdings" w:char="F06C"/></w:r>', run("甲")]))) == ["●甲"]


def test_docx_line_break_begins_a_line_and_a_formula_is_text() -> None:
    formula = "<m:oMath><m:r><m:t>GPA=3.9</m:t></m:r></m:oMath>"

    assert texts(word_file(joined([run("甲"), "<w:r><w:br/></w:r>", formula]))) == ["甲", "GPA=3.9"]


def test_docx_text_is_current_when_changes_are_tracked() -> None:
    changed = (
        f"<w:ins>{run('新')}</w:ins><w:moveTo>{run('移')}</w:moveTo>"
        "<w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>字</w:t></w:r>"
    )
    gone = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('删掉的行')}</w:tc></w:tr>"
    kept = f"<w:tr><w:tc>{paragraph('留下的行')}</w:tc></w:tr>"

    assert texts(word_file(joined([changed]) + f"<w:tbl>{gone}{kept}</w:tbl>")) == ["新移字", "留下的行"]


@pytest.mark.parametrize("merge", ["<w:vMerge/>", '<w:hMerge w:val="continue"/>', "<w:cellDel/>"])
def test_docx_cell_is_read_once_when_another_one_continues_it(merge: str) -> None:
    row = f"<w:tr><w:tc>{paragraph('甲')}</w:tc><w:tc><w:tcPr>{merge}</w:tcPr>{paragraph('甲')}</w:tc></w:tr>"

    assert texts(word_file(f"<w:tbl>{row}</w:tbl>")) == ["甲"]


def test_docx_layout_table_is_read_by_column_when_each_column_has_headings() -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>"

    table = (
        row("联系方式", "教育背景")
        + row("13900001234", "江南大学")
        + row("专业技能", "工作经历")
        + row("Java", "示例公司")
    )

    assert texts(word_file(f"<w:tbl>{table}</w:tbl>")) == [
        "联系方式", "13900001234", "专业技能", "Java", "教育背景", "江南大学", "工作经历", "示例公司"
    ]  # fmt: skip


def test_docx_diagram_is_read_where_it_stands() -> None:
    data = "".join(
        f"<dgm:pt><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>" for text in ("Java", "Go")
    )
    shape = '<w:r><w:drawing><wp:inline><dgm:relIds r:dm="rId9"/></wp:inline></w:drawing></w:r>'
    root = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    files = {
        **relationships(rId9="diagrams/data1.xml"),
        "word/diagrams/data1.xml": f"<dgm:dataModel {root}>{data}</dgm:dataModel>".encode(),
    }

    assert texts(word_file(paragraph("技能") + joined([shape]) + paragraph("完"), files)) == [
        "技能",
        "Java",
        "Go",
        "完",
    ]


def test_docx_word_art_is_text_and_a_watermark_is_not() -> None:
    def art(name: str) -> str:
        return f'<w:r><w:pict><v:shape id="{name}" style=""><v:textpath string="个人简历"/></v:shape></w:pict></w:r>'

    assert texts(word_file(joined([art("PowerPlusWaterMarkObject1"), run("正文")]) + joined([art("s1")]))) == [
        "正文",
        "个人简历",
    ]


def with_embedded(content: bytes) -> bytes:
    files = {**relationships(rId1="/word/afchunk.htm"), "word/afchunk.htm": content}
    return word_file(paragraph("前") + '<w:altChunk r:id="rId1"/>' + paragraph("后"), files)


def test_docx_page_is_read_where_it_is_embedded() -> None:
    page = "".join(f"<p>{text}</p>" for text in HEALTHY)

    document = read_docx(with_embedded(f'<html><meta charset="utf-8"><body>{page}</body></html>'.encode()))

    found = [line.text for line in document.lines]
    assert (found[0], found[2], found[-1]) == ("前", "教育背景", "后")
    assert document.warnings == ()


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"<html></html>", b"\x00\x01"])
def test_docx_user_is_told_when_an_embedded_document_cannot_be_read(content: bytes) -> None:
    document = read_docx(with_embedded(content))

    assert [line.text for line in document.lines] == ["前", "后"]
    assert [warning for warning in document.warnings if "嵌入" in warning]


def test_docx_header_text_is_read_once_when_several_headers_repeat_it() -> None:
    header = f"<w:hdr>{paragraph('林小满的简历')}</w:hdr>"

    assert texts(word_file(paragraph("正文"), header1=header, header2=header)) == ["林小满的简历", "正文"]


def test_docx_is_read_when_its_prefixes_are_not_the_usual_ones() -> None:
    body = "<x:body><x:p><x:r><x:t>林小满</x:t></x:r></x:p></x:body>"
    document = f'<x:document xmlns:x="{NAMESPACES["w"]}" xmlns:w="urn:other">{body}</x:document>'

    assert texts(zipped({"word/document.xml": document.encode()})) == ["林小满"]


def test_docx_has_no_text_when_elements_with_the_usual_prefix_mean_something_else() -> None:
    document = '<w:document xmlns:w="urn:other"><w:p><w:r><w:t>林小满</w:t></w:r></w:p></w:document>'

    with pytest.raises(NoTextFound):
        read_docx(zipped({"word/document.xml": document.encode()}))
