"""The command line of ./scripts/deploy."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

EPILOG = "exit codes: 0 done, or nothing to do; 1 stopped, one line says why; 2 with --plan: there is something to do"


@dataclass(frozen=True)
class Options:
    """`functions` are keys of serverless.yml; empty means everything."""

    stage: str | None
    functions: tuple[str, ...]
    plan: bool
    rollback: bool
    yes: bool
    migrate: bool
    prune: bool
    rehearse: bool = False


def parse_options(arguments: Sequence[str]) -> Options:
    parser = argparse.ArgumentParser(prog="./scripts/deploy", description="Deploy to Tencent Cloud.", epilog=EPILOG)
    parser.add_argument("functions", nargs="*", metavar="FUNCTION", help="only these (names as in serverless.yml)")
    parser.add_argument("--stage", help="instead of STAGE; .env.<stage> is read after .env")
    parser.add_argument("--plan", action="store_true", help="show what would change, change nothing")
    parser.add_argument("--rollback", action="store_true", help="back to the versions before the last release")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument("--no-migrate", action="store_true", help="the database is not reached from here")
    parser.add_argument("--prune", action="store_true", help="also delete functions that serverless.yml no longer has")
    parser.add_argument("--rehearse", action="store_true", help="to a fake cloud on this machine; needs no account")
    read = parser.parse_args(list(arguments))
    return Options(
        stage=read.stage,
        functions=tuple(read.functions),
        plan=read.plan,
        rollback=read.rollback,
        yes=read.yes,
        migrate=not read.no_migrate,
        prune=read.prune,
        rehearse=read.rehearse,
    )
