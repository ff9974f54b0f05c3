"""What Word prints in front of list items, although the file does not have it as text."""

import pytest

from tests.unit.documents.docx_samples import texts, word_file
from tests.unit.documents.read_samples import paragraph


def item(text: str, *, list_id: int = 1, level: int = 0) -> str:
    numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return paragraph(text, properties=numbering)


def level(form: str, text: str, *, number: int = 0, start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
        f"<w:rPr><w:b/></w:rPr></w:lvl>"
    )


def numbering(*levels: str, more: str = "") -> str:
    return (
        f'<w:numbering><w:abstractNum w:abstractNumId="5">{level("decimal", "第%1条")}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>{more}</w:numbering>'
    )


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("decimal", "%1.", ["1. 甲", "2. 乙"]),
        ("decimal", "（%1）", ["（1） 甲", "（2） 乙"]),
        ("chineseCountingThousand", "%1、", ["一、 甲", "二、 乙"]),
        ("bullet", "\uf06c", ["• 甲", "• 乙"]),
        ("lowerLetter", "%1)", ["• 甲", "• 乙"]),
        ("decimal", "%1.%2", ["• 甲", "• 乙"]),
        ("none", "", ["甲", "乙"]),
    ],
)
def test_docx_items_have_the_markers_of_their_list(form: str, text: str, expected: list[str]) -> None:
    assert texts(word_file(item("甲") + item("乙"), numbering=numbering(level(form, text)))) == expected


def test_docx_numbers_begin_where_the_list_says_and_chinese_ones_pass_ten() -> None:
    part = numbering(level("chineseCounting", "%1、", start=9))

    assert texts(word_file("".join(map(item, "甲乙丙")), numbering=part)) == ["九、 甲", "十、 乙", "十一、 丙"]


def test_docx_inner_numbers_begin_again_when_an_outer_item_comes_between() -> None:
    part = numbering(level("decimal", "%1."), level("decimal", "(%2)", number=1))
    body = item("甲") + item("子", level=1) + item("乙") + item("丑", level=1)

    assert texts(word_file(body, numbering=part)) == ["1. 甲", "(1) 子", "2. 乙", "(1) 丑"]


def test_docx_lists_of_one_definition_go_on_counting_unless_one_restarts() -> None:
    more = (
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="7"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = item("甲") + item("乙", list_id=2) + item("丙", list_id=3)

    found = texts(word_file(body, numbering=numbering(level("decimal", "%1."), more=more)))

    assert found == ["1. 甲", "2. 乙", "1. 丙"]


def test_docx_numbers_are_the_same_when_the_part_is_written_in_an_unusual_way() -> None:
    part = (
        numbering(level("decimal", "%1.")).replace('w:numId="1"', 'w:x="" w:numId="1"').replace("<w:num ", "<w:num  ")
    )

    assert texts(word_file(item("甲"), numbering=part)) == ["1. 甲"]


@pytest.mark.parametrize("list_id", [0, 99])
def test_docx_item_has_no_number_when_its_list_is_none_or_unknown(list_id: int) -> None:
    part = numbering(level("decimal", "%1."))

    assert texts(word_file(item("甲", list_id=list_id), numbering=part)) == ["甲" if list_id == 0 else "• 甲"]
