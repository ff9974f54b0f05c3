"""Upload → parse → optimise → render → notify, with real files."""

import io
import zipfile

import pypdfium2
import pytest

from tests.e2e.conftest import COST, SAMPLE, Journey, assert_one_of_everything

SCHOOL, EMPLOYERS, PROJECT = "江南示例大学", ("云帆示例科技有限公司", "星海示例软件有限公司"), "示例商城结算平台"


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "").replace(" ", "")


def test_a_word_resume_becomes_pdf_word_and_preview(journey: Journey) -> None:
    before = journey.phone.me()["credits"]

    resume_id = journey.phone.upload(SAMPLE)
    detail = journey.finish(resume_id)

    assert detail["state"] == "ready"
    assert detail["parsed"]["basics"]["name"] == "林晓舟"
    assert [stage["stage"] for stage in detail["stages"]] == ["parse", "optimise", "render"]
    assert_one_of_everything(journey, resume_id, before=before)
    printed = text_of(journey.phone.download(f"{resume_id}.pdf"))
    assert all(name in printed for name in ("林晓舟", SCHOOL, *EMPLOYERS, PROJECT))
    word = zipfile.ZipFile(io.BytesIO(journey.phone.download(f"{resume_id}.docx")))
    assert SCHOOL in word.read("word/document.xml").decode()
    assert journey.phone.download(f"{resume_id}.png").startswith(b"\x89PNG")


def test_what_we_typeset_can_be_read_back(journey: Journey, tmp_path) -> None:
    first = journey.finish(journey.phone.upload(SAMPLE, optimise=False))
    printed = tmp_path / "again.pdf"
    printed.write_bytes(journey.phone.download(f"{first['resume_id']}.pdf"))

    again = journey.finish(journey.phone.upload(printed, optimise=False))

    for member in ("name", "phone", "email"):
        assert again["parsed"]["basics"][member] == first["parsed"]["basics"][member]
    assert [entry["institution"] for entry in again["parsed"]["education"]] == [SCHOOL]
    assert [entry["name"] for entry in again["parsed"]["work"]] == list(EMPLOYERS)
    assert journey.phone.me()["credits"] == COST, "without optimising nothing is charged"


def test_a_rejected_change_is_undone_in_a_new_revision(journey: Journey) -> None:
    detail = journey.finish(journey.phone.upload(SAMPLE))
    change = next(item for item in detail["changes"] if item["state"] == "applied")

    revised = journey.phone.call("POST", f"/resume/{detail['resume_id']}/changes", {"reject": [change["id"]]})
    after = journey.finish(detail["resume_id"])

    assert revised["revision"] == after["revision"] == "r2"
    assert after["state"] == "ready"
    kept = next(item for item in after["changes"] if item["id"] == change["id"])
    assert kept["state"] == "rejected"
    _, section, index, member, place = change["path"].split("/")
    assert after["optimised"][section][int(index)][member][int(place)] == change["original"]


def test_the_layout_that_was_uploaded_with_stays_in_later_revisions(journey: Journey) -> None:
    chosen = {"accent": "#6a3d9a", "photo": False, "fit": "one_page"}
    detail = journey.finish(journey.phone.upload(SAMPLE, template="timeline", options=chosen, optimise=False))
    edited = {**detail["optimised"], "basics": {**detail["optimised"]["basics"], "name": "林小雯"}}

    journey.phone.call("PUT", f"/resume/{detail['resume_id']}", edited)
    after = journey.finish(detail["resume_id"])

    assert (after["revision"], after["state"]) == ("r2", "ready")
    assert (after["template"], after["options"]) == ("timeline", chosen)
    printed = journey.phone.download(f"{detail['resume_id']}.pdf")
    assert "林小雯" in text_of(printed)


def test_a_deleted_resume_leaves_nothing_in_the_bucket(journey: Journey) -> None:
    resume_id = journey.finish(journey.phone.upload(SAMPLE))["resume_id"]
    assert any(resume_id in key for key in journey.stored(""))

    journey.phone.call("DELETE", f"/resume/{resume_id}")

    assert not any(resume_id in key for key in journey.stored(""))


@pytest.mark.ocr
def test_a_picture_is_read_through_ocr(journey: Journey, tmp_path) -> None:
    pytest.importorskip("rapidocr", reason="the optional OCR engine is not installed (requirements-ocr.txt)")
    first = journey.finish(journey.phone.upload(SAMPLE, optimise=False))
    picture = tmp_path / "photo.png"
    picture.write_bytes(journey.phone.download(f"{first['resume_id']}.png"))

    detail = journey.finish(journey.phone.upload(picture, optimise=False))

    assert detail["state"] == "ready"
    assert detail["parsed"]["basics"]["name"] == "林晓舟"
    assert [entry["institution"] for entry in detail["parsed"]["education"]] == [SCHOOL]
