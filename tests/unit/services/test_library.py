"""A user's own resumes: watched, downloaded, deleted; somebody else's do not exist."""

import json
from datetime import timedelta
from typing import Any

import pytest

from common.domain.optimising.changes import Change, OptimisedResume
from common.errors import NotFound, ResumeNotReady, message_of
from common.services.library import Shelf, delete_resume, download_link, list_resumes, show_resume
from common.services.uploads import UploadRules
from tests.builders import NOW, a_resume

RULES = UploadRules(cost=5, hold_for=timedelta(hours=24), max_bytes=1000, per_hour=3, templates=("classic", "modern"))


@pytest.fixture
def shelf_of(resumes: Any, objects: Any, credits: Any) -> Any:
    def make(user: Any) -> Shelf:
        return Shelf(user.id, resumes, objects, message_of, RULES, credits, NOW)

    return make


@pytest.fixture
def shelf(shelf_of: Any, han: Any) -> Shelf:
    return shelf_of(han)


@pytest.fixture
def ready(keep: Any, resumes: Any, objects: Any) -> Any:
    """A resume that went all the way, with the objects it left."""
    row = keep()
    resumes.mark_uploaded(row.id, now=NOW)
    resumes.set_title(row.id, "韩梅梅")
    parsed = a_resume().as_json_resume()
    parsed["meta"] = {"x_cn": {"warnings": ["没有找到邮箱，请补充"]}}
    change = Change(id="c1", path="/basics/summary", original="三年后端开发经验", text="三年后端经验", reason="简洁")
    optimised = OptimisedResume(resume=a_resume().as_json_resume(), changes=[change])
    objects.kept = {
        str(row.upload_key): b"%PDF-",
        str(row.key("parsed", "json")): json.dumps(parsed).encode(),
        str(row.key("optimised", "json")): optimised.model_dump_json(by_alias=True).encode(),
        str(row.key("rendered", "png")): b"png",
        str(row.key("rendered", "docx")): b"docx",
        str(row.key("rendered", "json")): b"{}",
        str(row.key("rendered", "pdf")): b"pdf",
    }
    for stage in ("parse", "optimise", "render"):
        resumes.claim_stage(row.id, row.revision, stage, now=NOW, lease_s=1)
        resumes.finish_stage(row.id, row.revision, stage, now=NOW)
    return row


def test_resume_tells_all_its_stages_and_contents_when_ready(shelf, ready):
    detail = show_resume(shelf, ready.id)

    assert (detail.state, detail.progress, detail.failure) == ("ready", 100, None)
    assert [stage.stage for stage in detail.stages] == ["parse", "optimise", "render"]
    assert detail.parsed["basics"]["name"] == "韩梅梅"
    assert detail.optimised["basics"]["name"] == "韩梅梅"
    assert [change["id"] for change in detail.changes] == ["c1"]
    assert (detail.basic, detail.warnings) == (False, ["没有找到邮箱，请补充"])


def test_notes_about_the_layout_are_warnings_when_there_are_any(shelf, ready, objects):
    notes = {"notes": ["内容放不进一页"]}
    objects.kept[str(ready.key("rendered", "notes"))] = json.dumps(notes).encode()

    assert show_resume(shelf, ready.id).warnings == ["没有找到邮箱，请补充", "内容放不进一页"]


def test_pages_are_named_for_download_in_order_when_ready(shelf, ready, objects):
    for page in (10, 2):
        objects.kept[str(ready.key("rendered", "png").at("rendered", "png", page=page))] = b"png"
    objects.kept[str(ready.key("rendered", "png")).replace("r1", "r2")] = b"of another revision"

    detail = show_resume(shelf, ready.id)

    assert detail.previews == [f"{ready.id}.png", f"{ready.id}-2.png", f"{ready.id}-10.png"]


def test_later_page_is_downloaded_by_its_number(shelf, ready, objects):
    objects.kept[str(ready.key("rendered", "png").at("rendered", "png", page=2))] = b"png"

    assert f"/{ready.id}/r1-2.png" in download_link(shelf, f"{ready.id}-2.png")


@pytest.mark.parametrize("ending", ["-2.pdf", "-0x.png", ".exe", "", "-123.png"])
def test_download_does_not_exist_when_it_is_no_form_of_a_resume(shelf, ready, ending):
    with pytest.raises(NotFound):
        download_link(shelf, f"{ready.id}{ending}")


