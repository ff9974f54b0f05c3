"""Running one stage of the pipeline: once per (resume, revision, stage), however often and late the bucket tells us.

Done twice, at the same time or after a crash it has one outcome: a lease keeps workers apart, outputs are created and never
overwritten, and the stage's end, with the credits it spends or returns, is one transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from common.domain.language_model import ModelUsage
from common.domain.pipeline import WRITES, ObjectKey, ResumeId, ResumeRow, Stage
from common.errors import InternalError, MojianError, StageBusy
from common.services.erasing import erase_objects
from common.services.ports import Objects, ResumeStore
from common.services.publishing import publish

#: After so many tries of a stage its failure is final, even one that might pass or of a worker that died without a word:
#: the user gets an answer and the credits back.
MOST_ATTEMPTS = 6


@dataclass(frozen=True)
class StageRun:
    """What a stage needs besides its own tools; `key` is the object that started it."""

    stage: Stage
    key: ObjectKey
    resumes: ResumeStore
    objects: Objects
    lease_s: float
    now: Callable[[], datetime]
    report_usage: Callable[[ResumeId, ModelUsage], None] = lambda *_: None

    @property
    def output(self) -> ObjectKey:
        """The object whose existence says that the work is done, even if an earlier run died before it could say so."""
        return self.key.at(WRITES[self.stage], "pdf" if self.stage == "render" else "json")

    def publish(self, key: ObjectKey, content: bytes, *, media_type: str) -> None:
        """Write an output; that it is there already means an earlier run got this far."""
        publish(self.objects, str(key), content, media_type=media_type)


def run_stage(run: StageRun, work: Callable[[ResumeRow, int], None], *, charge: bool = False) -> str:
    """Claim, work, record. `work` gets the row and the number of this try; returns what became of it.

    Raises StageBusy, any retryable error of `work` while tries are left, and every bug of `work`, so that it is seen.
    """
    row = run.resumes.find(run.key.resume_id)
    if row is None or row.revision != run.key.revision or row.user_id != run.key.user_id:
        return "outdated"
    claim = run.resumes.claim_stage(row.id, row.revision, run.stage, now=run.now(), lease_s=run.lease_s)
    if claim == "busy":
        raise StageBusy(stage=run.stage)
    return _work(run, row, work, charge=charge) if claim == "mine" else claim


def _work(run: StageRun, row: ResumeRow, work: Callable[[ResumeRow, int], None], *, charge: bool) -> str:
    attempt = _attempt(run, row)
    try:
        if not run.objects.exists(str(run.output)):
            if attempt > MOST_ATTEMPTS:
                return _fail(run, row, InternalError.code)
            work(row, attempt)
    except MojianError as error:
        if not error.retryable or attempt >= MOST_ATTEMPTS:
            return _fail(run, row, error.code)
        run.resumes.yield_stage(row.id, row.revision, run.stage, now=run.now())
        raise
    except Exception:
        if attempt >= MOST_ATTEMPTS:
            _fail(run, row, InternalError.code)
        else:
            run.resumes.yield_stage(row.id, row.revision, run.stage, now=run.now())
        raise
    charge_key = row.charge_key() if charge else None
    if not run.resumes.finish_stage(row.id, row.revision, run.stage, now=run.now(), charge_key=charge_key):
        _leave_nothing_of_the_deleted(run, row)
    return "done"


def _attempt(run: StageRun, row: ResumeRow) -> int:
    records = run.resumes.stages(row.id, row.revision)
    return next((record.attempts for record in records if record.stage == run.stage), 1)


def _fail(run: StageRun, row: ResumeRow, error_code: str) -> str:
    """The stage ends with a reason that the user sees, and the credits go back."""
    refund_key = row.charge_key()
    if not run.resumes.fail_stage(
        row.id, row.revision, run.stage, error_code=error_code, now=run.now(), refund_key=refund_key
    ):
        _leave_nothing_of_the_deleted(run, row)
    return "failed"


def _leave_nothing_of_the_deleted(run: StageRun, row: ResumeRow) -> None:
    """The user may have deleted the resume while we worked on it; what we wrote meanwhile would stay for ever."""
    if run.resumes.find(row.id) is None:
        erase_objects(run.key, objects=run.objects)
