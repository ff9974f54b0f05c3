"""What each repair of xhtml2pdf and ReportLab promises."""

import re
from types import SimpleNamespace

import pytest
from xhtml2pdf import parser
from xhtml2pdf.context import pisaContext

from common.documents.typesetting import patches
from common.documents.typesetting.patches import font_tables, justification, line_breaking, to_unicode
from common.errors import SettingsInvalid


def test_repairs_are_refused_when_another_engine_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(patches.REPAIRED_VERSIONS, "reportlab", "1.0")

    with pytest.raises(SettingsInvalid) as refusal:
        patches.install("Mojian")

    assert refusal.value.facts["package"] == "reportlab"


def test_to_unicode_writes_utf16_when_a_character_is_beyond_the_bmp() -> None:
    written = to_unicode.to_unicode_map("F1", [0x20, 0x4E2D, 0x20BB7, 0x1F680])

    assert "<00> <0020>\n<01> <4E2D>\n<02> <D842DFB7>\n<03> <D83DDE80>" in written


def test_to_unicode_blocks_hold_at_most_a_hundred_entries() -> None:
    written = to_unicode.to_unicode_map("F1", range(0x4E00, 0x4E00 + 250))

    assert re.findall(r"(\d+) beginbfchar", written) == ["100", "100", "50"]
    assert len(re.findall(r"^<[0-9A-F]{2}> <[0-9A-F]{4}>$", written, re.MULTILINE)) == 250


@pytest.mark.parametrize(
    ("extra_space", "gaps", "expected"),
    [(10.0, 40, 0.25), (0.0, 40, 0.0), (-3.0, 40, 0.0), (10.0, 3, 0.0), (60.0, 40, 0.0)],
)
def test_line_is_squared_off_only_when_the_gaps_stay_invisible(extra_space: float, gaps: int, expected: float) -> None:
    assert justification.character_gap(extra_space, gaps, font_size=10.0) == expected


class Fragment(SimpleNamespace):
    def clone(self) -> "Fragment":
        return Fragment(**vars(self))


def test_page_split_puts_back_only_what_the_line_end_swallowed() -> None:
    line_break = Fragment(lineBreak=True)
    lines = [
        SimpleNamespace(words=[Fragment(text="中文")], omitted="", line_break=None),
        SimpleNamespace(words=[Fragment(text="two")], omitted=" ", line_break=None),
        SimpleNamespace(words=[Fragment(text="words")], omitted="", line_break=line_break),
        SimpleNamespace(words=[Fragment(text="终")], omitted="", line_break=None),
    ]

    joined = line_breaking.rejoin_lines(SimpleNamespace(lines=lines), 0, 4)

    assert ["<br>" if hasattr(part, "lineBreak") else part.text for part in joined] == [
        "中文", "two", " ", "words", "<br>", "终",
    ]  # fmt: skip


def test_table_window_reads_what_a_copy_would() -> None:
    content = bytes(range(100))

    window = font_tables.TableWindow(content, 10, 50)

    assert len(window) == 50
    assert window[5:9] == content[15:19]
    assert window[45:99] == content[55:60]


def test_default_stylesheet_is_parsed_once_and_others_every_time() -> None:
    patches.install("Mojian")
    document = pisaContext()
    document.parseCSS()

    defaults = [document._parseCSSSource("p { margin: 3pt }", parser.DEFAULT_CSS_SOURCE) for _ in range(2)]
    own = [document._parseCSSSource("p { margin: 3pt }", "<style> block 1") for _ in range(2)]

    assert defaults[0] is defaults[1]
    assert own[0] is not own[1]


def test_default_stylesheet_is_never_shared_when_it_holds_an_at_rule() -> None:
    patches.install("Mojian")
    document = pisaContext()
    document.parseCSS()

    parsed = [document._parseCSSSource("@media all { p { margin: 3pt } }", parser.DEFAULT_CSS_SOURCE) for _ in range(2)]

    assert parsed[0] is not parsed[1]


def test_numbers_of_a_font_are_read_one_after_the_other() -> None:
    font = SimpleNamespace(_ttf_data=b"\x01\x02\xff\xfe\x80\x00", _pos=0)

    numbers = [font_tables.read_ushort(font), font_tables.read_short(font), font_tables.read_ushort(font)]

    assert numbers == [0x0102, -2, 0x8000]
    assert font._pos == 6
