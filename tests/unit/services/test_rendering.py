"""Stage render: the PDF last, because it sends the message; the credits are spent with it."""

import json
from typing import Any

import pytest

from common.domain.optimising.changes import OptimisedResume
from common.domain.rendering.options import RenderOptions
from common.services.rendering import render_resume
from common.services.stages import StageRun
from tests.builders import a_resume
from tests.doubles import FakeTypesetter


@pytest.fixture
def render(keep: Any, resumes: Any, objects: Any, clock: Any) -> Any:
    row = keep()
    key = row.key("optimised", "json")
    optimised = OptimisedResume(resume=a_resume().as_json_resume(), template="modern")
    objects.kept[str(key)] = optimised.model_dump_json().encode()
    reported: list[Any] = []
    typesetter = FakeTypesetter()

    def call() -> str:
        run = StageRun("render", key, resumes, objects, 150, clock)
        return render_resume(run, typesetter=typesetter, report=lambda row, pdf: reported.append((row.id, pdf)))

    call.key, call.reported, call.typesetter = key, reported, typesetter
    return call


def test_pdf_is_written_last_when_rendered(render, objects):
    render()

    assert [key.rpartition(".")[2] for key in objects.announced] == ["png", "html", "docx", "json", "pdf"]
    assert {key.rpartition(".")[0] for key in objects.announced} == {f"rendered/{render.key.user_id}/s_01/r1"}


def test_every_page_becomes_a_picture_when_there_are_several(render, objects, monkeypatch):
    monkeypatch.setattr(FakeTypesetter, "previews", lambda self, pdf, width_px: [b"one", b"two"])

    render()

    found = [objects.kept[str(render.key.at("rendered", "png", page=page))] for page in (1, 2)]
    assert found == [b"one", b"two"]


def test_content_and_template_of_the_revision_are_typeset_when_rendered(render, objects):
    render()

    assert objects.kept[str(render.key.at("rendered", "pdf"))] == "pdf 韩梅梅 modern".encode()


def test_credits_are_spent_when_rendered(render, credits):
    render()

    balance = credits.balance(render.key.user_id)
    assert (balance.ledger, balance.held) == (5, 0)


def test_credits_are_spent_once_when_rendered_twice(render, credits):
    render()

    render()

    assert credits.balance(render.key.user_id).ledger == 5


def test_pages_and_missing_characters_are_reported_when_rendered(render):
    render()

    assert [(resume_id, pdf.pages) for resume_id, pdf in render.reported] == [("s_01", 1)]


def test_rendering_goes_on_when_an_earlier_run_died_before_the_pdf(render, objects):
    objects.kept[str(render.key.at("rendered", "png"))] = b"png of an earlier run"

    outcome = render()

    assert outcome == "done"
    assert objects.kept[str(render.key.at("rendered", "png"))] == b"png of an earlier run"
    assert str(render.key.at("rendered", "pdf")) in objects.kept


def test_notes_are_kept_for_the_user_when_a_character_is_missing(render, objects):
    render.typesetter.missing_characters = "㙍"

    render()

    (note,) = json.loads(objects.kept[str(render.key.at("rendered", "notes"))])["notes"]
    assert "㙍" in note


def test_options_of_the_revision_reach_every_form_when_rendered(render, objects):
    options = RenderOptions(accent="#6a3d9a")
    optimised = OptimisedResume(resume=a_resume().as_json_resume(), options=options)
    objects.kept[str(render.key)] = optimised.model_dump_json().encode()

    render()

    assert render.typesetter.options == [options] * 3


@pytest.fixture
def shows_photo(render, objects):
    """Mark the revision as one whose document has a photo."""
    resume = a_resume()
    resume.meta.x_cn.photo = True
    objects.kept[str(render.key)] = OptimisedResume(resume=resume.as_json_resume()).model_dump_json().encode()


def test_photo_of_the_document_joins_when_rendered(render, objects, resumes, shows_photo):
    objects.kept[str(resumes.find("s_01").photo_key)] = b"jpeg"

    render()

    exported = json.loads(objects.kept[str(render.key.at("rendered", "json"))])
    assert exported["basics"]["image"] == "data:image/jpeg;base64,anBlZw=="


def test_resume_is_rendered_without_its_photo_when_that_is_gone(render, objects, shows_photo):
    outcome = render()

    assert outcome == "done"
    assert "image" not in json.loads(objects.kept[str(render.key.at("rendered", "json"))])["basics"]


def test_no_photo_is_looked_for_when_the_resume_has_none(render, objects):
    render()

    assert objects.calls["read"] == 1
