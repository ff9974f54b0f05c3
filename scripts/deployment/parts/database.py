"""The schema. Migrations only add, so they run before the code that needs them and fit the code that still runs."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Protocol

from scripts.deployment.errors import DeployError
from scripts.deployment.session import Session

LONGEST_S = 1800


class Migrations(Protocol):
    def pending(self, url: str) -> list[str]:
        """What the database lacks. Raises DeployError."""

    def apply(self, url: str) -> None:
        """Raises DeployError."""


def plan_database(session: Session, migrations: Migrations, url: str) -> None:
    pending = migrations.pending(url)
    if pending:
        session.plan.add("~", "database schema", lambda: migrations.apply(url), f"{len(pending)} differences")


class Command:
    """./scripts/migrate in a process of its own: the deployer imports nothing of the product."""

    def __init__(self, project: Path) -> None:
        self._project = project

    def pending(self, url: str) -> list[str]:
        done = self._run("check", url)
        lines = [line for line in (done.stderr or "").splitlines() if line.strip()]
        if done.returncode and lines and lines[-1].startswith("migrate: "):
            raise DeployError(
                f"{lines[-1]}. If the database is not reached from here, run ./scripts/migrate where it is, and "
                "./scripts/deploy --no-migrate here"
            )
        return lines if done.returncode else []

    def apply(self, url: str) -> None:
        done = self._run("up", url)
        if done.returncode:
            raise DeployError(
                f"the schema could not be changed: {(done.stderr or done.stdout).strip().splitlines()[-1]}"
            )

    def _run(self, verb: str, url: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self._project / "scripts" / "migrate"), verb],
            cwd=self._project,
            env={**os.environ, "DATABASE_URL": url},
            capture_output=True,
            text=True,
            timeout=LONGEST_S,
            check=False,
        )
