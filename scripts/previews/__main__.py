"""`./scripts/build previews`: preview.png in every template's folder and docs/templates.png, the same bytes every time."""

import io
import sys
from pathlib import Path

from PIL import Image

from common.documents.preview import previews
from common.documents.template_shelf import PREVIEW, template_folder, template_names
from common.documents.write_pdf import write_pdf
from scripts.previews.people import person_for

ROOT = Path(__file__).resolve().parent.parent.parent
SHEET = ROOT / "docs" / "templates.png"
MAX_PREVIEW_BYTES, MAX_SHEET_BYTES = 60_000, 600_000
#: Drawn large and made small: letters keep their shape.
DRAWN_PX, PREVIEW_PX, SHEET_PX = 1440, 480, 460
COLUMNS, GAP_PX = 5, 14
GROUND = "#d9dee4"
#: Of a palette: enough for the accents of all templates and the greys between them.
PREVIEW_COLOURS, SHEET_COLOURS = 64, 256


def main() -> int:
    pages = {name: _first_page(name) for name in template_names()}
    for name, page in pages.items():
        preview = template_folder(name) / PREVIEW
        _save(_scaled(page, PREVIEW_PX), preview, colours=PREVIEW_COLOURS, max_bytes=MAX_PREVIEW_BYTES)
    sheet = contact_sheet([_scaled(page, SHEET_PX) for page in pages.values()])
    _save(sheet, SHEET, colours=SHEET_COLOURS, max_bytes=MAX_SHEET_BYTES)
    return 0


def _first_page(template: str) -> Image.Image:
    pdf = write_pdf(person_for(template), template=template)
    return Image.open(io.BytesIO(previews(pdf.content, width_px=DRAWN_PX)[0])).convert("RGB")


def _scaled(page: Image.Image, width_px: int) -> Image.Image:
    return page.resize((width_px, round(page.height * width_px / page.width)), Image.Resampling.LANCZOS)


def contact_sheet(pages: list[Image.Image]) -> Image.Image:
    """The pages in rows of COLUMNS on a quiet ground."""
    width, height = pages[0].size
    rows = -(-len(pages) // COLUMNS)
    size = (COLUMNS * (width + GAP_PX) + GAP_PX, rows * (height + GAP_PX) + GAP_PX)
    sheet = Image.new("RGB", size, GROUND)
    for index, page in enumerate(pages):
        row, column = divmod(index, COLUMNS)
        sheet.paste(page, (GAP_PX + column * (width + GAP_PX), GAP_PX + row * (height + GAP_PX)))
    return sheet


def _save(image: Image.Image, path: Path, *, colours: int, max_bytes: int) -> None:
    buffer = io.BytesIO()
    image.quantize(colours, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=True)
    if buffer.tell() > max_bytes:
        raise SystemExit(f"build previews: {path.name} has {buffer.tell()} bytes, at most {max_bytes} are allowed")
    path.write_bytes(buffer.getvalue())
    print(f"{path.relative_to(ROOT)!s:70} {buffer.tell() / 1000:6.1f} KB")


if __name__ == "__main__":
    sys.exit(main())
