"""PDF: spaces, reading order, labels and letters that are not what they say."""

import pytest

from common.documents.read_pdf import read_pdf
from scripts.benchmarks.writers.pdf_damage import remapped
from tests.unit.documents import read_samples
from tests.unit.documents.read_samples import PdfSample

PROSE = "Worked on the order platform with many people in 2020"


def texts(sample: PdfSample) -> list[str]:
    return [line.text for line in read_pdf(sample.done()).lines]


def with_text(sample: PdfSample) -> PdfSample:
    for row in range(4):
        sample.write(50, 200 - 20 * row, PROSE)
    return sample


def spaced(sample: PdfSample, x: float, y: float, text: str, *, by: float) -> PdfSample:
    line = sample.canvas.beginText(x, y)
    line.setFont("Helvetica" if text.isascii() else "STSong-Light", 12)
    line.setCharSpace(by)
    line.textOut(text)
    line.setCharSpace(0)
    sample.canvas.drawText(line)
    return sample


@pytest.mark.parametrize(("text", "by"), [("WORK EXPERIENCE", 4), ("教育背景", 9), ("Spring Boot", 1)])
def test_pdf_words_stay_whole_when_letters_are_set_apart(text: str, by: float) -> None:
    lines = texts(with_text(spaced(PdfSample(), 50, 600, text, by=by)))

    assert " ".join(lines[0].split()) == text


def test_pdf_words_are_parted_when_a_matrix_slants_their_letters() -> None:
    sample = with_text(PdfSample())
    line = sample.canvas.beginText()
    line.setFont("Helvetica", 12)
    line.setTextTransform(1, 0, 0.35, 1, 50, 600)
    line.textOut("Bachelor of Arts in Computer Science")
    sample.canvas.drawText(line)

    lines = texts(sample)

    assert lines[0] == "Bachelor of Arts in Computer Science"


def test_pdf_words_are_parted_when_only_their_places_part_them() -> None:
    sample = PdfSample()
    for x, word in ((50, "Spring"), (84, "Boot"), (111, "and"), (134, "Redis")):
        sample.write(x, 600, word)

    lines = texts(with_text(sample))

    assert lines[0] == "Spring Boot and Redis"


def test_pdf_han_fields_are_parted_when_a_space_stands_between_them() -> None:
    lines = texts(with_text(PdfSample(embedded=True).write(50, 600, "软件工程 本科 计算机学院")))

    assert lines[0] == "软件工程 本科 计算机学院"


def test_pdf_letters_are_read_once_when_they_are_drawn_twice_to_look_bold() -> None:
    sample = PdfSample().write(50, 600, "Lin Xiaoman, book keeper").write(50.3, 600, "Lin Xiaoman, book keeper")

    lines = texts(with_text(sample))

    assert lines[0] == "Lin Xiaoman, book keeper"


def test_pdf_superscript_stays_behind_its_word_when_it_is_raised() -> None:
    sample = PdfSample().write(50, 600, "Ranked 1").write(92, 604.5, "st", size=6).write(101, 600, "of 120")

    lines = texts(with_text(sample))

    assert lines[0] == "Ranked 1st of 120"


def test_pdf_size_is_the_size_of_the_letters_when_fonts_differ_in_line_height() -> None:
    sample = PdfSample(embedded=True).write(50, 600, PROSE, size=14)

    size = read_pdf(with_text(sample).done()).lines[0].size

    assert size == pytest.approx(14, abs=0.3)


def test_pdf_columns_are_read_apart_when_the_white_between_them_is_narrow() -> None:
    sample = PdfSample()
    for x, word in ((50, "left"), (170, "right")):
        for row in range(8):
            sample.write(x, 700 - 17 * row, f"{word} column entry {row} 2020")

    lines = texts(sample)

    assert lines == [f"{word} column entry {row} 2020" for word in ("left", "right") for row in range(8)]


def test_pdf_dates_stay_with_their_entries_when_they_stand_in_a_left_column() -> None:
    sample = PdfSample()
    for entry in range(4):
        top = 700 - 60 * entry
        sample.write(50, top, f"201{entry}.01 - 201{entry}.12").write(170, top, f"Example Company {entry}")
        sample.write(170, top - 15, "Designed the order platform").write(170, top - 30, "Led a team of six people")

    lines = texts(sample)

    assert lines[0] == "2010.01 - 2010.12    Example Company 0"
    assert lines[3] == "2011.01 - 2011.12    Example Company 1"


