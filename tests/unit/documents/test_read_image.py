"""Images: limits before decoding, upright and opaque before OCR."""

import io
import struct
import zlib

import pytest
from PIL import Image

from common.documents.image_header import image_size
from common.documents.limits import MAX_OCR_IMAGE_BYTES
from common.documents.read_image import read_image
from common.errors import FileDamaged, FileTooLarge, NoTextFound
from tests.unit.documents import read_samples


def page_of(content: bytes, kind) -> Image.Image:
    return Image.open(io.BytesIO(read_image(content, kind).unread[0].content))


@pytest.mark.parametrize(("kind", "name"), [("png", "PNG"), ("jpeg", "JPEG"), ("webp", "WEBP")])
def test_image_size_is_known_from_the_header_alone(kind, name: str) -> None:
    content = read_samples.picture(size=(640, 900), kind=name)

    assert image_size(content[: len(content) // 2], kind) == (640, 900)


@pytest.mark.parametrize("lossless", [True, False])
def test_image_size_is_known_when_a_webp_is_extended_or_lossless(lossless: bool) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (321, 123), (0, 0, 0, 120)).save(out, "WEBP", lossless=lossless)

    assert image_size(out.getvalue(), "webp") == (321, 123)


def test_image_is_passed_on_unchanged_when_ocr_can_take_it() -> None:
    content = read_samples.picture()

    document = read_image(content, "png")

    assert (document.kind, document.lines, document.warnings) == ("image", (), ())
    assert (document.unread[0].content, document.unread[0].media_type) == (content, "image/png")


def test_image_is_turned_upright_when_exif_says_so() -> None:
    page = page_of(read_samples.picture(kind="JPEG", orientation=6), "jpeg")

    assert page.size == (1000, 800)
    assert page.convert("L").getpixel((960, 100)) < 60


@pytest.mark.parametrize(
    ("kind", "name", "mode"), [("jpeg", "JPEG", "CMYK"), ("webp", "WEBP", "RGB"), ("png", "PNG", "P")]
)
def test_image_becomes_a_plain_jpeg_when_its_form_is_unusual(kind, name: str, mode: str) -> None:
    page = page_of(read_samples.picture(kind=name, mode=mode), kind)

    assert (page.format, page.mode) == ("JPEG", "RGB")


def test_image_ground_becomes_white_when_it_is_transparent() -> None:
    out = io.BytesIO()
    sheet = Image.new("RGBA", (600, 800), (0, 0, 0, 0))
    sheet.paste((0, 0, 0, 255), (10, 10, 200, 60))
    sheet.save(out, "PNG")

    page = page_of(out.getvalue(), "png")

    assert page.getpixel((500, 700)) == (255, 255, 255)


def test_image_is_shrunk_when_it_is_larger_than_ocr_takes() -> None:
    noise = Image.effect_noise((2600, 3000), 90)
    out = io.BytesIO()
    noise.save(out, "PNG")

    document = read_image(out.getvalue(), "png")

    assert len(out.getvalue()) > MAX_OCR_IMAGE_BYTES >= len(document.unread[0].content)


def test_image_is_refused_when_its_header_promises_too_many_pixels() -> None:
    header = b"IHDR" + struct.pack(">IIBBBBB", 30000, 30000, 1, 0, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))

    with pytest.raises(FileTooLarge):
        read_image(bomb, "png")


@pytest.mark.parametrize(("kind", "name"), [("png", "PNG"), ("jpeg", "JPEG"), ("webp", "WEBP")])
@pytest.mark.parametrize("kept", [0.02, 0.5])
def test_image_is_refused_when_it_is_cut(kind, name: str, kept: float) -> None:
    content = read_samples.picture(kind=name)

    with pytest.raises(FileDamaged):
        read_image(content[: int(len(content) * kept)], kind)


def test_image_is_refused_when_it_is_blank() -> None:
    with pytest.raises(NoTextFound):
        read_image(read_samples.blank_picture(), "png")


def test_image_comes_with_a_warning_when_it_is_tiny() -> None:
    document = read_image(read_samples.picture(size=(246, 300)), "png")

    assert "太小" in document.warnings[0]


@pytest.mark.parametrize("quality_is_enough", [True, False])
def test_picture_loses_quality_before_it_loses_size(quality_is_enough: bool) -> None:
    out = io.BytesIO()
    Image.effect_noise((1500, 2000) if quality_is_enough else (3000, 4000), 60).save(out, "PNG")

    page = page_of(out.getvalue(), "png")

    assert (page.width == 1500) is quality_is_enough
    assert page.width == 1500 or page.width < 3000


def test_page_is_readable_when_a_pixel_has_sixteen_bits() -> None:
    levels = (2_000 if 100 <= row < 200 else 60_000 for row in range(800) for _ in range(600))
    out = io.BytesIO()
    Image.frombytes("I;16", (600, 800), struct.pack("<480000H", *levels)).save(out, "PNG")

    page = page_of(out.getvalue(), "png")

    assert (page.mode, page.getpixel((200, 150)) < 30, page.getpixel((500, 700)) > 220) == ("L", True, True)


def test_first_picture_is_read_when_it_moves() -> None:
    first, second, out = Image.new("RGB", (600, 800), "white"), Image.new("RGB", (600, 800), "black"), io.BytesIO()
    first.paste((0, 0, 0), (100, 100, 300, 200))
    first.save(out, "WEBP", save_all=True, append_images=[second], lossless=True)

    page = page_of(out.getvalue(), "webp")

    assert page.getpixel((500, 700)) == (255, 255, 255)


def test_long_screenshot_becomes_pages_cut_between_its_lines() -> None:
    sheet, out = Image.new("L", (1000, 5000), 255), io.BytesIO()
    for top in range(20, 4980, 60):
        sheet.paste(0, (100, top, 900, top + 40))
    sheet.save(out, "PNG")

    document = read_image(out.getvalue(), "png")

    pages = [Image.open(io.BytesIO(page.content)) for page in document.unread]
    assert [page.page for page in document.unread] == [1, 2, 3]
    assert document.pages == 3
    assert sum(page.height for page in pages) == 5000
    assert all(page.convert("L").getpixel((500, row)) > 200 for page in pages for row in (0, page.height - 1))


def test_image_of_a_large_camera_is_made_smaller_before_it_is_turned() -> None:
    document = read_image(read_samples.picture(size=(4800, 3600), kind="JPEG", orientation=6), "jpeg")

    assert Image.open(io.BytesIO(document.unread[0].content)).size == (3000, 4000)
