"""The Word file: real styles, every text, the same bytes twice."""

import base64
import gc
import io
import zipfile
from typing import Any

import pytest
from docx import Document
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from PIL import Image

from common.documents.write_docx import write_docx
from common.domain.rendering.options import RenderOptions
from common.domain.rendering.present import present
from common.domain.rendering.theme import Typeface
from common.domain.resume.model import Resume
from common.errors import InvalidField
from tests.unit.domain.rendering import samples


def open_docx(resume: Resume) -> Any:
    return Document(io.BytesIO(write_docx(resume, template="classic")))


@pytest.mark.parametrize("name", samples.all_samples())
def test_every_text_of_the_view_is_in_the_file(name: str) -> None:
    resume = samples.all_samples()[name]

    body = "\n".join(
        "".join(node.text or "" for node in paragraph._p.iter(qn("w:t"))) for paragraph in open_docx(resume).paragraphs
    )

    assert [text for text in present(resume).texts() if text not in body] == []


def test_sections_are_real_headings_and_bullets_real_lists() -> None:
    document = open_docx(samples.graduate())

    styles = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]

    assert styles[0] == ("Title", "林小满")
    assert ("Heading 1", "教育经历") in styles
    assert ("List Bullet", "协调研发、设计、运营三方推进 4 个版本按期上线。") in styles


def test_date_stands_at_a_right_tab_at_the_margin() -> None:
    document = open_docx(samples.full_life())

    entry = next(paragraph for paragraph in document.paragraphs if paragraph.text.startswith("蓝鲸科技"))

    page = document.sections[0]
    (stop,) = entry.style.paragraph_format.tab_stops
    assert entry.text.endswith("\t2016.07 – 2020.02")
    assert abs(stop.position - (page.page_width - page.left_margin - page.right_margin)) < 1000


@pytest.mark.parametrize(("typeface", "named"), [(None, ("Arial", "微软雅黑")), ("serif", ("Times New Roman", "宋体"))])
def test_fonts_are_named_in_every_style_the_layout_uses(typeface: Typeface | None, named: tuple[str, str]) -> None:
    options = RenderOptions(typeface=typeface)
    document = Document(io.BytesIO(write_docx(samples.graduate(), template="classic", options=options)))

    used = {paragraph.style.name for paragraph in document.paragraphs} - {"List Bullet"}
    fonts = {name: document.styles[name].element.rPr.rFonts for name in {*used, "Normal"}}

    assert len(fonts) > 5
    found = {(face.get(qn("w:ascii")), face.get(qn("w:eastAsia"))) for face in fonts.values()}
    assert found == {named}


def test_email_is_a_hyperlink() -> None:
    document = open_docx(samples.english())

    targets = {part.target_ref for part in document.part.rels.values() if part.is_external}

    assert "mailto:maya.lindqvist@example.com" in targets


def test_photo_floats_when_the_resume_has_one() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (350, 490), "teal").save(buffer, "PNG")
    uri = "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()

    document = open_docx(Resume.model_validate({"basics": {"name": "张三", "image": uri}}))

    assert len(list(document.element.body.iter(qn("wp:anchor")))) == 1


def test_bytes_are_the_same_when_the_resume_is_the_same() -> None:
    first = write_docx(samples.full_life(), template="classic")

    assert write_docx(samples.full_life(), template="classic") == first
    members = zipfile.ZipFile(io.BytesIO(first)).infolist()
    assert {member.date_time for member in members} == {(1980, 1, 1, 0, 0, 0)}


def test_file_says_who_it_is_about() -> None:
    properties = open_docx(samples.graduate()).core_properties

    assert (properties.author, properties.title) == ("林小满", "林小满 - 产品经理（校招） - 简历")


def test_control_characters_do_not_break_the_file() -> None:
    resume = Resume.model_validate({"basics": {"name": "张\x00三\x0b", "summary": "甲\ufffe乙\x1f"}})

    assert open_docx(resume).paragraphs[0].text.startswith("张")


def test_template_is_refused_when_it_is_not_on_the_shelf() -> None:
    with pytest.raises(InvalidField):
        write_docx(samples.empty(), template="nothing")


def test_no_tree_of_a_written_file_is_left_when_the_collector_is_late() -> None:
    """The parts of python-docx hold each other, so they outlive the file; what they hold of it must not."""
    gc.collect()
    gc.disable()
    try:
        others = {id(part) for part in gc.get_objects() if isinstance(part, XmlPart)}
        write_docx(samples.graduate(), template="classic")
        left = [part for part in gc.get_objects() if isinstance(part, XmlPart) and id(part) not in others]
    finally:
        gc.enable()

    assert sum(len(part.element) for part in left) == 0
