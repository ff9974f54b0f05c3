"""Running one stage of the pipeline: once per (resume, revision, stage), however often and late the bucket tells us.

Done twice, at the same time or after a crash it has one outcome: a lease keeps workers apart, outputs are created and never
overwritten, and the stage's end, with the credits it spends or returns, is one transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from common.domain.pipeline import WRITES, ObjectKey, ResumeRow, Stage
from common.errors import Conflict, MojianError, ObjectAlreadyExists
from common.services.ports import Objects, ResumeStore

#: After this many tries of a stage, an error that might pass is taken as final: the user gets an answer and the credits back.
MOST_ATTEMPTS = 6


class StageBusy(Conflict):
    """Another worker holds the lease; raised so that the platform tells us again later, in case that worker dies."""

    code = "stage_busy"
    retryable = True
    message = "简历正在处理中"


@dataclass(frozen=True)
class StageRun:
    """What a stage needs besides its own tools; `key` is the object that started it."""

    stage: Stage
    key: ObjectKey
    resumes: ResumeStore
    objects: Objects
    lease_s: float
    now: Callable[[], datetime]

    @property
    def output(self) -> ObjectKey:
        """The object whose existence says that the work is done, even if an earlier run died before it could say so."""
        return self.key.at(WRITES[self.stage], "pdf" if self.stage == "render" else "json")

    def publish(self, key: ObjectKey, content: bytes, *, media_type: str) -> None:
        """Write an output; that it is there already means an earlier run got this far."""
        try:
            self.objects.create(str(key), content, media_type=media_type)
        except ObjectAlreadyExists:
            return


def run_stage(run: StageRun, work: Callable[[ResumeRow, int], None], *, charge: bool = False) -> str:
    """Claim, work, record. `work` gets the row and the number of this try; returns what became of it.

    Raises StageBusy, and any retryable error of `work` while tries are left.
    """
    row = run.resumes.find(run.key.resume_id)
    if row is None or row.revision != run.key.revision or row.user_id != run.key.user_id:
        return "outdated"
    claim = run.resumes.claim_stage(row.id, row.revision, run.stage, now=run.now(), lease_s=run.lease_s)
    if claim == "busy":
        raise StageBusy(stage=run.stage)
    if claim != "mine":
        return claim
    attempt = _attempt(run, row)
    try:
        if not run.objects.exists(str(run.output)):
            work(row, attempt)
    except MojianError as error:
        return _failed(run, row, error, attempt)
    run.resumes.finish_stage(
        row.id, row.revision, run.stage, now=run.now(), charge_key=row.charge_key() if charge else None
    )
    return "done"


def _attempt(run: StageRun, row: ResumeRow) -> int:
    records = run.resumes.stages(row.id, row.revision)
    return next((record.attempts for record in records if record.stage == run.stage), 1)


def _failed(run: StageRun, row: ResumeRow, error: MojianError, attempt: int) -> str:
    """A final error ends the stage with a reason the user sees and gives the credits back."""
    if error.retryable and attempt < MOST_ATTEMPTS:
        run.resumes.yield_stage(row.id, row.revision, run.stage, now=run.now())
        raise error
    run.resumes.fail_stage(
        row.id, row.revision, run.stage, error_code=error.code, now=run.now(), refund_key=row.charge_key()
    )
    return "failed"
