"""./scripts/local COMMAND: the local cloud from the command line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scripts.local_cloud.cli import remote, show_logs, up


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    code: int = options.run(options)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./scripts/local", description="Mojian's cloud on this machine.")
    parser.add_argument("--state", type=Path, default=Path(".local"), help="where state is kept (default: .local)")
    parser.add_argument("--project", type=Path, default=Path(), help="the folder with serverless.yml (default: here)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    up.add_command(commands)
    remote.add_commands(commands)
    show_logs.add_command(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
