"""Lint serverless.yml as the platform would judge it, with placeholder values for settings that are not set."""

import re
import sys
from pathlib import Path

from scripts.local_cloud.emulator import manifest

MANIFEST = Path("serverless.yml")
PLACEHOLDERS = {"COS_REGION": "ap-guangzhou", "COS_BUCKET": "mojian-1250000000", "STAGE": "dev"}


def main() -> int:
    names = set(re.findall(r"\$\{env:(\w+)\}", MANIFEST.read_text("utf-8")))
    problems = manifest.check(MANIFEST, {**dict.fromkeys(names, "placeholder"), **PLACEHOLDERS})
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
