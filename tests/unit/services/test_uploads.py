"""Uploads: refused before anything is held, one hold each, and nothing left behind when the bucket cannot take them."""

import json
from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from common.domain.rendering.options import RenderOptions
from common.errors import (
    CreditsExhausted,
    FileEmpty,
    FileTooLarge,
    FileTypeUnsupported,
    InvalidField,
    TooManyRequests,
    VendorUnavailable,
)
from common.services.uploads import RequestUpload, UploadDesk, UploadRules, request_upload, take_upload
from tests.builders import NOW
from tests.doubles import MemoryLimits

RULES = UploadRules(cost=5, hold_for=timedelta(hours=24), max_bytes=1000, per_hour=3, templates=("classic", "modern"))


@pytest.fixture
def desk(resumes: Any, credits: Any, objects: Any) -> UploadDesk:
    numbers = iter(range(100))
    return UploadDesk(
        rules=RULES,
        resumes=resumes,
        credits=credits,
        objects=objects,
        limits=MemoryLimits(),
        new_id=lambda prefix: f"{prefix}{next(numbers):02}",
        now=NOW,
    )


@pytest.fixture
def ask(desk: UploadDesk, han: Any) -> Any:
    def call(**fields: Any) -> Any:
        command = RequestUpload(**{"filename": "简历.PDF", "size": 500, **fields})
        return request_upload(command, user_id=han.id, desk=desk)

    return call


def test_form_is_for_exactly_one_key_when_the_upload_is_admitted(ask, han):
    ticket = ask()

    assert ticket.upload.form_data["key"] == f"uploads/{han.id}/s_00/source.pdf"


def test_resume_waits_with_what_was_asked_for_when_the_upload_is_admitted(ask, resumes):
    ticket = ask(jd="招 Go 工程师", template="modern")

    row = resumes.find(ticket.resume_id)
    assert (row.jd, row.template, row.optimise, row.uploaded_at) == ("招 Go 工程师", "modern", True, None)


def test_credits_are_held_once_each_when_uploads_are_admitted(ask, credits, han):
    ask()
    ask()

    assert (credits.balance(han.id).ledger, credits.balance(han.id).held) == (10, 10)


def test_nothing_is_held_when_the_user_wants_no_rewording(ask, credits, han):
    ask(optimise=False)

    assert credits.balance(han.id).held == 0


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"size": 0}, FileEmpty),
        ({"size": 1001}, FileTooLarge),
        ({"filename": "简历.exe"}, FileTypeUnsupported),
        ({"filename": "简历"}, FileTypeUnsupported),
        ({"filename": "简历.pages"}, FileTypeUnsupported),
        ({"filename": "简历.pdf.exe"}, FileTypeUnsupported),
        ({"template": "../../etc"}, InvalidField),
    ],
)
def test_nothing_is_held_or_kept_when_the_upload_is_refused(ask, resumes, credits, han, fields, error):
    with pytest.raises(error):
        ask(**fields)

    assert resumes.list_of(han.id, limit=10) == []
    assert credits.balance(han.id).held == 0


@pytest.mark.parametrize("ending", ["doc", "DOC", "wps", "rtf", "html", "mht", "jpeg"])
def test_upload_is_admitted_when_the_name_ends_like_a_file_we_read(ask, ending):
    assert ask(filename=f"简历.{ending}").upload.form_data["key"].endswith(f"/source.{ending.lower()}")


def test_upload_of_the_largest_size_is_admitted_when_asked(ask):
    assert ask(size=1000).resume_id


def test_upload_is_refused_when_the_credits_do_not_suffice(ask, resumes, han):
    ask()
    ask()

    with pytest.raises(CreditsExhausted) as refused:
        ask()

    assert refused.value.details == {"needed": 5, "available": 0}
    assert len(resumes.list_of(han.id, limit=10)) == 2


def test_uploads_are_refused_when_there_were_too_many_in_the_hour(ask):
    for _ in range(3):
        ask(optimise=False)

    with pytest.raises(TooManyRequests):
        ask(optimise=False)


def test_nothing_stays_held_or_listed_when_no_form_can_be_made(ask, objects, resumes, credits, han):
    objects.fail["upload_form"] = [VendorUnavailable()]

    with pytest.raises(VendorUnavailable):
        ask()

    assert resumes.list_of(han.id, limit=10) == []
    assert credits.balance(han.id).held == 0


@pytest.mark.parametrize("name", ["", "   ", "\n", "长" * 256])
def test_file_name_is_refused_when_it_is_blank_or_endless(name):
    with pytest.raises(ValidationError):
        RequestUpload(filename=name, size=1)


def test_file_name_is_kept_without_control_characters_when_it_has_them():
    assert RequestUpload(filename=" 简\x00历\n.pdf ", size=1).filename == "简历.pdf"


COMMAND = RequestUpload(filename="简历.docx", size=7)


def test_file_is_written_to_its_key_when_it_comes_through_us(desk, objects, credits, han):
    receipt = take_upload(COMMAND, b"content", desk=desk, user_id=han.id)

    assert objects.kept == {f"uploads/{han.id}/{receipt.resume_id}/source.docx": b"content"}
    assert credits.balance(han.id).held == 5


def test_nothing_stays_held_or_listed_when_the_bucket_takes_no_file(desk, objects, resumes, credits, han):
    objects.fail["create"] = [VendorUnavailable()]

    with pytest.raises(VendorUnavailable):
        take_upload(COMMAND, b"content", desk=desk, user_id=han.id)

    assert resumes.list_of(han.id, limit=10) == []
    assert credits.balance(han.id).held == 0


def test_upload_stands_when_only_the_answer_of_the_bucket_was_lost(desk, objects, credits, han):
    objects.lose_answers = 1

    receipt = take_upload(COMMAND, b"content", desk=desk, user_id=han.id)

    assert objects.kept == {f"uploads/{han.id}/{receipt.resume_id}/source.docx": b"content"}
    assert credits.balance(han.id).held == 5


OPTIONS = {"accent": "#6a3d9a", "density": "compact", "typeface": "serif", "fit": "one_page", "order": ["skills"]}


@pytest.mark.parametrize("given", [OPTIONS, json.dumps(OPTIONS)], ids=["JSON body", "text of a form"])
def test_options_wait_with_the_resume_when_the_upload_is_admitted(ask, resumes, given):
    ticket = ask(template="modern", options=given)

    row = resumes.find(ticket.resume_id)
    assert (row.template, row.options) == ("modern", RenderOptions.model_validate(OPTIONS))


@pytest.mark.parametrize("wrong", ["{", "[" * 100_000, "[]", "serif", {"typeface": "comic"}, {"order": ["work"] * 14}])
def test_upload_is_refused_when_its_options_are_none_of_ours(ask, wrong):
    with pytest.raises(ValidationError):
        ask(options=wrong)
