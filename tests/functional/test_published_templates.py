"""Resume templates out of the asset store: listed, chosen, drawn; and the bundled ones whenever the store is of no use."""

import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pypdfium2
import pytest

from common.documents.template_shelf import template_folder
from scripts.assets_desk.__main__ import main
from scripts.local_cloud.fakes.oss.account import LOCAL_SIGNING_KEY
from tests.functional import files
from tests.functional.cloud import Cloud
from tests.functional.phone import Phone


@pytest.fixture
def publish(cloud: Cloud, tmp_path: Path) -> Callable[..., None]:
    """Publish copies of a bundled template under other names, with changes to their layout."""

    def publish(*names: str, source: str = "modern", before: str = "", after: str = "") -> None:
        root = tmp_path / "publishing"
        for name in names:
            folder = shutil.copytree(template_folder(source), root / name)
            layout = folder / "layout.html.j2"
            layout.write_text(layout.read_text("utf-8").replace(before, after) if before else layout.read_text("utf-8"))
        assert main(["publish", "--from", str(root)], {**cloud.settings, "OSS_SIGNING_KEY": LOCAL_SIGNING_KEY}) == 0

    return publish


def _names(cloud: Cloud) -> dict[str, str | None]:
    listed = cloud.call("templates", "GET", "/templates").json["templates"]
    return {template["name"]: template["picture"] for template in listed}


def _text(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return text


def test_bundled_templates_are_listed_when_nothing_is_published(cloud: Cloud) -> None:
    assert set(_names(cloud).values()) == {None}
    assert len(_names(cloud)) >= 8


def test_published_template_is_listed_with_a_link_that_opens(cloud: Cloud, publish: Callable[..., None]) -> None:
    publish("fresh")

    picture = _names(cloud)["fresh"]
    shown = cloud.call("templates", "GET", "/templates/fresh").json["preview"]

    assert picture is not None
    opened = cloud.fetch(picture)
    assert opened.status_code == 200
    assert opened.content.startswith(b"\x89PNG")
    assert "immutable" in opened.headers["cache-control"]
    assert urlsplit(shown).path == urlsplit(picture).path


def test_resume_is_drawn_with_a_published_template(cloud: Cloud, alice: Phone, publish: Callable[..., None]) -> None:
    publish("fresh", before="{% block opening %}", after="{% block opening %}<p>Published</p>")

    resume_id = alice.upload(files.docx(), template="fresh")
    cloud.follow()

    link = alice.call("GET", f"/resume/download/{resume_id}.pdf").headers["location"]
    text = _text(cloud.fetch(link).content)
    assert alice.outcome(resume_id) == ("ready", None)
    assert "Published" in text
    assert files.NAME in text


def test_resume_is_drawn_all_the_same_when_the_store_goes_away(
    cloud: Cloud, alice: Phone, publish: Callable[..., None]
) -> None:
    publish("fresh")
    resume_id = alice.upload(files.docx(), template="fresh")
    cloud.platform.restart()
    cloud.fault("oss", "GetObject", kind="status", status=503, times=50)

    cloud.follow()

    assert alice.outcome(resume_id) == ("ready", None)


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "status", "status": 500},
        {"kind": "status", "status": 403},
        {"kind": "drop", "when": "after"},
        {"kind": "malformed"},
        {"kind": "malformed", "body": '{"document": "{}", "signature": "AAAA"}'},
    ],
)
def test_bundled_templates_are_listed_when_the_store_fails(
    cloud: Cloud, publish: Callable[..., None], fault: dict[str, object]
) -> None:
    publish("fresh")
    cloud.fault("oss", "GetObject", times=9, **fault)

    answer = cloud.call("templates", "GET", "/templates")

    names = {template["name"] for template in answer.json["templates"]}
    assert answer.status == 200
    assert "classic" in names
    assert "fresh" not in names


def test_template_is_refused_when_it_is_neither_published_nor_bundled(
    cloud: Cloud, alice: Phone, publish: Callable[..., None]
) -> None:
    publish("fresh")
    asked = {"filename": "a.docx", "size": 10, "template": "nowhere"}

    answer = alice.call("POST", "/resume/upload-url", asked)

    assert answer.refusal[:2] == (422, "invalid_field")
