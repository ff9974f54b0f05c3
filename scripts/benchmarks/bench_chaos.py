"""Stores go away and vendors are slow, down or lie, in turn, while people upload, look and pay: what they see, and what is lost.

The local cloud on real MySQL and Redis, both behind a relay that is cut. The platform's waiting times are divided by
--scale: what is repeated after a minute there comes earlier here, and so does a dead letter. Exits with 1 when anything was
lost or doubled.
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from urllib.parse import urlsplit

from common.persistence.database import Database
from scripts.benchmarks.chaos.faults import NOTHING, Trouble, troubles
from scripts.benchmarks.chaos.proxy import Proxy
from scripts.benchmarks.chaos.trial import Report, Town
from scripts.benchmarks.figures import Figure
from scripts.benchmarks.load.grounds import Servers, grounds, servers, servers_are_there
from scripts.local_cloud.emulator.switches import Switches

ALWAYS_STRICT = True

#: A stage that died is picked up after its lease, and an event that never came after the grace: shorter, as time is. All trials
#: are in one hour, so people may do more in it than they otherwise may in a day.
LIMITS = {
    "LIMITS_STAGE_LEASE_S": "40",
    "LIMITS_STAGE_GRACE_S": "15",
    "LIMITS_MESSAGE_LEASE_S": "15",
    **dict.fromkeys(
        ("LIMITS_UPLOADS_PER_HOUR", "LIMITS_REQUESTS_PER_MINUTE", "LIMITS_ADDRESS_REQUESTS_PER_MINUTE"), "100000"
    ),
    **dict.fromkeys(("SMS_LIMIT_PER_USER_DAY", "SMS_LIMIT_PER_ADDRESS_HOUR"), "100000"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--resumes", type=int, default=20, help="uploaded in each trial")
    parser.add_argument("--people", type=int, default=4, help="who upload, look, pay and ask for a code")
    parser.add_argument("--scale", type=float, default=10.0, help="the platform's minute lasts 60 / SCALE seconds")
    parser.add_argument("--only", nargs="+", metavar="WORD", help="trials whose name begins so")


def run(arguments: argparse.Namespace) -> Iterator[Figure]:
    if not servers_are_there():
        return
    with ExitStack() as open_things:
        found = open_things.enter_context(servers())
        redis = open_things.enter_context(Proxy(_address(found.redis_url)))
        database = open_things.enter_context(Proxy(_address(found.database_url)))
        behind = Servers(_through(found.database_url, database), _through(found.redis_url, redis))
        switches = Switches(async_workers=2, max_instances=20, idle_s=24 * 3600)
        stack = open_things.enter_context(grounds(behind, switches=switches, time_scale=arguments.scale, env=LIMITS))
        own = open_things.enter_context(closing(Database(found.database_url)))
        town = open_things.enter_context(closing(Town(stack, own, arguments.people, arguments.resumes)))
        town.go_through(NOTHING)  # the instances start, which is another benchmark's subject
        reports = [
            _told(town.go_through(trouble))
            for trouble in troubles(redis, database, stack.fakes)
            if _is_wanted(trouble, arguments.only)
        ]
    yield from map(_figure, reports)
    yield Figure(
        "trials in which something was lost, doubled or unexplained",
        sum(bool(report.problems) for report in reports),
        at_most=0,
        note="; ".join(f"{report.trouble}: {', '.join(report.problems[:3])}" for report in reports if report.problems),
    )


def _figure(report: Report) -> Figure:
    recovered_s = -1.0 if report.recovered_s is None else report.recovered_s
    return Figure(report.trouble, recovered_s, "s", at_least=0, note=f"{report.became}; users saw {report.seen}")


def _told(report: Report) -> Report:
    """A trial takes a minute: whoever waits sees each as it ends."""
    after = "not recovered" if report.recovered_s is None else f"recovered after {report.recovered_s:.1f} s"
    wrong = f"; {'; '.join(report.problems)}" if report.problems else ""
    print(f"chaos: {report.trouble}: {after}; {report.became}; users saw {report.seen}{wrong}", file=sys.stderr)
    return report


def _is_wanted(trouble: Trouble, only: list[str] | None) -> bool:
    return only is None or any(trouble.name.lower().startswith(word.lower()) for word in only)


def _address(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "127.0.0.1", parts.port or {"redis": 6379}.get(parts.scheme, 3306)


def _through(url: str, proxy: Proxy) -> str:
    """The same server by way of the relay."""
    parts = urlsplit(url)
    who = f"{parts.netloc.rpartition('@')[0]}@" if "@" in parts.netloc else ""
    return parts._replace(netloc=f"{who}127.0.0.1:{proxy.port}").geturl()
