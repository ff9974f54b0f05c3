"""Reading in a child process: the same answers as in this one, and a refusal for everything that breaks the child."""

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from common.documents.isolation import child, reader
from common.documents.isolation.answer import Answer, document_of, encode
from common.documents.isolation.reader import IsolatedReader
from common.documents.limits import MAX_FILE_BYTES, MAX_PDF_PAGES
from common.documents.reader import FileReader
from common.domain.parsing.source import Line, PageImage, Photo, SourceDocument
from common.errors import (
    FileDamaged,
    FileEmpty,
    FileRefused,
    FileTooComplex,
    FileTooLarge,
    FileTypeMismatch,
    FileTypeUnsupported,
)
from tests.unit.documents import read_samples

ROOT = Path(__file__).parents[3]
DOCUMENT = SourceDocument(
    kind="pdf",
    lines=(Line("林小满 😀", page=2, box=(1.0, 2.5, 3.0, 4.0), size=10.5, bold=True), Line("x", confidence=0.5)),
    unread=(PageImage(3, b"\x89PNG\x00\xff", "image/png"),),
    pages=3,
    photo=Photo(b"\xff\xd8", "image/jpeg"),
    warnings=("提醒",),
)


def read_with(
    program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, timeout_s: float = 20.0
) -> SourceDocument:
    """The parent's side with another program as its child."""
    path = tmp_path / "child.py"
    path.write_text(program, "utf-8")
    monkeypatch.setattr(reader, "_CHILD", path)
    return IsolatedReader({}, timeout_s=timeout_s).read(b"content", filename="cv.pdf")


def limited(statement: str) -> subprocess.CompletedProcess[str]:
    """`statement` in a process that has limited itself as the child does."""
    program = f"import os, resource, sys\nfrom common.documents.isolation import child\nchild.limit()\n{statement}"
    return subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize(
    "content",
    [read_samples.healthy_pdf(), read_samples.docx(read_samples.paragraph("林小满")), read_samples.picture()],
    ids=["pdf", "docx", "png"],
)
def test_isolated_reader_reads_what_the_reader_reads(content: bytes) -> None:
    assert IsolatedReader({}).read(content, filename="cv") == FileReader().read(content, filename="cv")


@pytest.mark.parametrize(
    ("content", "filename", "refusal"),
    [
        (b"", "a.pdf", FileEmpty),
        (b"%PDF" + bytes(MAX_FILE_BYTES), "a.pdf", FileTooLarge),
        (b"%PDF-1.7\nbroken", "a.pdf", FileDamaged),
        (b"MZ\x90", "简历.doc", FileTypeMismatch),
        (b"MZ\x90", "a.exe", FileTypeUnsupported),
    ],
)
def test_isolated_reader_refuses_as_the_reader_does(content: bytes, filename: str, refusal: type[FileRefused]) -> None:
    with pytest.raises(FileRefused) as caught:
        IsolatedReader({}).read(content, filename=filename)

    assert type(caught.value) is refusal


def test_isolated_reader_keeps_the_facts_of_a_refusal() -> None:
    with pytest.raises(FileDamaged) as caught:
        IsolatedReader({}).read(b"%PDF-1.7\nbroken", filename="a.pdf")

    assert caught.value.facts == {"reason": "pdf_unreadable"}


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("import ctypes; ctypes.string_at(0)", "crash"),
        ("import sys; sys.exit(3)", "crash"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "time"),
        ("print('{}')", "answer_impossible"),
        ("print('not json')", "answer_unreadable"),
        ("import pickle; print(pickle.dumps({}))", "answer_unreadable"),
        ("", "answer_unreadable"),
        ('print(\'{"failed": "KeyError read_pdf.py:1"}\')', "reader_failed"),
        ('print(\'{"refused": "internal"}\')', "answer_impossible"),
        ('print(\'{"refused": "file_damaged", "facts": {"not a name": 1}}\')', "answer_impossible"),
        ('print(\'{"refused": "file_damaged", "facts": {"a": []}}\')', "answer_unreadable"),
    ],
)
def test_isolated_reader_refuses_the_file_when_the_child_breaks_or_lies(
    program: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(FileTooComplex) as caught:
        read_with(program, tmp_path, monkeypatch)

    assert caught.value.facts["reason"] == reason


def test_isolated_reader_refuses_the_file_when_the_child_hangs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FileTooComplex) as caught:
        read_with("import time; time.sleep(60)", tmp_path, monkeypatch, timeout_s=0.3)

    assert caught.value.facts["reason"] == "time"


