"""The page for a browser: the page of the PDF, its fonts linked, and nothing else allowed."""

import re

import pytest

from common.documents.write_html import write_html
from common.domain.resume.model import Resume
from common.errors import InvalidField
from tests.unit.domain.rendering import samples

FONTS = "https://assets.example.com/v1/fonts"


def test_page_holds_every_text_and_links_every_face() -> None:
    page = write_html(samples.graduate(), template="classic", fonts_url=FONTS)

    assert "林小满" in page
    assert "协调研发、设计、运营三方推进 4 个版本按期上线。" in page
    assert set(re.findall(r"url\(([^)]*)\)", page)) == {
        f"{FONTS}/{file}"
        for file in (
            "NotoSansSC-Regular.ttf",
            "NotoSansSC-Bold.ttf",
            "NotoSansJP-RareHan-Regular.ttf",
            "NotoSansJP-RareHan-Bold.ttf",
            "NotoEmoji-Regular.ttf",
        )
    }


@pytest.mark.parametrize(
    ("fonts_url", "source"), [(FONTS, "https://assets.example.com"), ("file:///srv/fonts", "file:")]
)
def test_browser_may_load_fonts_from_their_place_and_nothing_else(fonts_url: str, source: str) -> None:
    page = write_html(samples.graduate(), template="classic", fonts_url=fonts_url)

    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert policy[1] == f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src {source}"


def test_markup_in_a_field_stays_text() -> None:
    resume = Resume.model_validate({"basics": {"name": "</head><script>alert(1)</script>"}})

    page = write_html(resume, template="classic", fonts_url=FONTS)

    assert "<script" not in page
    assert page.count("</head>") == 1


def test_template_is_refused_when_it_is_not_on_the_shelf() -> None:
    with pytest.raises(InvalidField):
        write_html(samples.empty(), template="nothing", fonts_url=FONTS)
