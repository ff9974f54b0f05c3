"""Which picture of a document is the person, and in what shape it is handed on."""

import io

import pytest
from PIL import Image, ImageDraw

from common.documents.portrait import MAX_PHOTO_BYTES, PHOTO_SIDES_PX, Picture, portrait
from tests.unit.documents.read_samples import encoded, somebody

BLUE = (88, 137, 187)


def shown(pictures: list[Picture]) -> Image.Image:
    photo = portrait(pictures)
    assert photo is not None
    return Image.open(io.BytesIO(photo.content))


def close_to(colour: object, wanted: tuple[int, int, int]) -> bool:
    return isinstance(colour, tuple) and all(abs(a - b) < 70 for a, b in zip(colour, wanted, strict=True))


def emblem() -> Image.Image:
    picture = Image.new("RGB", (300, 300), "white")
    ImageDraw.Draw(picture).ellipse((10, 10, 290, 290), outline=(190, 20, 30), width=24)
    return picture


def qr_code(size: tuple[int, int]) -> Image.Image:
    noise = Image.effect_noise((29, 29), 200).point(lambda grey: 255 * (grey > 128))
    return noise.resize(size, Image.Resampling.NEAREST)


def test_portrait_is_an_upright_jpeg_when_the_picture_is_a_png() -> None:
    photo = portrait([Picture(encoded(somebody()))])

    assert photo is not None
    assert photo.media_type == "image/jpeg"
    assert Image.open(io.BytesIO(photo.content)).size == (295, 413)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(Picture(encoded(somebody((40, 56)))), id="icon"),
        pytest.param(Picture(encoded(somebody((900, 300)))), id="banner"),
        pytest.param(Picture(encoded(somebody((1240, 1754)))), id="page that was scanned"),
        pytest.param(Picture(encoded(somebody()), shown_pt=(595, 842)), id="page background"),
        pytest.param(Picture(encoded(somebody()), shown_pt=(12, 16)), id="shown as an icon"),
        pytest.param(Picture(encoded(somebody()), shown_pt=(300, 60)), id="stretched to a banner"),
        pytest.param(Picture(encoded(somebody()), page=2), id="second page"),
        pytest.param(Picture(encoded(emblem())), id="emblem"),
        pytest.param(Picture(encoded(qr_code((300, 300)))), id="QR code"),
        pytest.param(Picture(encoded(qr_code((300, 400)))), id="upright black and white"),
        pytest.param(Picture(encoded(Image.new("RGB", (295, 413), BLUE))), id="blank frame"),
        pytest.param(Picture(b"\x01\x00\x00\x00 EMF"), id="metafile"),
        pytest.param(Picture(encoded(somebody())[:900]), id="cut off"),
        pytest.param(Picture(b""), id="empty"),
    ],
)
def test_portrait_is_none_when_the_only_picture_shows_something_else(other: Picture) -> None:
    assert portrait([other]) is None


def test_portrait_is_the_id_photo_when_an_avatar_stands_before_it() -> None:
    assert shown([Picture(encoded(somebody((300, 300)))), Picture(encoded(somebody((250, 350))))]).size == (250, 350)


def test_portrait_is_the_avatar_when_there_is_no_id_photo() -> None:
    assert shown([Picture(encoded(emblem())), Picture(encoded(somebody((300, 300))))]).size == (300, 300)


def test_portrait_keeps_only_what_the_document_shows_when_it_crops_the_picture() -> None:
    wide = Image.new("RGB", (600, 400), "red")
    wide.paste(somebody((280, 400)), (160, 0))

    picture = shown([Picture(encoded(wide), shown_pt=(70, 100), crop=(160 / 600, 0, 160 / 600, 0))])

    assert picture.size == (280, 400)
    assert close_to(picture.getpixel((3, 3)), BLUE)


@pytest.mark.parametrize("turned_by_document", [True, False])
def test_portrait_is_upright_when_the_picture_lies_on_its_side(turned_by_document: bool) -> None:
    lying = somebody().transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees clockwise
    content = encoded(lying) if turned_by_document else encoded(lying, "JPEG", exif=exif)

    picture = shown([Picture(content, turned=90 if turned_by_document else 0)])

    assert picture.size == (295, 413)
    assert close_to(picture.getpixel((3, 3)), BLUE)
    assert not close_to(picture.getpixel((147, 400)), BLUE)


def test_portrait_stands_on_white_when_its_ground_is_transparent() -> None:
    cut_out = somebody().convert("RGBA")
    cut_out.paste((0, 0, 0, 0), (0, 0, 295, 40))

    assert close_to(shown([Picture(encoded(cut_out))]).getpixel((3, 3)), (255, 255, 255))


def test_portrait_is_small_and_without_metadata_when_the_picture_is_a_camera_s() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    camera = Image.merge("RGB", [Image.effect_noise((1500, 2100), 60)] * 3)

    photo = portrait([Picture(encoded(camera, "JPEG", exif=exif))])

    assert photo is not None
    assert len(photo.content) <= MAX_PHOTO_BYTES
    picture = Image.open(io.BytesIO(photo.content))
    assert picture.width <= PHOTO_SIDES_PX[0]
    assert picture.height <= PHOTO_SIDES_PX[1]
    assert not picture.getexif()


def test_portrait_is_none_when_the_picture_has_too_many_pixels_to_decode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("common.documents.portrait.MAX_PIXELS", 100_000)

    assert portrait([Picture(encoded(somebody()))]) is None
