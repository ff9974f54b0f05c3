"""`python -m scripts.local_cloud.emulator.manifest [FILE]`: lint a manifest without looking at environment variables."""

from __future__ import annotations

import sys
from pathlib import Path

from .reading import in_order, read
from .report import Report


def main(arguments: list[str]) -> int:
    """Print every problem and warning; 1 when there is a problem."""
    path = Path(arguments[0] if arguments else "serverless.yml")
    report = Report(path.name)
    read(path, None, report)
    for problem in in_order(report.problems):
        print(problem)
    for warning in in_order(report.warnings):
        print(f"{warning} (warning)")
    return 1 if report.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
