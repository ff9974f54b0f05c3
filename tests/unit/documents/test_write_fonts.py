"""The committed fonts are the ones that were pinned, and cover what Chinese names need."""

import hashlib
import json
from importlib.resources import files

from common.documents.typesetting import fonts
from scripts import build_fonts

SHELF = files("mojian_fonts")
PINS = json.loads((SHELF / "sources.json").read_text("utf-8"))


def test_every_committed_font_is_the_pinned_one() -> None:
    found = {name: hashlib.sha256((SHELF / name).read_bytes()).hexdigest() for name in PINS["sha256"]}

    assert found == PINS["sha256"]
    assert {name for faces in fonts.FACES.values() for name in faces} <= set(found)


def test_every_package_ships_its_licence() -> None:
    texts = [(SHELF / package["licence"]).read_text("utf-8") for package in PINS["packages"]]

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
