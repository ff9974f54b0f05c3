"""What a resume uses and costs: read from log lines, multiplied by prices."""

import json

import pytest

from scripts.benchmarks.costs.bill import Prices, Waiting, bill
from scripts.benchmarks.costs.usage import Tokens, Usage

NO_WAIT = Waiting(0, ())
FREE = Prices(0, 0, 0, 0, 0)


def report(milliseconds: float, memory_mb: int, peak_mb: float = 60.0) -> str:
    return f"Report RequestId: r-1 Duration:{milliseconds:.2f}ms Memory:{memory_mb}MB MemUsage:{peak_mb:.2f}MB"


def call(vendor: str, **fields: int) -> str:
    return json.dumps({"kind": "call", "vendor": vendor, **fields})


def usage_of(**lines: list[str]) -> Usage:
    usage = Usage()
    for function, written in lines.items():
        usage.add(function, written)
    return usage


def test_use_is_memory_times_time_when_a_function_ran_twice() -> None:
    usage = usage_of(parse=[report(1500, 768, 90.0), report(500, 768, 120.0)])

    use = usage.functions["parse"]

    assert (use.calls, use.gb_seconds, use.peak_mb) == (2, pytest.approx(1.5), 120.0)


def test_tokens_are_those_of_the_model_when_other_vendors_are_called_too() -> None:
    usage = usage_of(
        parse=[call("cos", attempts=1), call("deepseek", input_tokens=900, cache_hit_tokens=640, output_tokens=200)],
        optimise=[call("deepseek", attempts=2, input_tokens=100, output_tokens=50), call("cos", attempts=3)],
    )

    found = usage.tokens

    assert found == Tokens(read=1000, cached=640, written=250)
    assert usage.requests == {"cos": 4, "deepseek": 3}
    assert usage.asking() == 3


@pytest.mark.parametrize(
    "line",
    [
        "START RequestId: r-1",
        "Init Report RequestId: r-1 Coldstart: 300ms (PullCode: 70ms) Memory: 768MB MemUsage: 60.00MB",
        '{"kind": "invocation", "duration_ms": 40, "input_tokens": 7}',
        'Response RequestId: r-1 RetMsg: {"vendor": "deepseek", "kind": "call"}',
    ],
)
def test_line_is_passed_over_when_it_is_no_report_and_no_call(line: str) -> None:
    usage = usage_of(parse=[line])

    assert usage == Usage()


@pytest.mark.parametrize(
    ("prices", "yuan"),
    [
        (Prices(0.0001, 0, 0, 0, 0), 0.00015),
        (Prices(0, 0.01, 0, 0, 0), 0.000002),
        (Prices(0, 0, 2, 0, 0), 0.0006),
        (Prices(0, 0, 0, 2, 0), 0.0014),
        (Prices(0, 0, 0, 0, 8), 0.0016),
    ],
)
def test_bill_counts_each_part_at_its_own_price(prices: Prices, yuan: float) -> None:
    calls = [call("deepseek", input_tokens=1000, cache_hit_tokens=700, output_tokens=200)]
    usage = usage_of(parse=[report(1500, 768), report(500, 768), *calls])

    found = bill(usage, NO_WAIT, prices)

    assert found.total == pytest.approx(yuan)


def test_waiting_is_paid_with_the_memory_of_those_who_wait_only() -> None:
    usage = usage_of(parse=[report(0, 768)], optimise=[report(0, 256)], render=[report(0, 512)])

    found = bill(usage, Waiting(10, ("parse", "optimise")), Prices(1, 0, 0, 0, 0))

    assert found.waiting == pytest.approx(10)
    assert found.running == 0


def test_bill_is_nothing_when_nothing_costs() -> None:
    usage = usage_of(parse=[report(1500, 768), call("deepseek", input_tokens=5)])

    found = bill(usage, NO_WAIT, FREE)

    assert found.total == 0
