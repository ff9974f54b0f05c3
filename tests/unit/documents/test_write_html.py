"""The page for a browser: the page of the PDF with its fonts inside, and nothing else allowed."""

import base64
import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from common.documents.template_shelf import template_names
from common.documents.write_html import write_html
from common.documents.write_pdf import write_pdf
from common.domain.rendering.fit import TIGHTEST
from common.domain.rendering.options import RenderOptions
from common.domain.resume.model import Resume
from common.errors import InvalidField
from tests.unit.domain.rendering import samples

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</style></head><body onload=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<a href=javascript:alert(1)>x</a>",
    "{{ config }}{% import 'os' %}",
    "<!--",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href=https://evil.example>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    '"><script>alert(1)</script>',
    "javascript:alert(1)",
    "expression(alert(1))",
    "<form action=https://evil.example><input name=x>",
)
ELEMENTS = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "div",
        "table",
        "tr",
        "td",
        "p",
        "h1",
        "h2",
        "ul",
        "li",
        "span",
    ),
    *("a", "img", "pdf:nexttemplate", "pdf:nextframe"),
}
ATTRIBUTES = {"lang", "charset", "name", "http-equiv", "content", "class", "style", "id", "href", "src", "colspan"}


class Seen(HTMLParser):
    """What a parser finds in a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses |= {str(value) for name, value in attrs if name in ("href", "src")}


def embedded(page: str) -> dict[tuple[str, str], TTFont]:
    """(family, weight) → font."""
    rule = r"font-family:(\w+);font-weight:(\w+);src:url\(data:font/ttf;base64,([^)]*)\)"
    return {
        (family, weight): TTFont(io.BytesIO(base64.b64decode(content)))
        for family, weight, content in re.findall(rule, page)
    }


def test_page_holds_every_text_and_the_faces_that_draw_it() -> None:
    page = write_html(samples.graduate(), template="classic")

    faces = embedded(page)
    assert "林小满" in page
    assert "协调研发、设计、运营三方推进 4 个版本按期上线。" in page
    assert {weight for family, weight in faces if family == "Mojian"} == {"normal", "bold"}
    drawn = {chr(point) for font in faces.values() for point in font.getBestCmap()}
    assert set("林小满协调研发、设计、运营三方推进4个版本按期上线。") <= drawn
    assert len(page) < 400_000


def test_rare_name_brings_the_face_that_has_it_and_a_plain_one_does_not() -> None:
    rare = embedded(write_html(Resume.model_validate({"basics": {"name": "𠮷野🚀"}}), template="classic"))
    plain = embedded(write_html(Resume.model_validate({"basics": {"name": "李雷"}}), template="classic"))

    assert 0x20BB7 in rare["MojianRareHan", "bold"].getBestCmap()
    assert 0x1F680 in rare["MojianEmoji", "normal"].getBestCmap()
    assert {family for family, _ in plain} == {"Mojian"}


def test_letters_of_an_embedded_face_are_those_of_the_whole_font() -> None:
    page = write_html(Resume.model_validate({"basics": {"name": "李雷 Ünï"}}), template="classic")

    subset, whole = embedded(page)["Mojian", "bold"], TTFont("layers/render/mojian_fonts/NotoSansSC-Bold.ttf")
    for character in "李雷Üï":
        ours = subset["hmtx"][subset.getBestCmap()[ord(character)]]
        assert ours == whole["hmtx"][whole.getBestCmap()[ord(character)]], character


def test_same_resume_gives_the_same_page() -> None:
    assert write_html(samples.full_life(), template="modern") == write_html(samples.full_life(), template="modern")


def test_browser_may_load_nothing_from_anywhere() -> None:
    page = write_html(samples.graduate(), template="classic")

    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert policy[1] == (
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'"
    )
    assert page.index("Content-Security-Policy") < page.index("<body>")
    assert not re.search(r"url\((?!data:)", page)


def poisoned(value: Any, poison: str) -> Any:
    """Every text of a resume followed by the poison."""
    if isinstance(value, dict):
        return {key: poisoned(member, poison) for key, member in value.items() if key not in ("image", "meta")}
    if isinstance(value, list):
        return [poisoned(member, poison) for member in value]
    return value + poison if isinstance(value, str) else value


@pytest.mark.parametrize(
    ("template", "poison"),
    [*((template, " ".join(HOSTILE)) for template in template_names()), *(("sidebar", poison) for poison in HOSTILE)],
)
def test_hostile_text_in_every_field_stays_text(template: str, poison: str) -> None:
    resume = Resume.model_validate(poisoned(samples.graduate().as_json_resume(), poison))

    seen = Seen(write_html(resume, template=template))

    assert seen.elements <= ELEMENTS
    assert seen.attributes <= ATTRIBUTES
    assert {address.partition(":")[0] for address in seen.addresses} <= {"http", "https", "mailto"}


def test_page_is_tightened_as_the_pdf_was_when_one_page_is_wanted() -> None:
    resume, options = samples.full_life(), RenderOptions(fit="one_page", density="loose")
    pdf = write_pdf(resume, template="classic", options=options)

    page = write_html(resume, template="classic", options=options)

    assert pdf.fit is not None
    assert page == write_html(resume, template="classic", options=options, fit=pdf.fit)
    assert page != write_html(resume, template="classic", options=options, fit=replace(pdf.fit, step=TIGHTEST))


def test_template_is_refused_when_it_is_not_on_the_shelf() -> None:
    with pytest.raises(InvalidField):
        write_html(samples.empty(), template="nothing")
