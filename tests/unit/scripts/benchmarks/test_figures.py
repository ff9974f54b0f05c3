"""Figures of the benchmarks: what is over its limit, and how it is printed."""

import pytest

from scripts.benchmarks.__main__ import main, names
from scripts.benchmarks.figures import Figure, failures, table
from scripts.benchmarks.timing import medians


@pytest.mark.parametrize(
    ("figure", "ok"),
    [
        (Figure("a", 3.0), None),
        (Figure("a", 3.0, at_most=3), True),
        (Figure("a", 3.1, at_most=3), False),
        (Figure("a", 0.9, at_least=0.9), True),
        (Figure("a", 10, peer="p", peer_value=5, at_most=2), True),
        (Figure("a", 11, peer="p", peer_value=5, at_most=2), False),
        (Figure("a", 11, peer="p", peer_value=0, at_most=2), False),
    ],
)
def test_figure_is_ok_when_its_value_or_ratio_keeps_the_bound(figure: Figure, ok: bool | None) -> None:
    assert figure.ok is ok


def test_table_aligns_columns_when_names_are_chinese() -> None:
    lines = table([Figure("中文", 1, "ms"), Figure("abcdef", 2, "ms")]).splitlines()

    assert lines[1].index("1 ms") == lines[2].index("2 ms") - 2


def test_table_marks_what_is_over_its_limit() -> None:
    over, kept = Figure("slow", 9, at_most=1), Figure("fast", 1, at_most=1)

    lines = table([over, kept]).splitlines()

    assert failures([over, kept]) == [over]
    assert [line.startswith("slow") for line in lines if "OVER" in line] == [True]


def test_figure_as_json_leaves_out_what_it_does_not_have() -> None:
    assert Figure("a", 2, peer="p", peer_value=4).as_json() == {
        "name": "a",
        "value": 2,
        "peer": "p",
        "peer_value": 4,
        "ratio": 0.5,
    }


def test_medians_lets_candidates_take_turns() -> None:
    calls: list[str] = []

    found = medians({"a": lambda: calls.append("a"), "b": lambda: calls.append("b")}, repeats=2)

    assert calls == ["a", "b"] * 3
    assert set(found) == {"a", "b"}


def test_bench_lists_every_benchmark_with_its_purpose(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--list"])

    listed = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in listed] == names()
    assert "parse" in names()


def test_bench_exits_with_2_when_there_is_no_such_benchmark(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["nothing"])

    assert ended.value.code == 2
    assert "parse" in capsys.readouterr().err
