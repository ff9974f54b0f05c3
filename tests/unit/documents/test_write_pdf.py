"""The PDF: what extracts, how lines end, what is in its head, and that it looks nowhere else."""

import io
import socket
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from common.documents import word
from common.documents.template_shelf import template_names
from common.documents.typesetting import templates
from common.documents.typesetting.fonts import font_family
from common.documents.typesetting.length import MAX_CHARACTERS, MAX_TEXTS
from common.documents.write_docx import write_docx
from common.documents.write_pdf import write_pdf
from common.domain.rendering.present import present
from common.domain.resume.model import Resume
from common.errors import FileHasTooManyPages, InvalidField
from tests.unit.documents import pdf_reading
from tests.unit.domain.rendering import samples

TEMPLATES = template_names()


def make_pdf(resume: Resume, template: str = "classic") -> bytes:
    return write_pdf(resume, template=template).content


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("name", samples.all_samples())
def test_every_text_of_the_view_extracts_exactly(name: str, template: str) -> None:
    resume = samples.all_samples()[name]

    extracted = pdf_reading.squeezed(pdf_reading.pypdf_text(make_pdf(resume, template)))

    lost = [
        text for text in pdf_reading.shown_by(template, resume).texts() if pdf_reading.squeezed(text) not in extracted
    ]
    assert lost == []
    assert not [character for character in extracted if 0x2E80 <= ord(character) <= 0x2FDF]


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("build", [samples.full_life, samples.graduate, samples.english])
def test_lines_end_as_both_languages_demand(build: Any, template: str) -> None:
    resume = build()

    lines = [line for page in pdf_reading.page_lines(make_pdf(resume, template)) for line in page]

    assert len(lines) > 15
    assert pdf_reading.forbidden_edges(lines) == []
    assert pdf_reading.split_words(lines, "\n".join(present(resume).texts())) == []


@pytest.mark.parametrize("build", [samples.full_life, samples.graduate])
def test_bytes_are_the_same_when_the_resume_is_the_same(build: Any) -> None:
    first = write_pdf(build(), template="classic")
    write_pdf(samples.english(), template="classic")

    assert write_pdf(build(), template="classic") == first


def test_page_count_is_told_and_no_page_is_blank() -> None:
    made = write_pdf(samples.full_life(), template="classic")

    pages = pdf_reading.page_lines(made.content)

    assert made.pages == len(pages) == 2
    assert all(pages)


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_heading_stands_alone_and_no_page_is_blank_when_a_page_is_just_full(template: str) -> None:
    full = filled_lines(make_pdf(with_fillers(90), template))
    stranded = []
    for fillers in range(full - 8, full + 1):
        resume = with_fillers(fillers)
        heads = {section.title for section in pdf_reading.shown_by(template, resume).sections}
        first, *later = pdf_reading.page_lines(make_pdf(resume, template))
        lonely = first[-1] in heads or ("蓝鲸科技" in first[-1] and "完成了" not in first[-1])
        stranded += [(fillers, first[-1])] if lonely or not all(later) else []

    assert full > 30
    assert stranded == []


def filled_lines(pdf: bytes) -> int:
    """How many filler lines the first page holds."""
    return "\n".join(pdf_reading.page_lines(pdf)[0]).count("推向页尾")


def with_fillers(count: int) -> Resume:
    return Resume.model_validate(
        {
            "basics": {
                "name": "张三",
                "x_cn": {"heading": "个人优势"},
                "summary": "\n".join(f"第{number}行，用来把后面的内容推向页尾。" for number in range(count)),
            },
            "work": [{"name": "甲公司", "position": "工程师"}],
            "projects": [
                {
                    "name": "蓝鲸科技",
                    "roles": ["高级工程师"],
                    "startDate": "2020-01",
                    "endDate": "2021-01",
                    "highlights": ["完成了一个项目。", "又完成了一个项目。"],
                    "x_cn": {"heading": "项目经历"},
                }
            ],
        }
    )


def test_page_is_filled_when_entries_are_a_line_each() -> None:
    schools = [{"institution": f"第{number}实验学校", "startDate": "2001"} for number in range(60)]

    pages = pdf_reading.page_lines(make_pdf(Resume.model_validate({"education": schools})))

    assert len(pages) == 2
    assert len(pages[0]) > 35


def test_paragraph_keeps_its_text_when_it_runs_over_the_page_end() -> None:
    story = "这是一段没有空格的很长的中文，用来跨越页尾并检查文字是否原样保留。" * 150
    resume = Resume.model_validate({"basics": {"summary": story}})

    pages = pdf_reading.page_lines(make_pdf(resume))

    assert len(pages) > 1
    assert story in "".join(line for page in pages for line in page)
    assert not any(" " in line for page in pages for line in page[1:])


