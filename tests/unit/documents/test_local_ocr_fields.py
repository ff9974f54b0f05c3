"""Wide gaps inside a recognised line: fields beside Chinese break early, justified English late, doubt never."""

import pytest

from common.documents.local_ocr_fields import fields_of

HEIGHT = 30


def placed(text: str, gaps: dict[int, float]) -> tuple[tuple, list]:
    """The corners of a line and of its characters, 20 px each; `gaps` in line heights before a character."""
    x, characters = 0.0, []
    for place, character in enumerate(text):
        x += gaps.get(place, 0.0) * HEIGHT
        if not character.isspace():
            box = [(x, 0.0), (x + 20, 0.0), (x + 20, HEIGHT), (x, HEIGHT)]
            characters.append((character, 0.9, box))
            x += 20
    return ((0.0, 0.0), (x, 0.0), (x, HEIGHT), (0.0, HEIGHT)), characters


def read(text: str, gaps: dict[int, float]):
    corners, characters = placed(text, gaps)
    return list(fields_of(text, corners, 0.9, characters))


def test_label_and_value_are_two_fields_when_the_engine_read_over_the_gap() -> None:
    label, value = read("现居地北京", {3: 0.9})

    assert [(one.text, one.box, one.confidence) for one in (label, value)] == [
        ("现居地", (0, 0, 60, 30), 0.9),
        ("北京", (87, 0, 127, 30), 0.9),
    ]


def test_every_gap_breaks_when_a_line_has_several() -> None:
    text = "2016.09 示例大学 本科"

    assert [one.text for one in read(text, {8: 0.8, 13: 0.8})] == ["2016.09", "示例大学", "本科"]


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("and Node.js", {4: 0.8}),
        ("中欧语言交流", {2: 0.58}),
        ("掌握 Python", {3: 0.3}),
        ("发表于《Journal》", {3: 0.8}),
    ],
)
def test_line_stays_whole_when_the_gap_is_one_between_words(text: str, gaps: dict[int, float]) -> None:
    assert [one.text for one in read(text, gaps)] == [text]


@pytest.mark.parametrize("characters", [[], [("另", 0.9, [(0, 0), (20, 0), (20, 30), (0, 30)])] * 5])
def test_line_stays_whole_when_its_characters_are_not_known(characters: list) -> None:
    corners, _ = placed("现居地北京", {3: 2})

    assert [one.text for one in fields_of("现居地北京", corners, 0.9, characters)] == ["现居地北京"]
