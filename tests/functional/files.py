"""Files that people upload, made in memory. The person does not exist."""

import io
import zipfile
from xml.sax.saxutils import escape

NAME = "林晓雯"
PHONE = "13912345678"
EMAIL = "lin.xiaowen@example.com"
#: Questions in which the model reads it: head, education, work, skills.
PARTS = 4

EMPLOYER = "云帆数据科技有限公司"
SCHOOL = "东湖大学"
BULLET = "负责订单系统的开发,使用 mysql 和 redis"

LINES = (
    NAME,
    f"电话：{PHONE}    邮箱：{EMAIL}",
    "教育经历",
    f"2012.09 - 2016.06    {SCHOOL}    计算机科学与技术    本科",
    "工作经历",
    f"2019.03 - 至今    {EMPLOYER}    后端工程师",
    BULLET,
    "主导支付网关的重构,日均处理 20 万笔交易",
    "专业技能",
    "Python、MySQL、Redis",
)

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_RELATIONSHIPS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}" Target="word/document.xml"/></Relationships>'
)


def docx(lines: tuple[str, ...] = LINES) -> bytes:
    """A Word file with one paragraph a line."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("_rels/.rels", _RELATIONSHIPS)
        package.writestr(
            "word/document.xml", f'<w:document xmlns:w="{_WORD}"><w:body>{paragraphs}</w:body></w:document>'
        )
    return packed.getvalue()


def rtf(lines: tuple[str, ...] = LINES) -> bytes:
    """What WordPad and old web exports save as .doc: RTF in GBK."""
    text = "\\par ".join("".join(f"\\'{byte:02x}" for byte in line.encode("gbk")) for line in lines)
    return rf"{{\rtf1\ansi\ansicpg936 {text}\par}}".encode("ascii")


def pdf(*, password: str | None = None) -> bytes:
    """A PDF with a text layer, in a font that every reader knows; `password` makes it one that asks for it."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    written = io.BytesIO()
    canvas = Canvas(written, encrypt=password)
    canvas.setFont("STSong-Light", 12)
    for number, line in enumerate(LINES):
        canvas.drawString(60, 780 - 24 * number, line)
    canvas.save()
    return written.getvalue()


def photo() -> bytes:
    """A picture of a page with something on it. What it says only matters to a real OCR."""
    from PIL import Image

    written = io.BytesIO()
    page = Image.new("RGB", (600, 800), "white")
    page.paste("black", (60, 40, 460, 60))
    page.save(written, "PNG")
    return written.getvalue()


EXECUTABLE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + bytes(200)