def test_isolated_reader_stops_listening_when_the_child_never_stops_talking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "MAX_ANSWER_BYTES", 100_000)

    with pytest.raises(FileTooComplex) as caught:
        read_with("while True: print('x' * 10_000)", tmp_path, monkeypatch)

    assert caught.value.facts["reason"] == "answer_too_long"


def test_child_stands_in_an_empty_folder_without_our_environment_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TENCENTCLOUD_SECRETKEY", "secret")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    note = tmp_path / "note.json"
    program = f"""import json, os
open({str(note)!r}, "w").write(json.dumps([dict(os.environ), os.listdir(), os.getcwd(), os.getsid(0) == os.getpid()]))"""

    with pytest.raises(FileTooComplex):
        read_with(program, tmp_path, monkeypatch)

    environment, files, folder, leads_its_session = json.loads(note.read_text())
    assert "secret" not in environment.values()
    assert (files, leads_its_session, Path(folder).exists()) == ([], True, False)
    assert Path(folder).parent == tmp_path


def test_child_gets_the_library_path_and_no_other_variable() -> None:
    given = {"LD_LIBRARY_PATH": "/opt", "WECHAT_SECRET": "secret"}

    assert IsolatedReader(given)._environment == {"LD_LIBRARY_PATH": "/opt"}


@pytest.mark.skipif(sys.platform != "linux", reason="macOS has no limit on memory")
def test_child_cannot_take_more_memory_than_its_limit() -> None:
    ended = limited(f"bytearray({child.MEMORY_BYTES})")

    assert "MemoryError" in ended.stderr


def test_child_says_that_memory_was_short_when_a_reader_takes_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(FileReader, "read", exhausted)

    with pytest.raises(FileTooComplex) as caught:
        document_of(child._answer(b"content", "cv.pdf"))

    assert caught.value.facts == {"reason": "memory"}


def test_child_tells_name_and_place_of_an_error_and_none_of_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("林小满 13900001234")

    monkeypatch.setattr(FileReader, "read", broken)

    with pytest.raises(FileTooComplex) as caught:
        document_of(child._answer(b"content", "cv.pdf"))

    assert caught.value.facts["reason"] == "reader_failed"
    assert str(caught.value.facts["at"]).startswith("KeyError test_isolation.py:")


def test_child_cannot_write_a_file(tmp_path: Path) -> None:
    path = tmp_path / "written"

    ended = limited(f"open({str(path)!r}, 'wb', buffering=0).write(b'x')")

    assert ended.returncode != 0
    assert path.stat().st_size == 0


def test_child_is_ended_when_it_computes_for_ever() -> None:
    ended = limited("resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass")

    assert ended.returncode < 0


def test_child_opens_few_files() -> None:
    ended = limited(f"[open(os.devnull) for _ in range({child.OPEN_FILES})]")

    assert "Too many open files" in ended.stderr


def test_reading_is_possible_from_many_threads_at_once() -> None:
    kinds: list[str] = []
    content = read_samples.docx(read_samples.paragraph("林小满"))
    threads = [
        threading.Thread(target=lambda: kinds.append(IsolatedReader({}).read(content, filename="cv").kind))
        for _ in range(4)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert kinds == ["docx"] * 4


def test_answer_says_exactly_what_was_read() -> None:
    assert document_of(encode(Answer(document=DOCUMENT))) == DOCUMENT


@pytest.mark.parametrize(
    "document",
    [
        SourceDocument(kind="pdf", unread=(PageImage(1, b"x", "image/png"),) * (MAX_PDF_PAGES + 1)),
        SourceDocument(kind="pdf", unread=(PageImage(1, b"x", "text/html"),)),
        SourceDocument(kind="pdf", lines=(Line("x" * 300_000),)),
    ],
    ids=["pages", "type", "text"],
)
def test_answer_is_not_believed_when_no_reader_could_have_given_it(document: SourceDocument) -> None:
    with pytest.raises(FileTooComplex):
        document_of(encode(Answer(document=document)))