def test_resume_has_no_contents_when_the_file_has_not_arrived(shelf, keep):
    row = keep()

    detail = show_resume(shelf, row.id)

    assert (detail.state, detail.progress) == ("waiting_for_upload", 0)
    assert (detail.parsed, detail.optimised, detail.changes, detail.basic) == (None, None, [], None)


def test_resume_tells_in_chinese_why_it_failed_when_a_stage_did(shelf, keep, resumes):
    row = keep()
    resumes.claim_stage(row.id, row.revision, "parse", now=NOW, lease_s=1)
    resumes.fail_stage(row.id, row.revision, "parse", error_code="file_encrypted", now=NOW)

    detail = show_resume(shelf, row.id)

    assert detail.state == "failed"
    assert (detail.failure.stage, detail.failure.code) == ("parse", "file_encrypted")
    assert "密码" in detail.failure.message


def test_reading_stays_visible_when_a_later_revision_started_after_it(shelf, ready, resumes):
    resumes.begin_revision(ready.id, after=ready.revision, now=NOW)

    detail = show_resume(shelf, ready.id)

    assert (detail.revision, detail.state) == ("r2", "parsed")
    assert detail.parsed["basics"]["name"] == "韩梅梅"
    assert detail.optimised is None


def test_reading_stays_visible_in_a_later_revision_when_a_photo_is_kept_beside_it(shelf, ready, resumes, objects):
    objects.kept[str(ready.photo_key)] = b"jpeg"
    resumes.begin_revision(ready.id, after=ready.revision, now=NOW)

    detail = show_resume(shelf, ready.id)

    assert detail.parsed is not None


def test_photo_goes_too_when_the_resume_is_deleted(shelf, ready, objects):
    objects.kept[str(ready.photo_key)] = b"jpeg"

    delete_resume(shelf, ready.id)

    assert str(ready.photo_key) not in objects.kept


def test_resumes_are_only_mine_when_listed(shelf, shelf_of, ready, li):
    assert [summary.resume_id for summary in list_resumes(shelf)] == [ready.id]
    assert list_resumes(shelf_of(li)) == []


@pytest.mark.parametrize("ask", [show_resume, delete_resume, lambda shelf, name: download_link(shelf, f"{name}.pdf")])
def test_resume_does_not_exist_when_it_is_somebody_elses(shelf_of, ready, li, objects, ask):
    before = dict(objects.kept)

    with pytest.raises(NotFound):
        ask(shelf_of(li), ready.id)

    assert objects.kept == before


@pytest.mark.parametrize(
    ("extension", "prefix"), [("pdf", "rendered"), ("docx", "rendered"), ("png", "rendered"), ("json", "rendered")]
)
def test_download_is_a_short_link_with_a_speaking_name_when_ready(shelf, ready, extension, prefix):
    link = download_link(shelf, f"{ready.id}.{extension}")

    assert f"/{prefix}/{ready.user_id}/{ready.id}/r1.{extension}" in link
    assert f"filename=韩梅梅-简历.{extension}" in link
    assert link.endswith("seconds=600")


@pytest.mark.parametrize("filename", ["s_01.exe", "s_01", "s_01.", ".pdf", "s_02.pdf", "../s_01.pdf"])
def test_download_is_not_found_when_there_is_no_such_thing(shelf, ready, filename):
    with pytest.raises(NotFound):
        download_link(shelf, filename)


def test_download_is_not_ready_when_the_file_is_not_there(shelf, keep):
    row = keep()

    with pytest.raises(ResumeNotReady):
        download_link(shelf, f"{row.id}.pdf")


def test_everything_is_gone_and_nothing_held_when_deleted(shelf, ready, objects, resumes, credits):
    objects.kept["uploads/u_li/s_77/source.pdf"] = b"somebody else's"

    delete_resume(shelf, ready.id)

    assert list(objects.kept) == ["uploads/u_li/s_77/source.pdf"]
    assert resumes.find(ready.id) is None
    assert credits.balance(ready.user_id).held == 0


def test_deletion_can_be_repeated_when_it_was_cut_off(shelf, ready, objects, resumes):
    objects.fail["delete"] = [None, KeyboardInterrupt()]
    with pytest.raises(KeyboardInterrupt):
        delete_resume(shelf, ready.id)

    delete_resume(shelf, ready.id)

    assert objects.kept == {}
    assert resumes.find(ready.id) is None
