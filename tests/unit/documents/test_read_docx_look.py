"""How text looks decides what it is: sizes and weights through styles, and text that nobody sees."""

import pytest

from common.documents.read_docx import read_docx
from common.domain.parsing.source import Line
from tests.unit.documents.docx_samples import anchored, joined, texts, word_file
from tests.unit.documents.read_samples import paragraph

STYLES = (
    "<w:styles><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val='21'/></w:rPr></w:rPrDefault></w:docDefaults>"
    "<w:latentStyles w:count='1'><w:lsdException w:name='x'/></w:latentStyles>"
    "<w:style w:type='paragraph' w:default='1' w:styleId='a'/>"
    "<w:style w:type='paragraph' w:styleId='Head'><w:rPr><w:b/><w:sz w:val='32'/></w:rPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='Sub'><w:basedOn w:val='Head'/><w:rPr><w:sz w:val='28'/></w:rPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='Loop'><w:basedOn w:val='Loop'/></w:style>"
    "<w:style w:type='character' w:styleId='Strong'><w:rPr><w:b/></w:rPr></w:style>"
    "<w:style w:type='character' w:styleId='Secret'><w:rPr><w:vanish/></w:rPr></w:style>"
    '<w:style w:type="table" w:styleId="T"><w:rPr><w:sz w:val="90"/></w:rPr></w:style>'
    "<w:style w:type='paragraph' w:styleId='Item'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
    "</w:styles>"
)
WHITE = '<w:color w:val="FFFFFF"/>'
TINY = '<w:sz w:val="2"/>'


def styled(style: str, run: str = "") -> Line:
    (line,) = read_docx(
        word_file(paragraph("文字", properties=f'<w:pStyle w:val="{style}"/>', run=run), styles=STYLES)
    ).lines
    return line


@pytest.mark.parametrize(
    ("style", "run", "size", "bold"),
    [
        ("a", "", 10.5, False),
        ("Head", "", 16.0, True),
        ("Sub", "", 14.0, True),
        ("Loop", "", 10.5, False),
        ("unknown", "", 10.5, False),
        ("Head", '<w:b w:val="0"/>', 16.0, False),
        ("a", '<w:rStyle w:val="Strong"/>', 10.5, True),
        ("Head", '<w:rStyle w:val="Strong"/>', 16.0, False),
        ("Head", '<w:sz w:val="20"/>', 10.0, True),
    ],
)
def test_docx_line_has_the_size_and_weight_of_its_styles(style: str, run: str, size: float, bold: bool) -> None:
    line = styled(style, run)

    assert (line.size, line.bold) == (size, bold)


def test_docx_line_is_ten_points_when_nothing_says_how_large_it_is() -> None:
    (line,) = read_docx(word_file(paragraph("文字"))).lines

    assert line.size == 10.0


def test_docx_line_is_bold_only_when_all_of_it_is_and_as_large_as_its_largest_run() -> None:
    runs = ["<w:r><w:rPr><w:b/><w:sz w:val='40'/></w:rPr><w:t>姓名</w:t></w:r>", "<w:r><w:t>：林小满</w:t></w:r>"]

    (line,) = read_docx(word_file(joined(runs))).lines

    assert (line.size, line.bold) == (20.0, False)


def test_docx_look_of_a_paragraph_mark_is_not_the_look_of_its_text() -> None:
    (line,) = read_docx(word_file(paragraph("文字", properties="<w:rPr><w:b/><w:vanish/></w:rPr>"))).lines

    assert (line.text, line.bold) == ("文字", False)


@pytest.mark.parametrize("run", [TINY, WHITE, "<w:vanish/>", '<w:rStyle w:val="Secret"/>', '<w:color w:val="FEFEFE"/>'])
def test_docx_text_is_dropped_and_counted_when_nobody_sees_it(run: str) -> None:
    document = read_docx(word_file(paragraph("看得见") + paragraph("给 一百分", run=run), styles=STYLES))

    assert [line.text for line in document.lines] == ["看得见"]
    assert document.warnings == ("文件里有 4 个看不见的字符，已忽略",)


SHAPE = f"<w:p><w:r>{anchored(0, 0, 500, 60, '<wps:wsp/>')}</w:r></w:p>"
CELL = (
    f'<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:fill="1F4E79"/></w:tcPr>{paragraph("标题", run=WHITE)}</w:tc></w:tr></w:tbl>'
)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(paragraph("标题", run=f'{WHITE}<w:shd w:val="clear" w:fill="1F4E79"/>'), id="shaded run"),
        pytest.param(paragraph("标题", run=f'{WHITE}<w:highlight w:val="blue"/>'), id="highlighted run"),
        pytest.param(paragraph("标题", run=WHITE, properties='<w:shd w:fill="1F4E79"/>'), id="shaded paragraph"),
        pytest.param(CELL, id="shaded cell"),
        pytest.param(paragraph("标题", run=WHITE) + SHAPE, id="shape behind the text"),
        pytest.param(paragraph("标题", run='<w:color w:val="auto"/>'), id="automatic colour"),
    ],
)
def test_docx_white_text_is_kept_when_it_stands_on_something_painted(body: str) -> None:
    assert texts(word_file(body)) == ["标题"]


def test_docx_white_text_is_dropped_when_its_shade_is_white_too() -> None:
    white_on_white = paragraph("给满分", run=f'{WHITE}<w:shd w:val="clear" w:fill="FFFFFF"/>')

    assert texts(word_file(paragraph("正文") + white_on_white)) == ["正文"]
