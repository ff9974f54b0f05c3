"""What a thousand resumes cost: GB-seconds, calls, requests and tokens of one journey here, times prices you may change.

Of each figure the least of all journeys, because whatever else runs on the machine only adds. The fakes answer at once and write
less than a model would; docs/costs.md says what that means for the figures.
"""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from scripts.benchmarks.costs.bill import Bill, Prices, Waiting, bill
from scripts.benchmarks.costs.usage import Usage
from scripts.benchmarks.figures import Figure
from scripts.local_cloud.mini_program import MiniProgram
from scripts.local_cloud.stack import Stack

SAMPLE = Path("scripts/local_cloud/samples/resume_zh.docx")
JOURNEY = ("upload_url", "parse", "optimise", "render", "notify", "resume")
ASKING = ("parse", "optimise")
THOUSAND = 1000
PATIENCE_S = 120.0
PARTS = ("running", "waiting", "calls", "model", "total")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--file", type=Path, default=SAMPLE, help="the resume (default: the sample)")
    parser.add_argument("--repeats", type=int, default=3, help="resumes measured, after one that warms up")
    parser.add_argument("--polls", type=int, default=10, help="how often the phone asks how far it is")
    parser.add_argument("--wait", type=float, default=10.6, help="seconds that a stage waits for the model")
    parser.add_argument("--gb-second", type=float, default=0.00011108, help="yuan")
    parser.add_argument("--calls", type=float, default=0.0133, help="yuan for ten thousand calls")
    parser.add_argument("--tokens", type=float, nargs=3, default=[1, 0.02, 4], metavar=("READ", "CACHED", "WRITTEN"))


def run(arguments: argparse.Namespace) -> Iterator[Figure]:
    waiting = Waiting(arguments.wait, ASKING)
    prices = Prices(arguments.gb_second, arguments.calls, *arguments.tokens)
    journeys = measure(arguments.file, arguments.repeats, arguments.polls)
    bills = [bill(usage, waiting, prices) for usage in journeys]
    yield from _used(journeys)
    yield from _cost(bills)


def measure(file: Path, repeats: int, polls: int) -> list[Usage]:
    """The use of each of `repeats` journeys; instances are warm, and so is the model's cache of our prompts."""
    with (
        tempfile.TemporaryDirectory(prefix="mojian-") as folder,
        Stack(Path(folder), timers=False, extra_env={"CREDITS_WELCOME": "1000"}) as stack,
    ):
        phone = MiniProgram(stack.url, stack.urls)
        phone.log_in()
        phone.accept_messages(stack.environment["WECHAT_TEMPLATE_READY"])
        return [_journey(stack, phone, file, polls) for _ in range(repeats + 1)][1:]


def _journey(stack: Stack, phone: MiniProgram, file: Path, polls: int) -> Usage:
    stack.emulator.logs.clear()
    resume_id = phone.upload(file)
    stack.wait_idle(PATIENCE_S)
    states = {phone.resume(resume_id)["state"] for _ in range(polls)}
    if states != {"ready"}:
        raise SystemExit(f"costs: the resume is {', '.join(sorted(states))}, not ready")
    phone.download(f"{resume_id}.pdf")
    usage = Usage()
    for function in JOURNEY:
        usage.add(function, stack.logs(function))
    return usage


def _used(journeys: list[Usage]) -> Iterator[Figure]:
    """Of one resume."""
    for function in JOURNEY:
        uses = [usage.functions[function] for usage in journeys]
        note = f"{uses[0].calls} calls, {uses[0].memory_mb} MB, needed {max(use.peak_mb for use in uses):.0f} MB"
        yield Figure(function, min(use.gb_seconds for use in uses), "GB-s", note=note)
    for vendor in sorted(journeys[0].requests):
        yield Figure(f"requests to {vendor}", min(usage.requests[vendor] for usage in journeys))
    yield Figure("tokens read", min(usage.tokens.read for usage in journeys))
    yield Figure("tokens read from the cache", min(usage.tokens.cached for usage in journeys))
    yield Figure("tokens written", min(usage.tokens.written for usage in journeys))


def _cost(bills: list[Bill]) -> Iterator[Figure]:
    """Of a thousand resumes."""
    for name in PARTS:
        value = min(getattr(one, name) for one in bills) * THOUSAND
        yield Figure(f"1,000 resumes: {name}", value, "yuan")
