"""Small files for the readers, made in memory: fictional people, nothing on disk."""

import io
import zipfile

from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_WORD = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MARKUP = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_RELATIONSHIPS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATIONSHIP}" Target="word/document.xml"/></Relationships>'
)
_FONT = "layers/render/mojian_fonts/NotoSansSC-Regular.ttf"
HEALTHY = (
    "林小满  电话 13900001234  邮箱 linxiaoman@example.com",
    "教育背景",
    "2016.09 - 2020.06  江南示例大学  软件工程  本科",
    "工作经历",
    "2020.07 - 至今  示例科技有限公司  后端工程师  负责订单系统的设计与开发",
)


def paragraph(text: str, *, properties: str = "", run: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def docx(body: str, *, namespace: str = WORD, encoding: str = "utf-8", **parts: str) -> bytes:
    """A Word file with this body; `parts` are more files of word/, such as header1='<w:hdr…>'."""
    document = (
        f'<?xml version="1.0" encoding="{encoding}"?><w:document xmlns:w="{namespace}" xmlns:mc="{MARKUP}">'
        f"<w:body>{body}</w:body></w:document>"
    )
    return zipped(
        {
            "_rels/.rels": _RELATIONSHIPS.encode(),
            "word/document.xml": document.encode(encoding),
            **{f"word/{name}.xml": content.encode() for name, content in parts.items()},
        }
    )


def zipped(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in entries.items():
            package.writestr(name, content)
    return out.getvalue()


class PdfSample:
    """A PDF under construction; `write` puts text at points from the bottom left, Chinese included.

    `canvas` is there for what only one test needs. `embedded` gives text a font of its own with a ToUnicode map.
    """

    def __init__(self, *, embedded: bool = False) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
        if embedded:
            pdfmetrics.registerFont(TTFont("Embedded", _FONT))
        self._embedded = embedded
        self._out = io.BytesIO()
        self.canvas = Canvas(self._out, pagesize=(595, 842))

    def write(self, x: float, y: float, text: str, *, size: float = 10, grey: float = 0.0) -> "PdfSample":
        font = "Embedded" if self._embedded else "Helvetica" if text.isascii() else "STSong-Light"
        self.canvas.setFont(font, size)
        self.canvas.setFillGray(grey)
        self.canvas.drawString(x, y, text)
        return self

    def fill(self, x: float, y: float, width: float, height: float, *, grey: float) -> "PdfSample":
        self.canvas.setFillGray(grey)
        self.canvas.rect(x, y, width, height, stroke=0, fill=1)
        return self

    def page(self) -> "PdfSample":
        self.canvas.showPage()
        return self

    def picture(self, image: bytes) -> "PdfSample":
        from reportlab.lib.utils import ImageReader

        self.canvas.drawImage(ImageReader(io.BytesIO(image)), 0, 0, 595, 842)
        return self

    def done(self) -> bytes:
        self.canvas.save()
        return self._out.getvalue()


def healthy_pdf() -> bytes:
    return healthy_page(PdfSample()).done()


def healthy_page(sample: PdfSample) -> PdfSample:
    """Text enough to be a resume page."""
    for row, text in enumerate(HEALTHY):
        sample.write(50, 780 - 24 * row, text)
    return sample


def encrypted(pdf: bytes, *, user_password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.encrypt(user_password=user_password, owner_password="owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def picture(
    *, size: tuple[int, int] = (800, 1000), mode: str = "RGB", kind: str = "PNG", orientation: int | None = None
) -> bytes:
    """A sheet with a black bar near its top left corner."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).rectangle((20, 20, size[0] // 2, 60), fill="black")
    exif = Image.Exif()
    if orientation:
        exif[0x0112] = orientation
    out = io.BytesIO()
    image.convert(mode).save(out, kind, exif=exif)
    return out.getvalue()


def blank_picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(out, "PNG")
    return out.getvalue()


def somebody(size: tuple[int, int] = (295, 413)) -> Image.Image:
    """An ID photo: blue ground, a face, a dark jacket, and the grain of a photograph."""
    width, height = size
    image = Image.new("RGB", size, (67, 142, 219))
    draw = ImageDraw.Draw(image)
    draw.ellipse((width * 0.3, height * 0.2, width * 0.7, height * 0.62), fill=(225, 180, 150))
    draw.rectangle((width * 0.15, height * 0.7, width * 0.85, height), fill=(30, 40, 60))
    grain = Image.merge("RGB", [Image.effect_noise(size, 60) for _ in range(3)])
    return Image.blend(image, grain, 0.35)


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def portrait() -> bytes:
    """A JPEG in the shape of an ID photo, with as many colours as a face has."""
    image = Image.radial_gradient("L").resize((300, 420)).convert("RGB")
    ImageDraw.Draw(image).ellipse((80, 80, 220, 260), fill=(200, 150, 120))
    out = io.BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()
