"""Word 6 and 95: code pages instead of Unicode, and the same tables and looks in other numbers."""

import struct

import pytest

from common.documents.read_doc import read_doc
from common.errors import FileTypeUnsupported
from scripts.benchmarks.writers.ole_file import ole_file
from tests.unit.documents.old_word import BOLD, ENDS_ROW, HIDDEN, IN_TABLE, word_6_file

SIMPLIFIED, TRADITIONAL, RUSSIAN, ENGLISH = 0x0804, 0x0404, 0x0419, 0x0409


def texts(content: bytes) -> list[str]:
    return [line.text for line in read_doc(content).lines]


@pytest.mark.parametrize(
    ("language", "encoding", "text"),
    [
        (SIMPLIFIED, "gbk", "林小满  求职意向：会计"),
        (TRADITIONAL, "big5", "林小滿  學歷：碩士"),
        (RUSSIAN, "cp1251", "Иван Примеров"),
        (ENGLISH, "cp1252", "Zoë Müller – Résumé"),
        (ENGLISH, "gbk", "林小满求职意向：会计"),
    ],
    ids=["simplified", "traditional", "russian", "western", "chinese that calls itself English"],
)
def test_old_doc_is_read_when_its_language_says_the_code_page(language: int, encoding: str, text: str) -> None:
    content = word_6_file([(text.encode(encoding) + b"\r", b"")], language=language)

    assert texts(content) == [text]


@pytest.mark.parametrize("version", [101, 104], ids=["Word 6", "Word 95"])
def test_old_doc_row_is_one_line_when_a_form_has_blank_cells(version: int) -> None:
    cells = [(f"{text}\x07".encode("gbk"), IN_TABLE) for text in ("姓名", "林小满", "", "女")]
    paragraphs = [*cells, (b"\x07", IN_TABLE + ENDS_ROW), ("完\r".encode("gbk"), b"")]

    found = texts(word_6_file(paragraphs, language=SIMPLIFIED, version=version))

    assert found == ["姓名 | 林小满 | 女", "完"]


def test_old_doc_look_is_kept_when_characters_have_one() -> None:
    paragraphs = [("林小满\r".encode("gbk"), b""), ("看不见\r".encode("gbk"), b""), ("正文\r".encode("gbk"), b"")]

    found = read_doc(word_6_file(paragraphs, language=SIMPLIFIED, characters=[BOLD, HIDDEN, b""]))

    assert [(line.text, line.bold) for line in found.lines] == [("林小满", True), ("正文", False)]
    assert found.warnings == ("文件里有 3 个看不见的字符，已忽略",)


def test_doc_is_refused_when_word_is_older_than_6() -> None:
    head = struct.pack("<2H", 0xA5DB, 45).ljust(0x400, b"\0")

    with pytest.raises(FileTypeUnsupported):
        read_doc(ole_file({"WordDocument": head}))