def test_pdf_title_is_a_line_of_its_own_when_it_stands_in_the_margin() -> None:
    sample = PdfSample()
    for section, title in enumerate((("WORK", "EXPERIENCE"), ("EDUCATION",), ("SKILLS",))):
        top = 760 - 110 * section
        for row, word in enumerate(title):
            sample.write(50, top - 13 * row, word)
        for row in range(6):
            sample.write(170, top - 15 * row, f"text {row} of section {section} in several words")

    lines = texts(sample)

    assert [lines[0], lines[7], lines[14]] == ["WORK EXPERIENCE", "EDUCATION", "SKILLS"]
    assert lines[1] == "text 0 of section 0 in several words"


def test_pdf_label_stays_with_its_value_when_a_form_has_one_row_each() -> None:
    sample = PdfSample()
    for row, (label, value) in enumerate(
        (("姓名", "林小满"), ("电话", "13900001234"), ("籍贯", "江苏"), ("民族", "汉族"))
    ):
        sample.write(50, 700 - 20 * row, label).write(150, 700 - 20 * row, value)

    lines = texts(with_text(sample))

    assert lines[:2] == ["姓名    林小满", "电话    13900001234"]


def test_pdf_vertical_heading_is_one_line_before_its_text_when_its_han_are_stacked() -> None:
    sample = PdfSample(embedded=True)
    for row, han in enumerate("工作经历"):
        sample.write(50, 700 - 14 * row, han)
    for row in range(4):
        sample.write(100, 703 - 14 * row, PROSE)

    lines = texts(sample)

    assert lines == ["工作经历", *[PROSE] * 4]


@pytest.mark.parametrize("angle", [90, 270])
def test_pdf_side_label_is_read_in_one_piece_when_it_is_turned(angle: int) -> None:
    sample = with_text(PdfSample())
    sample.canvas.saveState()
    sample.canvas.translate(30, 160)
    sample.canvas.rotate(angle)
    sample.canvas.drawString(0, 0, "CURRICULUM VITAE")
    sample.canvas.restoreState()

    lines = texts(sample)

    assert sorted(lines) == sorted(["CURRICULUM VITAE", *[PROSE] * 4])


def test_pdf_page_is_read_upright_when_it_is_shown_turned() -> None:
    sample = PdfSample()
    sample.canvas.setPageRotation(90)
    sample.canvas.translate(0, 842)
    sample.canvas.rotate(-90)
    read_samples.healthy_page(sample)
    sample.canvas.rotate(180)

    lines = read_pdf(sample.done()).lines

    assert lines[0].text.startswith("林小满")
    assert [line.box[1] for line in lines if line.box] == sorted(line.box[1] for line in lines if line.box)


def test_pdf_drawn_dots_are_bullets_when_they_stand_before_a_line() -> None:
    sample = PdfSample()
    for row in range(3):
        sample.canvas.circle(58, 604 - 20 * row, 1.8, stroke=0, fill=1)
        sample.write(66, 600 - 20 * row, PROSE)

    lines = texts(sample.write(50, 500, PROSE))

    assert lines == [*[f"• {PROSE}"] * 3, PROSE]


def test_pdf_private_use_letters_are_bullets_when_they_begin_many_lines() -> None:
    sample = PdfSample(embedded=True)
    for row in range(3):
        sample.write(50, 600 - 20 * row, f"# {PROSE}")

    lines = read_pdf(remapped(sample.done(), lambda text: "\uf111" if text == "#" else text)).lines

    assert [line.text for line in lines] == [f"• {PROSE}"] * 3


def test_pdf_running_head_is_kept_once_when_every_page_repeats_it() -> None:
    sample = PdfSample()
    for page in range(3):
        sample.write(50, 810, "Lin Xiaoman - resume").write(280, 30, f"Page {page + 1} of 3")
        for row in range(4):
            sample.write(50, 600 - 20 * row, f"{PROSE}, page {page}")
        sample.page()

    lines = texts(sample)

    assert lines.count("Lin Xiaoman - resume") == 1
    assert [line for line in lines if line.startswith("Page")] == ["Page 1 of 3"]
    assert sum(PROSE in line for line in lines) == 12


def test_pdf_name_comes_first_when_it_is_last_in_the_content_stream() -> None:
    sample = with_text(PdfSample()).write(50, 790, "Lin Xiaoman", size=24)

    assert texts(sample)[0] == "Lin Xiaoman"


def test_pdf_words_are_one_line_when_a_tab_stands_between_every_two() -> None:
    sample = with_text(PdfSample(embedded=True))

    lines = read_pdf(remapped(sample.done(), lambda text: "\t" if text == " " else text)).lines

    assert [line.text for line in lines] == [PROSE] * 4
