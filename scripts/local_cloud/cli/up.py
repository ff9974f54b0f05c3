"""`up`: run the local cloud until Ctrl-C or SIGTERM."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from scripts.local_cloud.emulator.switches import Switches

if TYPE_CHECKING:
    from scripts.local_cloud.fakes.kit_serve import Serving
    from scripts.local_cloud.stack import Stack

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

DEFAULT_PORT = 9080


def add_command(commands: Commands) -> None:
    parser = commands.add_parser("up", help="start the cloud and print every URL")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help=f"of the gateway (default: {DEFAULT_PORT})")
    parser.add_argument(
        "--console-port", type=int, help="of the page for trying everything (default: the gateway's + 1)"
    )
    parser.add_argument("--time-scale", type=float, default=1.0, help="60: the platform's minute lasts a second")
    parser.add_argument("--duplicates", type=int, default=1, help="deliver every asynchronous event so many times")
    parser.add_argument("--no-timers", action="store_true", help="timers fire by `tick` only")
    parser.add_argument("--api-gateway", action="store_true", help="events of the retired API gateway")
    parser.add_argument("--encoded-keys", action="store_true", help="percent-encode object keys in COS events")
    parser.add_argument("--no-freeze", action="store_true", help="let instances run between requests")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from scripts.local_cloud.emulator.manifest import ManifestRefused
    from scripts.local_cloud.stack import Stack
    from scripts.local_cloud.stack.stores import MigrationFailed

    stack = Stack(
        options.state,
        options.project,
        port=options.port,
        time_scale=options.time_scale,
        duplicates=options.duplicates,
        timers=not options.no_timers,
        say=lambda line: print(line, file=sys.stderr),
        switches=Switches(
            api_gateway=options.api_gateway, encoded_keys=options.encoded_keys, freeze=not options.no_freeze
        ),
    )
    stopped = _stop_on_signal()
    try:
        with stack, _served_console(stack, options.console_port) as console:
            _print_addresses({"console": console.url, **stack.urls}, stack.state_dir)
            stopped.wait()
    except (ManifestRefused, MigrationFailed, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _stop_on_signal() -> threading.Event:
    stopped = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    return stopped


def _served_console(stack: Stack, port: int | None) -> Serving:
    """On its port, or on a free one where nobody asked for a port and the next one is taken."""
    from scripts.local_cloud.console import Console
    from scripts.local_cloud.fakes.kit import serve

    settings = {"template_ready": stack.environment.get("WECHAT_TEMPLATE_READY", "")}
    console = Console(stack.urls, stack.state_dir / "emulator" / "logs", settings)
    gateway_port = int(stack.url.rpartition(":")[2])
    try:
        return serve(console, gateway_port + 1 if port is None else port)
    except OSError:
        if port is not None:
            raise
        return serve(console)


def _print_addresses(urls: Mapping[str, str], state_dir: Path) -> None:
    for name, url in urls.items():
        print(f"{name:<14}{url}")
    print(f"{'state':<14}{state_dir}")
    print("ready; Ctrl-C stops everything", flush=True)
