"""The committed fonts are the ones that were pinned, and cover what Chinese names need."""

import hashlib
import io
import json
from collections.abc import Iterator
from importlib.resources import files

import pytest
from pypdf import PdfReader
from reportlab.pdfbase import pdfmetrics

from common.documents.typesetting import fonts
from common.documents.write_pdf import write_pdf
from common.domain.rendering.notes import layout_notes
from common.domain.rendering.options import RenderOptions
from common.domain.rendering.theme import Typeface
from common.domain.resume import Resume
from scripts import build_fonts

SHELF = files("mojian_fonts")
PINS = json.loads((SHELF / "sources.json").read_text("utf-8"))


def test_every_committed_font_is_the_pinned_one() -> None:
    pinned = PINS["profiles"]["full"]["sha256"]

    found = {name: hashlib.sha256((SHELF / name).read_bytes()).hexdigest() for name in pinned}

    assert found == pinned
    assert {name for faces in fonts.FACES.values() for name in faces} <= set(found)


def test_every_package_ships_its_licence() -> None:
    used = {font["package"] for font in PINS["profiles"]["full"]["fonts"]}
    licences = [package["licence"] for package in PINS["packages"] if package["name"].rpartition("/")[2] in used]

    texts = [(SHELF / licence).read_text("utf-8") for licence in licences]

    assert len(texts) == 3
    assert all("SIL OPEN FONT LICENSE Version 1.1" in text for text in texts)


def test_fonts_draw_every_basic_han_and_no_radical() -> None:
    drawable = fonts.register()

    assert set(range(0x4E00, 0x9FA6)) <= drawable
    assert set(range(0x3400, 0x4DB6)) <= drawable
    assert build_fonts.gbk_characters() & set(range(0x4E00, 0xA000)) <= drawable
    assert {0x20BB7, 0x1F680} <= drawable
    assert not set(build_fonts.RADICALS) & drawable


def test_rare_han_font_holds_only_what_the_main_font_lacks() -> None:
    available = {0x20, 0x4E00, 0x20BB7, 0x2F08, build_fonts.GETA_MARK}

    kept = build_fonts.choose_characters("rare_han", available, drawn_by_main_font={0x4E00})

    assert kept == {0x20, 0x20BB7, build_fonts.GETA_MARK}


def test_main_font_leaves_radicals_out() -> None:
    kept = build_fonts.choose_characters("chinese", {0x41, 0x4E00, 0x3400, 0x2F08, 0x2E9F, 0xE000}, set())

    assert kept == {0x41, 0x4E00, 0x3400}


def test_small_main_font_keeps_what_names_need_beyond_gb2312() -> None:
    available = {ord(character) for character in "中喆堃A①\u4e02\u2f08"}

    kept = build_fonts.choose_characters("chinese_small", available, set())

    assert kept == {ord(character) for character in "中喆堃A①"}


@pytest.mark.parametrize("profile", ["full", "small", "serif"])
def test_every_profile_pins_all_its_fonts_and_licences(profile: str) -> None:
    pins = PINS["profiles"][profile]

    outputs = {font["output"] for font in pins["fonts"]}

    assert outputs == {name for name in pins["sha256"] if name.endswith(".ttf")}
    assert {file for pair in fonts.FACES.values() for file in pair} <= outputs
    assert len(pins["sha256"]) == len(outputs) + len({font["package"] for font in pins["fonts"]})


def with_serif_pair(monkeypatch: pytest.MonkeyPatch, regular: str, bold: str) -> None:
    """The pair itself is not committed (29 MB): other files of the layer stand for it."""
    monkeypatch.setattr(fonts, "SERIF", {"MojianSerif": (regular, bold)})


@pytest.fixture(autouse=True)
def forget_the_serif_pair() -> Iterator[None]:
    fonts.has_serif.cache_clear()
    fonts.register_serif.cache_clear()
    yield
    fonts.has_serif.cache_clear()
    fonts.register_serif.cache_clear()


def test_serif_pages_are_sans_and_say_so_when_the_layer_has_no_serif_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    with_serif_pair(monkeypatch, "absent-Regular.ttf", "absent-Bold.ttf")
    resume = Resume.model_validate({"basics": {"name": "李雷"}})

    serif = write_pdf(resume, template="classic", options=RenderOptions(typeface="serif"))
    sans = write_pdf(resume, template="classic")

    assert serif.content == sans.content
    assert (serif.serif_is_absent, sans.serif_is_absent) == (True, False)
    assert "宋体" in layout_notes(serif)[0]
    assert layout_notes(sans) == []


def test_serif_pages_are_drawn_with_the_pair_when_the_layer_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with_serif_pair(monkeypatch, "NotoSansSC-Bold.ttf", "NotoSansSC-Bold.ttf")

    serif, sans = embedded_fonts("三年经验", typeface="serif"), embedded_fonts("三年经验")

    assert serif == {"NotoSansSC-Bold"}
    assert sans == {"NotoSansSC-Regular", "NotoSansSC-Bold"}
    assert not write_pdf(Resume(), template="classic", options=RenderOptions(typeface="serif")).serif_is_absent


def test_sans_pages_do_not_read_the_serif_pair_when_the_layer_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with_serif_pair(monkeypatch, "NotoSansJP-RareHan-Regular.ttf", "NotoSansJP-RareHan-Bold.ttf")

    embedded_fonts("李雷")

    assert fonts.register_serif.cache_info().currsize == 0


def embedded_fonts(text: str, *, typeface: Typeface = "sans") -> set[str]:
    resume = Resume.model_validate({"basics": {"name": "李雷", "summary": text}})
    pdf = write_pdf(resume, template="classic", options=RenderOptions(typeface=typeface))
    pages = PdfReader(io.BytesIO(pdf.content)).pages
    return {str(font["/BaseFont"]).split("+")[-1] for page in pages for font in page["/Resources"]["/Font"].values()}


def test_rare_han_keeps_its_own_face_when_another_character_is_missing() -> None:
    fonts = embedded_fonts("我是𠮷野 \u2219 又是 𠮷 野")

    again = embedded_fonts("我是𠮷野")

    assert {"NotoSansJP-Regular", "MojianLastResort"} <= fonts
    assert "NotoSansJP-Regular" in again
    assert "MojianLastResort" not in again


def test_last_resort_draws_the_space_that_follows_as_a_space() -> None:
    embedded_fonts("甲 \u2219 乙")

    face = pdfmetrics.getFont("MojianLastResort").face

    assert face.charToGlyph[0x20] != face.charToGlyph[0x2219]
    assert face.charToGlyph[0x20] != 0
