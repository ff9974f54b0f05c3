"""YAML with line numbers, read as the deploying CLI reads it."""

from __future__ import annotations

import pytest

from scripts.local_cloud.emulator.manifest.yaml_lines import NotYaml, parse


def test_every_value_knows_its_line_when_parsed():
    node = parse("first: 1\nlist:\n  - a\n  -  key:\n       deep\n")

    entry = node.get("list")
    assert entry is not None
    assert [item.line for item in entry.entries] == [3, 4]
    assert entry.entries[1].key_line("key") == 4
    assert entry.entries[1].mapping["key"].line == 5


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", "yes"),
        ("true", True),
        ("12", 12),
        ("010", "010"),
        ("2026-01-01", "2026-01-01"),
        ("12:30", "12:30"),
        ("~", None),
    ],
)
def test_scalar_is_read_as_yaml_1_2_does_when_plain(text, value):
    node = parse(f"key: {text}").get("key")

    assert node is not None
    assert node.value == value
    assert type(node.value) is type(value)


def test_merge_key_gives_way_to_own_keys_when_both_exist():
    node = parse("base: &base {a: 1, b: 2}\nown:\n  <<: *base\n  b: 3\n").get("own")

    assert node is not None
    assert {key: value.value for key, value in node.mapping.items()} == {"a": 1, "b": 3}


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "key a is written twice (first on line 1)"),
        ("a: 1\nb: [\n", 3, "not YAML"),
        ("a: 1\n\tb: 2\n", 2, "not YAML"),
        ("a: !!python/name:os.system\n", 1, "not YAML"),
        ("a: &a [*a]\n", 1, "not YAML"),
    ],
)
def test_text_is_refused_with_its_line_when_it_is_not_plain_yaml(text, line, reason):
    with pytest.raises(NotYaml) as refused:
        parse(text)

    assert refused.value.problem.line == line
    assert reason in refused.value.problem.text
