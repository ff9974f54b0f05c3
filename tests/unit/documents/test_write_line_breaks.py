"""Where lines of Chinese and Latin text end."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.documents.typesetting.line_breaks import NO_LINE_END, NO_LINE_START, may_break, split_lines

MIXED = st.text(alphabet="中文字，。（）《》“”、；a b-c1.…—/%", min_size=1, max_size=60)


def lines(text: str, room: float) -> list[str]:
    return [text[span.start : span.end] for span in split_lines(text, [1.0] * len(text), [room])]


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("主导重构，上线", 4, ["主导重", "构，上线"]),
        ("他说（你好）吧", 3, ["他说", "（你", "好）吧"]),
        ("使用 Kubernetes 部署", 10, ["使用", "Kubernetes", "部署"]),
        ("数据说话——而不是", 5, ["数据说", "话——而不", "是"]),
        ("提升了30%以上", 5, ["提升了", "30%以上"]),
        ("state-of-the-art", 10, ["state-of-", "the-art"]),
        ("a state-of-the-art", 17, ["a", "state-of-the-art"]),
        ("ab/cd-ef/gh-ij", 12, ["ab/cd-ef/", "gh-ij"]),
        ("2020-09 至今", 5, ["2020-", "09 至今"]),
        ("a" * 7, 3, ["aaa", "aaa", "a"]),
        ("用 Java / Go 写", 7, ["用", "Java /", "Go 写"]),
        ("don’t stop", 5, ["don’t", "stop"]),
    ],
)
def test_line_ends_where_a_typesetter_would_end_it(text: str, room: float, expected: list[str]) -> None:
    assert lines(text, room) == expected


def test_hard_break_ends_a_line_and_its_remainder_is_not_justified() -> None:
    characters = [*"甲乙", "", *"丙"]

    spans = split_lines(characters, [1.0, 1.0, 0.0, 1.0], [9], hard_breaks=frozenset({2}))

    assert [(span.start, span.end, span.soft) for span in spans] == [(0, 2, False), (3, 4, False)]


def test_first_line_may_be_narrower_than_the_others() -> None:
    spans = split_lines("一二三四五六", [1.0] * 6, [2, 4])

    assert [span.end - span.start for span in spans] == [2, 4]


@given(text=MIXED, room=st.integers(min_value=4, max_value=20))
def test_every_character_but_spaces_at_line_ends_is_kept_in_order(text: str, room: int) -> None:
    kept = "".join(lines(text, room))

    assert kept.replace(" ", "") == text.replace(" ", "")


@given(text=MIXED, room=st.integers(min_value=4, max_value=20))
def test_no_line_is_wider_than_its_room(text: str, room: int) -> None:
    assert all(len(line) <= room for line in lines(text, room))


@given(text=MIXED, room=st.integers(min_value=4, max_value=20))
def test_forbidden_characters_stand_at_an_edge_only_when_nothing_else_fits(text: str, room: int) -> None:
    spans = split_lines(text, [1.0] * len(text), [room])

    for before, after in pairwise(spans):
        forbidden = text[after.start] in NO_LINE_START or text[before.start : before.end][-1:] in NO_LINE_END
        assert not forbidden or not any(
            fair_end(text, before.start, end) for end in range(before.start, after.start + 1)
        )


def fair_end(text: str, start: int, end: int) -> bool:
    seen = text[start:end].rstrip(" ")
    return bool(seen) and seen[-1] not in NO_LINE_END and may_break(text[end - 1], text[end])
