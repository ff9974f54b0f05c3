"""Small files that use every structure a reader knows: where fuzzing starts when no other files are given."""

import io
from collections.abc import Iterator

from scripts.benchmarks.writers.doc_file import WordFile, WordStyle
from scripts.benchmarks.writers.doc_text import Box, Paragraph, Picture, Run, field, inner_row, paragraph, row


def doc_seeds() -> Iterator[bytes]:
    """One resume, saved in one piece and fast saved."""
    body = [
        paragraph("林小满", bold=True, size=22),
        Paragraph((Run("主页："), *field('HYPERLINK "https://example.com"', "个人主页"))),
        *row("姓名", "林小满", "民族", ""),
        *row([paragraph("经历"), *inner_row("2020", "示例公司")], "后端工程师"),
        paragraph("\uf0d8 负责订单系统", listed=1),
        Paragraph((Run("可见"), Run("隐藏", hidden=True), Run("旧版", deleted=True))),
    ]
    more = {
        "numbered": ["•", "（%1）"],
        "header": [paragraph("页眉")],
        "footer": [Paragraph((Run("第"), *field("PAGE", "1"), Run("页")))],
        "footnotes": [paragraph("脚注")],
        "boxes": [Box([paragraph("电话 13900001234")], anchor=1), Box([paragraph("组内")], grouped=True)],
        "pictures": [Picture(_portrait("PNG"))],
        "inline": [Picture(_portrait("JPEG"))],
        "styles": {0: WordStyle("Normal"), 1: WordStyle("heading 1", bold=True, size=16, base=0)},
    }
    for scattered in (False, True):
        yield WordFile(body, scattered=scattered, **more).content()  # type: ignore[arg-type]


def docx_seeds() -> Iterator[bytes]:
    """What the project itself writes."""
    from docx import Document

    document = Document()
    document.add_heading("林小满", 0)
    document.add_paragraph("负责订单系统", style="List Bullet")
    document.add_paragraph("第一", style="List Number")
    table = document.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "基本情况"
    table.cell(0, 1).add_table(1, 2).cell(0, 0).text = "2020"
    document.add_picture(io.BytesIO(_portrait("PNG")))
    document.sections[0].header.paragraphs[0].text = "页眉"
    out = io.BytesIO()
    document.save(out)
    yield out.getvalue()


def _portrait(form: str) -> bytes:
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (90, 126), "#77aadd")
    ImageDraw.Draw(image).ellipse((20, 20, 70, 90), fill="#eeccaa")
    out = io.BytesIO()
    image.save(out, form)
    return out.getvalue()
