"""./scripts/fuzz api: requests made from openapi.json to the whole local cloud; an answer it does not describe is a finding.

Two passes: one with whatever identifiers come up, one with those of a real resume, order and conversation, so that requests
get behind the look-up. Both are bounded by --seconds together; findings are printed with a command that repeats them.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scripts.local_cloud.mini_program import MiniProgram
from scripts.local_cloud.stack import Stack

SAMPLE = Path("scripts/local_cloud/samples/resume_zh.docx")
CHECKS = ",".join(
    [
        "not_a_server_error",
        *(f"{what}_conformance" for what in ("status_code", "content_type", "response_schema", "response_headers")),
    ]
)

#: High enough not to be what is tested.
GENEROUS = {
    "LIMITS_REQUESTS_PER_MINUTE": "100000",
    "LIMITS_ADDRESS_REQUESTS_PER_MINUTE": "100000",
    "LIMITS_LOGIN_PER_MINUTE": "100000",
    "LIMITS_UPLOADS_PER_HOUR": "100000",
    "LIMITS_CHAT_PER_MINUTE": "100000",
}


def main(arguments: Sequence[str]) -> int:
    """0 when every answer was as described, 1 when one was not."""
    parser = argparse.ArgumentParser(prog="./scripts/fuzz api", description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, Stack(Path(folder), timers=False, extra_env=GENEROUS) as stack:
        phone = MiniProgram(stack.url, stack.urls, user="fuzz")
        token = phone.log_in()["token"]
        known = _known(phone)
        passes = [_schemathesis(stack.url, token, options, Path(folder), ids) for ids in ({}, known)]
        phone.close()
    return int(any(passes))


def _known(phone: MiniProgram) -> dict[str, str]:
    """Path parameter → something of this user's that exists."""
    order = phone.open_order(phone.call("GET", "/pay/products")["products"][0]["id"])
    phone.pay(order)
    resume_id = phone.upload(SAMPLE)
    for _ in phone.watch(resume_id, timeout_s=90):
        pass
    talk: dict[str, Any] = phone.call("POST", "/chat", {"message": "怎么准备面试？"}, Accept="application/json")
    return {
        "id": resume_id,
        "file": f"{resume_id}.pdf",
        "number": order["order_id"],
        "conversation_id": talk["conversation_id"],
        "name": "classic",
        "provider": "v3",
    }


def _schemathesis(url: str, token: str, options: argparse.Namespace, folder: Path, known: dict[str, str]) -> int:
    config = folder / "schemathesis.toml"
    values = "".join(f'"path.{name}" = "{value}"\n' for name, value in known.items())
    config.write_text(f"[parameters]\n{values}", "utf-8")
    command = [
        str(Path(sys.executable).absolute().with_name("schemathesis")),
        "--config-file",
        str(config),
        "--no-color",
        "run",
    ]
    command += [f"{url}/openapi.json", "--checks", CHECKS, "--seed", str(options.seed)]
    command += [
        "--phases",
        "coverage,fuzzing",
        "--max-time",
        str(max(10, options.seconds // 2)),
        "--continue-on-failure",
    ]
    command += ["--header", f"Authorization: Bearer {token}", *(["--exclude-method", "DELETE"] if known else [])]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(command, cwd=folder, env={**environment, "NO_PROXY": "127.0.0.1"}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
