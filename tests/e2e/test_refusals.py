"""What cannot be used is refused with one clear line; nothing is charged and the model never hears of it."""

import io
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from scripts.local_cloud.mini_program import Refused
from tests.e2e.conftest import SAMPLE, Journey


def encrypted_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.encrypt("secret", algorithm="RC4-128")
    content = io.BytesIO()
    writer.write(content)
    assert PdfReader(io.BytesIO(content.getvalue())).is_encrypted
    return content.getvalue()


def test_an_empty_file_is_refused_before_it_is_uploaded(journey: Journey, tmp_path: Path) -> None:
    before = journey.phone.me()
    empty = tmp_path / "resume.pdf"
    empty.touch()

    with pytest.raises(Refused) as refused:
        journey.phone.upload(empty)

    assert refused.value.code == "file_empty"
    assert journey.phone.me() == before
    assert journey.model_requests() == 0


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"MZ\x90\x00" + bytes(2000), "file_type_mismatch"),
        (encrypted_pdf(), "file_encrypted"),
        (b"%PDF-1.7\n" + b"broken" * 100, "file_damaged"),
        (b"<html><body>error</body></html>", "file_type_mismatch"),
    ],
    ids=["an exe", "an encrypted pdf", "a broken pdf", "a web page"],
)
def test_a_file_that_is_no_resume_fails_with_its_reason(
    journey: Journey, tmp_path: Path, content: bytes, code: str
) -> None:
    before = journey.phone.me()
    file = tmp_path / "resume.pdf"
    file.write_bytes(content)

    detail = journey.finish(journey.phone.upload(file))

    assert detail["state"] == "failed"
    assert detail["failure"]["code"] == code
    assert detail["failure"]["stage"] == "parse"
    assert detail["failure"]["message"]
    assert journey.phone.me() == before
    assert journey.model_requests() == 0
    assert journey.messages() == [] or all(detail["resume_id"] not in message["page"] for message in journey.messages())


def test_an_upload_larger_than_agreed_is_refused_by_the_bucket(journey: Journey) -> None:
    ticket = journey.phone.ask_for_upload("resume.pdf", 1000)

    with pytest.raises(Refused):
        journey.phone.send_file(ticket, bytes(11 * 1024 * 1024), "resume.pdf")

    assert journey.stored(f"uploads/{journey.phone.me()['id']}") == []


def test_without_credits_there_is_no_upload(journey: Journey) -> None:
    journey.finish(journey.phone.upload(SAMPLE))

    with pytest.raises(Refused) as refused:
        journey.phone.upload(SAMPLE)

    assert (refused.value.status, refused.value.code) == (402, "credits_exhausted")


def test_the_command_exits_with_2_and_one_line_when_the_file_is_empty(tmp_path: Path) -> None:
    empty = tmp_path / "resume.pdf"
    empty.touch()

    ended = subprocess.run(
        ["./scripts/run", str(empty), "--out", str(tmp_path / "out")], capture_output=True, text=True
    )

    assert ended.returncode == 2
    assert ended.stderr.splitlines() == ["  ✗ 文件是空的（0 字节），请重新选择文件"]
    assert not (tmp_path / "out").exists()
