"""./scripts/deploy. Exit codes: 0 done or nothing to do, 1 stopped, 2 with --plan when there is something to do."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

from scripts.deployment.bucket import Bucket
from scripts.deployment.cloud import Cloud, Pause
from scripts.deployment.errors import DeployError
from scripts.deployment.needs import check_needs
from scripts.deployment.options import Options, parse_options
from scripts.deployment.order import chosen, make_plan
from scripts.deployment.packages import read_packages
from scripts.deployment.parts.database import Command, Migrations
from scripts.deployment.parts.roles import RightsOf
from scripts.deployment.rehearsal import NoDatabase, rehearsal_cloud, short_pause
from scripts.deployment.role_rights import role_rights
from scripts.deployment.rollback import plan_rollback
from scripts.deployment.session import Session
from scripts.deployment.settings import read_settings
from scripts.deployment.show import Say, act, show_plan
from scripts.deployment.wanted import WantedCloud, read_wanted

DONE, STOPPED, CHANGES = 0, 1, 2


class Deployer:
    """One project. What reaches outside is given: tests give a clock, a fake cloud and a schema of their own."""

    def __init__(
        self,
        project: Path,
        environ: Mapping[str, str],
        *,
        say: Say,
        ask: Callable[[str], bool],
        pause: Pause = time.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
        rights: RightsOf = role_rights,
        migrations: Migrations | None = None,
        check: Callable[[WantedCloud], None] = check_needs,
    ) -> None:
        self._project, self._environ = project, environ
        self._say, self._ask, self._pause, self._now = say, ask, pause, now
        self._rights, self._migrations, self._check = rights, migrations or Command(project), check

    def run(self, options: Options) -> int:
        """The exit code; what went wrong is said in one line."""
        try:
            return self._run(options)
        except DeployError as error:
            self._say(f"deploy: {error}")
            return STOPPED

    def _run(self, options: Options) -> int:
        session = self._open(options)
        wanted = session.wanted
        if options.rollback:
            plan_rollback(session, chosen(session, options.functions))
        else:
            self._check(wanted)
            make_plan(session, options, self._rights, self._migrations if options.migrate else None)
        verb = "back from the last release" if options.rollback else "deploy"
        show_plan(session.plan, f"{wanted.app} {wanted.stage} in {wanted.region}: {verb}", self._say)
        if options.plan or not session.plan.steps:
            return CHANGES if session.plan.steps else DONE
        if not options.yes and not self._ask("Do it? [y/N] "):
            raise DeployError("nothing was changed (answer y, or give --yes where nobody can answer)")
        act(session.plan, self._say)
        return DONE

    def _open(self, options: Options) -> Session:
        settings = read_settings(self._project, options.stage, self._environ)
        packages = read_packages(self._project, self._build)
        wanted = read_wanted(self._project, settings, packages)
        moment = self._now()  # one name for everything that this run releases
        return Session(settings, wanted, Cloud(settings, self._pause), Bucket(settings), lambda: moment)

    def _build(self) -> None:
        self._say("build/packages is not there yet: running ./scripts/build")
        done = subprocess.run([str(self._project / "scripts" / "build")], cwd=self._project, check=False)
        if done.returncode:
            raise DeployError("./scripts/build failed (see above)")


def ask_terminal(question: str) -> bool:
    return sys.stdin.isatty() and input(question).strip().lower() in ("y", "yes")


def say_line(line: str) -> None:
    print(line, flush=True)


def main(arguments: list[str]) -> int:
    options = parse_options(arguments)
    if options.rehearse:
        return rehearse(Path.cwd(), options)
    return Deployer(Path.cwd(), os.environ, say=say_line, ask=ask_terminal).run(options)


def rehearse(project: Path, options: Options) -> int:
    """The same deployment to fakes: once in full, then once more, which has to find nothing to do."""
    with rehearsal_cloud(project, os.environ) as environ:
        deployer = Deployer(
            project, environ, say=say_line, ask=lambda _question: True, pause=short_pause, migrations=NoDatabase()
        )
        code = deployer.run(options)
        if code != DONE or options.plan or options.rollback:
            return code
        say_line("\nThe same once more:")
        return deployer.run(replace(options, plan=True))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