def test_characters_no_font_has_are_marked_told_and_still_extract() -> None:
    resume = Resume.model_validate({"basics": {"name": "李\U0002b5e4", "summary": "𡋾与ꦗ"}})

    made = write_pdf(resume, template="classic")

    assert "𡋾" in made.missing_characters
    assert "李" not in made.missing_characters
    assert "𡋾与ꦗ" in pdf_reading.pypdf_text(made.content)


def test_nothing_is_missing_when_the_name_is_rare_but_drawable() -> None:
    resume = Resume.model_validate({"basics": {"name": "𠮷㛃䶮喆", "summary": "🚀📱✅①②Ⅲ㎡℃→★"}})

    assert write_pdf(resume, template="classic").missing_characters == ""


def test_head_names_title_author_language_and_outline() -> None:
    reader: Any = PdfReader(io.BytesIO(make_pdf(samples.graduate())))

    assert reader.metadata.title == "林小满 - 产品经理（校招） - 简历"
    assert reader.metadata.author == "林小满"
    assert reader.metadata.subject == "产品经理（校招）"
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"
    assert "教育经历" in str(reader.outline)


@pytest.mark.parametrize("build", [samples.full_life, samples.only_a_name])
def test_every_font_is_embedded_and_subset(build: Any) -> None:
    made = make_pdf(build())

    assert b"/FontFile2" in made
    assert pdf_reading.loose_fonts(made) == []


def test_links_are_real_links() -> None:
    page: Any = PdfReader(io.BytesIO(make_pdf(samples.full_life()))).pages[0]

    targets = {note.get_object()["/A"]["/URI"] for note in page["/Annots"]}

    assert {"mailto:ouyang.jizhe@example.com", "https://github.com/ouyang-jz"} <= targets


HOSTILE = [
    '<script>alert(1)</script><img src="file:///etc/passwd">',
    '<link rel="stylesheet" href="http://127.0.0.1:9/x.css"><style>body{display:none}</style>',
    "</li></ul><pdf:include src='/etc/hosts'/><pdf:nextpage/>",
    "{{ view.__class__.__mro__ }}{% include '/etc/passwd' %}",
    "background:url(http://169.254.169.254/latest/meta-data/)",
    "]]>&lt;b&gt; &#x41; <!-- -->",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_a_field_is_printed_not_obeyed(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    resume = Resume.model_validate({"basics": {"name": text, "summary": text, "image": text, "url": text}})

    made = write_pdf(resume, template="classic")

    assert made.pages == 1
    assert pdf_reading.squeezed(text) in pdf_reading.squeezed(pdf_reading.pypdf_text(made.content))


def test_no_file_is_read_even_when_a_template_asks_for_it(tmp_path: Path) -> None:
    from common.documents.typesetting.engine import PdfMetadata, typeset

    picture = tmp_path / "secret.svg"
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>SECRET</text></svg>')
    body = f'<body style="font-family: {font_family(serif=False)}">'
    html = f'<html>{body}<img src="{picture}"><img src="{picture.as_uri()}"><p>只有这一行</p></body></html>'

    content, _, _ = typeset(html, PdfMetadata("", "", "", ""))

    assert pdf_reading.pypdf_text(content).strip() == "只有这一行"


def test_resume_is_refused_when_it_would_fill_a_book() -> None:
    resume = Resume.model_validate({"meta": {"x_cn": {"unplaced": ["一行文字"] * 2000}}})

    with pytest.raises(FileHasTooManyPages):
        write_pdf(resume, template="classic")


@pytest.mark.parametrize("summary", ["行\n" * MAX_TEXTS, "w" * (MAX_CHARACTERS + 1)])
@pytest.mark.parametrize("write", [write_pdf, write_docx])
def test_book_is_refused_before_it_is_set(summary: str, write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates, "fill", lambda *_, **__: pytest.fail("it was set"))
    monkeypatch.setattr(word, "Paper", lambda *_, **__: pytest.fail("it was set"))
    resume = Resume.model_validate({"basics": {"name": "张三", "summary": summary}})

    with pytest.raises(FileHasTooManyPages):
        write(resume, template="classic")


def test_template_is_refused_when_it_is_not_on_the_shelf() -> None:
    with pytest.raises(InvalidField):
        write_pdf(samples.empty(), template="../classic")
