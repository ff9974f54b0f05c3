"""What happens to paragraphs and tables at the end of a page or of a column."""

import io

import pypdfium2
import pytest

from common.documents.template_shelf import theme
from common.documents.write_pdf import write_pdf
from common.domain.resume.model import Resume
from tests.unit.documents import pdf_reading

SENTENCE = "负责订单系统的设计与开发，日均处理订单十万笔，并把接口的平均耗时从三百二十毫秒降到九十毫秒；"
MM_PT = 72 / 25.4


def a_job(company: str, highlights: list[str], **more: str) -> dict[str, object]:
    return {"name": company, "startDate": "2019-01", "endDate": "2020-01", "highlights": highlights, **more}


@pytest.mark.parametrize("lines_before", range(27, 33))
def test_last_line_of_a_bullet_never_goes_alone_to_the_next_page(lines_before: int) -> None:
    bullets = [f"第{number}件小事" for number in range(lines_before)] + [SENTENCE * 5 + "结束"] * 4
    resume = Resume.model_validate({"basics": {"name": "李雷"}, "work": [a_job("云帆科技", bullets)]})

    pages = pdf_reading.page_lines(write_pdf(resume, template="classic").content)

    begins = [number for number, line in enumerate(pages[1]) if line.startswith(("•", "‧", "·"))]
    continued = begins[0] if begins else len(pages[1])
    assert len(pages) == 2
    assert continued != 1, pages[1]


def test_long_entry_begins_where_it_stands_and_leaves_no_hole() -> None:
    bullets = [f"第{number}件小事" for number in range(60)]
    resume = Resume.model_validate({"basics": {"name": "李雷"}, "work": [a_job("云帆科技", bullets)]})

    pages = pdf_reading.page_lines(write_pdf(resume, template="classic").content)

    first = "".join(pages[0])
    assert len(pages) == 2
    assert all(text in first for text in ("工作经历", "云帆科技", "第0件小事", "第40件小事"))


def test_short_entry_stays_in_one_piece_at_the_end_of_a_page() -> None:
    jobs = [a_job(f"第{number}公司", [f"甲{number}", f"乙{number}", f"丙{number}"]) for number in range(24)]
    resume = Resume.model_validate({"basics": {"name": "李雷"}, "work": jobs})

    pages = pdf_reading.page_lines(write_pdf(resume, template="classic").content)

    assert len(pages) > 1
    assert all("公司" in page[0] for page in pages[1:])


def right_edge(pdf: bytes, page: int, text: str) -> float:
    """Where the last character of the first occurrence of `text` ends, in points from the left."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    words = document[page].get_textpage()
    found = words.search(text).get_next()
    assert found is not None
    start, count = found
    return float(words.get_charbox(start + count - 1)[2])


def test_date_stands_at_the_right_edge_when_its_entry_moved_on_to_a_wider_page() -> None:
    """The sidebar's first page is narrower than those that follow."""
    jobs = [a_job(f"第{number}公司", ["做了一件事", "又做了一件事"]) for number in range(20)]
    pdf = write_pdf(Resume.model_validate({"basics": {"name": "李雷"}, "work": jobs}), template="sidebar")

    edges = [right_edge(pdf.content, page, "2020.01") for page in range(pdf.pages)]

    assert pdf.pages > 1
    right_margin_pt = (210 - theme("sidebar").margin_side_mm) * MM_PT
    assert edges == pytest.approx([right_margin_pt] * pdf.pages, abs=1.5)


def test_head_wider_than_its_row_ends_its_line_between_details_and_not_inside_one() -> None:
    school = {
        "institution": "University of Fernhill",
        "area": "Information Systems",
        "studyType": "Master of Business Administration",
        "startDate": "2003-09",
        "endDate": "2007-06",
    }
    resume = Resume.model_validate({"basics": {"name": "Ann Lee", "summary": "Writes code"}, "education": [school]})

    lines = [line for page in pdf_reading.page_lines(write_pdf(resume, template="sidebar").content) for line in page]

    assert any("Information Systems" in line and "Master of Business Administration" in line for line in lines), lines
