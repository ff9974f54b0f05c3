"""./scripts/parse: one JSON line a file, in order, whatever the file is."""

import json
from pathlib import Path
from typing import Any

import pytest

from common.documents.reader import FileReader
from common.domain.parsing.source import OcrItem
from common.errors import VendorUnavailable
from scripts import parse_files
from tests.unit.documents import read_samples


class FakeOcr:
    """Recognises the same two lines on every picture; `available` False refuses like a missing engine."""

    def __init__(self, *, available: bool = True) -> None:
        self.available = available

    def recognise(self, image: bytes, *, media_type: str) -> list[OcrItem]:
        if not self.available:
            raise VendorUnavailable(vendor="fake", operation="recognise")
        return [OcrItem("林小满", (50, 20, 200, 60)), OcrItem("电话：13900001234", (50, 100, 400, 120))]


def parsed(path: Path, *, available: bool = True) -> dict[str, Any]:
    return parse_files.parse_or_explain(path, reader=FileReader(), ocr=FakeOcr(available=available))


def test_parse_gives_the_resume_when_the_file_has_text(tmp_path: Path) -> None:
    path = tmp_path / "cv.bin"
    path.write_bytes(read_samples.healthy_pdf())

    resume = parsed(path)

    assert resume["basics"]["name"] == "林小满"
    assert resume["work"][0]["x_cn"]["current"] is True


def test_parse_uses_ocr_when_the_file_is_an_image(tmp_path: Path) -> None:
    path = tmp_path / "cv.png"
    path.write_bytes(read_samples.picture())

    resume = parsed(path)

    assert (resume["basics"]["name"], resume["basics"]["phone"]) == ("林小满", "13900001234")
    assert resume["meta"]["x_cn"]["provenance"]["/basics/name"]["method"] == "ocr"


@pytest.mark.parametrize(
    ("content", "available", "code"),
    [
        (b"", True, "file_empty"),
        (b"MZ program", True, "file_type_mismatch"),
        (read_samples.picture(), False, VendorUnavailable.code),
        (None, True, "file_not_readable"),
    ],
)
def test_parse_explains_in_chinese_when_a_file_cannot_be_read(
    tmp_path: Path, content: bytes | None, available: bool, code: str
) -> None:
    path = tmp_path / "cv.pdf"
    if content is not None:
        path.write_bytes(content)

    answer = parsed(path, available=available)

    assert (answer["file"], answer["error"]["code"]) == (str(path), code)
    assert "\u4e00" <= answer["error"]["message"][0] <= "\u9fff"


def test_parse_prints_one_line_a_file_in_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = tmp_path / "a.docx", tmp_path / "b.docx"
    good.write_bytes(read_samples.docx(read_samples.paragraph("姓名：林小满")))
    bad.write_bytes(b"")
    monkeypatch.setattr("sys.argv", ["parse", str(bad), str(good), str(bad)])

    status = parse_files.main()

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert status == 0
    assert [line["basics"]["name"] if "basics" in line else line["error"]["code"] for line in lines] == [
        "file_empty",
        "林小满",
        "file_empty",
    ]
