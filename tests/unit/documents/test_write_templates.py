"""Every template with every kind of resume: pages, photo, colours, order, and one page where it was promised."""

import base64
import io
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from common.documents.template_shelf import template_names, theme
from common.documents.write_pdf import write_pdf
from common.domain.rendering.options import RenderOptions
from common.domain.resume.model import Resume
from tests.unit.documents import pdf_reading
from tests.unit.domain.rendering import samples

TEMPLATES = template_names()
ONE_PAGE = RenderOptions(fit="one_page")


def with_photo(resume: Resume) -> Resume:
    buffer = io.BytesIO()
    Image.new("RGB", (70, 98), "#446688").save(buffer, "PNG")
    resume.basics.image = "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()
    return resume


def drawn(pdf: bytes) -> str:
    """The drawing operators of the first page."""
    page: Any = PdfReader(io.BytesIO(pdf)).pages[0]
    return str(page.get_contents().get_data().decode("latin-1"))


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize(("name", "pages"), [("full_life", 2), ("graduate", 1), ("english", 1), ("only_a_name", 1)])
def test_resume_takes_the_pages_it_needs_and_none_is_blank(name: str, pages: int, template: str) -> None:
    made = write_pdf(with_photo(samples.all_samples()[name]), template=template)

    texts = pdf_reading.page_lines(made.content)
    assert made.pages == len(texts) == pages
    assert all(texts)


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("wanted", [True, False])
def test_photo_is_there_when_it_is_wanted(wanted: bool, template: str) -> None:
    made = write_pdf(with_photo(samples.graduate()), template=template, options=RenderOptions(photo=wanted))

    page: Any = PdfReader(io.BytesIO(made.content)).pages[0]
    assert len(page.images) == wanted
    assert made.pages == 1


@pytest.mark.parametrize("template", TEMPLATES)
def test_accent_is_drawn_when_it_is_chosen(template: str) -> None:
    made = write_pdf(samples.graduate(), template=template, options=RenderOptions(accent="#660033"))

    assert ".4 0 .2 rg" in drawn(made.content)


@pytest.mark.parametrize("template", TEMPLATES)
def test_page_is_tightened_until_it_fits_when_one_page_is_wanted(template: str) -> None:
    resume = slightly_too_long(template)

    made = write_pdf(resume, template=template, options=ONE_PAGE)

    assert made.fit is not None
    assert (made.pages, made.fit.fits) == (1, True)
    assert made.fit.step > 0


def slightly_too_long(template: str) -> Resume:
    """Two lines more than one page of the template as designed."""
    fillers = 30
    while write_pdf(story(fillers), template=template, options=RenderOptions(fit="free")).pages == 1:
        fillers += 4
    return story(fillers)


def story(lines: int) -> Resume:
    highlights = [f"第{number}件事做成了，结果可以核对。" for number in range(lines)]
    return Resume.model_validate(
        {"basics": {"name": "张三"}, "work": [{"name": "甲公司", "position": "工程师", "highlights": highlights}]}
    )


def test_resume_keeps_its_design_and_says_what_to_cut_when_it_cannot_fit() -> None:
    free = write_pdf(samples.full_life(), template="compact", options=RenderOptions(fit="free"))

    made = write_pdf(samples.full_life(), template="compact")

    assert made.fit is not None
    assert not made.fit.fits
    assert made.fit.lines_over > 0
    assert "兴趣爱好" in "".join(made.fit.cuts)
    assert made.content == free.content


@pytest.mark.parametrize("template", TEMPLATES)
def test_markup_is_printed_not_obeyed_wherever_a_template_shows_it(template: str) -> None:
    text = "<b>{{ view }}</b><pdf:nextpage/><img src='file:///etc/passwd'>&amp;"
    entry = {"name": text, "position": text, "url": text, "highlights": [text], "x_cn": {"date_raw": text}}
    skills = [{"name": text[:12], "keywords": [text]}]
    basics = {"name": text, "label": text, "phone": text, "email": text, "url": text, "image": text}
    extension = {"personal": {text: text}, "intention": {"positions": [text], "cities": [text]}}
    resume = Resume.model_validate({"basics": basics, "work": [entry], "skills": skills, "x_cn": extension})

    made = write_pdf(resume, template=template)

    extracted = pdf_reading.squeezed(pdf_reading.pypdf_text(made.content))
    assert extracted.count(pdf_reading.squeezed(text)) >= 10


def test_headings_are_english_when_the_template_is() -> None:
    text = pdf_reading.pypdf_text(write_pdf(samples.graduate(), template="english").content)

    assert "Education" in text
    assert "Jun 2024 – Sep 2024" in text
    assert "教育经历" not in text


def test_sections_follow_the_options() -> None:
    options = RenderOptions(order=["skills"], hidden=["awards"])

    text = pdf_reading.pypdf_text(write_pdf(samples.graduate(), template="classic", options=options).content)

    assert text.index("专业技能") < text.index("教育经历")
    assert "荣誉奖项" not in text


def test_plain_template_draws_text_line_by_line_in_reading_order() -> None:
    text = pdf_reading.squeezed(pdf_reading.pypdf_text(write_pdf(samples.full_life(), template="minimal").content))

    positions = [
        text.find(pdf_reading.squeezed(shown)) for shown in ("欧阳", "星河云计算（上海）", "2020.03–至今", "主导订单")
    ]
    assert theme("minimal").head == "line"
    assert positions == sorted(positions)


@pytest.mark.parametrize("template", TEMPLATES)
def test_dates_stay_on_one_line(template: str) -> None:
    made = write_pdf(samples.english(), template=template, options=RenderOptions(density="loose"))

    lines = "\n".join(line for page in pdf_reading.page_lines(made.content) for line in page)
    assert "Aug 2018 – Mar 2021" in lines
    assert "Sep 2016 – Jun 2018" in lines
