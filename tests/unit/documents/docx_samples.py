"""Word files for the reader, made in memory: floating boxes, pictures, styles, relationships."""

from collections.abc import Sequence

from common.documents.read_docx import read_docx
from tests.unit.documents.read_samples import MARKUP, WORD, paragraph, zipped

EMU = 12700  # a point
RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = {
    "w": WORD,
    "mc": MARKUP,
    "r": RELATIONSHIP,
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "v": "urn:schemas-microsoft-com:vml",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
_MARGINS = '<w:sectPr><w:pgMar w:top="720" w:left="720" w:right="720" w:bottom="720"/></w:sectPr>'


def word_file(body: str, files: dict[str, bytes] | None = None, **parts: str) -> bytes:
    """`parts` are XML parts of word/ by name, without their root's namespaces: styles='<w:styles>…'; `files` any others."""
    declared = {name: content.replace(">", f" {_DECLARED}>", 1).encode() for name, content in parts.items()}
    return zipped(
        {
            "word/document.xml": f"<w:document {_DECLARED}><w:body>{body}{_MARGINS}</w:body></w:document>".encode(),
            **{f"word/{name}.xml": content for name, content in declared.items()},
            **(files or {}),
        }
    )


def relationships(**targets: str) -> dict[str, bytes]:
    """Of the document: id → target; an address is external."""
    listed = "".join(
        f'<Relationship Id="{name}" Type="x" Target="{target}" TargetMode="{"External" if ":" in target else "Internal"}"/>'
        for name, target in targets.items()
    )
    root = "http://schemas.openxmlformats.org/package/2006/relationships"
    return {"word/_rels/document.xml.rels": f'<Relationships xmlns="{root}">{listed}</Relationships>'.encode()}


def texts(content: bytes) -> list[str]:
    return [line.text for line in read_docx(content).lines]


def box(
    left: float, top: float, width: float, height: float, *lines: str, origin: tuple[str, str] = ("page", "page")
) -> str:
    """A run with a text box in points, as Word writes it: once for itself and once for older versions."""
    content = f"<w:txbxContent>{''.join(map(paragraph, lines))}</w:txbxContent>"
    shape = f"<wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp>"
    old = f'<w:pict><v:shape style="position:absolute"><v:textbox>{content}</v:textbox></v:shape></w:pict>'
    return (
        f"<w:r><mc:AlternateContent><mc:Choice>{anchored(left, top, width, height, shape, origin=origin)}</mc:Choice>"
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def anchored(
    left: float, top: float, width: float, height: float, content: str, *, origin: tuple[str, str] = ("page", "page")
) -> str:
    return (
        f'<w:drawing><wp:anchor><wp:positionH relativeFrom="{origin[0]}"><wp:posOffset>{round(left * EMU)}</wp:posOffset>'
        f'</wp:positionH><wp:positionV relativeFrom="{origin[1]}"><wp:posOffset>{round(top * EMU)}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{round(width * EMU)}" cy="{round(height * EMU)}"/><a:graphic><a:graphicData>{content}</a:graphicData>'
        "</a:graphic></wp:anchor></w:drawing>"
    )


def old_box(left: float, top: float, width: float, height: float, *lines: str) -> str:
    """A run with a text box in VML alone."""
    style = (
        f"position:absolute;margin-left:{left}pt;margin-top:{top}pt;width:{width}pt;height:{height}pt;"
        "mso-position-horizontal-relative:page;mso-position-vertical-relative:page"
    )
    content = "".join(map(paragraph, lines))
    return (
        f'<w:r><w:pict><v:shape style="{style}"><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox>'
        "</v:shape></w:pict></w:r>"
    )


def group(left: float, top: float, width: float, height: float, *shapes: tuple[float, float, float, float, str]) -> str:
    """A run with a group whose own coordinates begin at (500, 900) and are twice as fine as points."""

    def inner(shape: tuple[float, float, float, float, str]) -> str:
        x, y, wide, high, text = shape
        frame = (
            f'<a:off x="{round((500 + 2 * x) * EMU)}" y="{round((900 + 2 * y) * EMU)}"/>'
            f'<a:ext cx="{round(2 * wide * EMU)}" cy="{round(2 * high * EMU)}"/>'
        )
        content = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
        return f"<wps:wsp><wps:spPr><a:xfrm>{frame}</a:xfrm></wps:spPr><wps:txbx>{content}</wps:txbx></wps:wsp>"

    frame = (
        f'<a:off x="0" y="0"/><a:ext cx="{round(width * EMU)}" cy="{round(height * EMU)}"/>'
        f'<a:chOff x="{500 * EMU}" y="{900 * EMU}"/>'
        f'<a:chExt cx="{round(2 * width * EMU)}" cy="{round(2 * height * EMU)}"/>'
    )
    content = f"<wpg:wgp><wpg:grpSpPr><a:xfrm>{frame}</a:xfrm></wpg:grpSpPr>{''.join(map(inner, shapes))}</wpg:wgp>"
    return f"<w:r>{anchored(left, top, width, height, content)}</w:r>"


def picture(relationship: str, width: float, height: float, *, crop: str = "", turned: int = 0) -> str:
    """A run with an inline picture, in points."""
    extent = f'cx="{round(width * EMU)}" cy="{round(height * EMU)}"'
    return (
        f"<w:r><w:drawing><wp:inline><wp:extent {extent}/><a:graphic><a:graphicData><pic:pic><pic:blipFill>"
        f'<a:blip r:embed="{relationship}"><a:extLst><a:ext uri="x"/></a:extLst></a:blip>{crop}</pic:blipFill>'
        f'<pic:spPr><a:xfrm rot="{turned * 60000}"><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def joined(runs: Sequence[str]) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"
