"""Reading documents for a benchmark: nothing raises, and pictures are recognised once."""

from pathlib import Path
from typing import Any

import pytest

from common.domain.parsing.source import OcrItem
from common.errors import FileDamaged
from scripts.benchmarks.generator.plan import plan
from scripts.benchmarks.generator.produce import produce_all
from scripts.benchmarks.parsing import generated
from scripts.benchmarks.parsing.page import page
from scripts.benchmarks.parsing.plain_text import plain_reading
from scripts.benchmarks.parsing.reading import NoOcr, Reading, RememberingOcr, read


class CountingOcr:
    def __init__(self) -> None:
        self.calls = 0

    def recognise(self, image: bytes, *, media_type: str) -> list[OcrItem]:
        self.calls += 1
        return [OcrItem("林小满", (1.0, 2.0, 30.0, 12.0), 0.9)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four documents of the first template: three PDF and one DOCX."""
    made = tmp_path_factory.mktemp("documents")
    list(produce_all(plan(1)[:4], made))
    return made


def test_remembering_ocr_asks_the_engine_once_for_each_picture(tmp_path: Path) -> None:
    engine = CountingOcr()
    ocr = RememberingOcr(engine, tmp_path)

    first, again = (ocr.recognise(b"picture", media_type="image/png") for _ in range(2))
    ocr.recognise(b"another", media_type="image/png")

    assert first == again
    assert engine.calls == 2


def test_read_names_the_code_when_the_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4 broken")

    reading = read(path, NoOcr())

    assert (reading.resume, reading.error) == ({}, FileDamaged.code)


def test_read_reports_a_crash_and_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(lines: Any) -> Any:
        raise IndexError("oops")

    monkeypatch.setattr("scripts.benchmarks.parsing.reading.structure", broken)
    path = next(produce_all(plan(1)[:1], tmp_path))

    assert read(path, NoOcr()).error == "crash: IndexError: oops"


def test_page_has_a_row_for_every_value_of_a_trait(folder: Path) -> None:
    scored = generated.scored_documents(folder, ocr=False)

    text = page(scored, seed=1)

    assert len(scored) == 4
    assert "4 documents" in text
    assert [row for row in ("| pdf | 3 |", "| docx | 1 |", "| classic | 4 |") if row not in text] == []


def test_plain_reading_structures_what_the_library_gives(folder: Path) -> None:
    resumes = [plain_reading(path).resume for path in sorted(folder.glob("*.[pd][do][fc]*")) if path.suffix != ".json"]

    assert len(resumes) == 4
    assert all(resume["basics"]["email"] for resume in resumes)


@pytest.mark.parametrize(("name", "held"), [("林小满", False), ("贾冒名", True)])
def test_injected_word_is_seen_in_the_resume(name: str, held: bool) -> None:
    assert generated.holds_injected(Reading(Path("a"), {"basics": {"name": name}})) is held


def test_source_of_a_reading_holds_what_stands_behind_links() -> None:
    reading = Reading(Path("a"), {}, ["GitHub"], ["https://github.example.com/demo"])

    assert reading.source == ["GitHub", "https://github.example.com/demo"]
