"""The journey of a resume from upload to delivery: stages, object keys, progress (see docs/architecture.md)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NewType

from common.domain.rendering.options import RenderOptions
from common.domain.users import UserId
from common.errors import InvalidField

ResumeId = NewType("ResumeId", str)
Revision = NewType("Revision", str)

Stage = Literal["parse", "optimise", "render"]
StageState = Literal["running", "done", "failed"]
ResumeState = Literal[
    "waiting_for_upload", "uploaded", "parsing", "parsed", "optimising", "optimised", "rendering", "ready", "failed"
]

STAGES: tuple[Stage, ...] = ("parse", "optimise", "render")
FIRST_REVISION = Revision("r1")

#: The prefix a stage reads from and the one it writes to; they are disjoint, so no function can trigger itself.
READS: dict[Stage, str] = {"parse": "uploads", "optimise": "parsed", "render": "optimised"}
WRITES: dict[Stage, str] = {"parse": "parsed", "optimise": "optimised", "render": "rendered"}

#: Under each of them lies <user>/<resume>/; nothing starts at what is shared.
PREFIXES = ("uploads", *WRITES.values(), "shared")

_RUNNING: dict[Stage, ResumeState] = {"parse": "parsing", "optimise": "optimising", "render": "rendering"}
_DONE: dict[Stage, ResumeState] = {"parse": "parsed", "optimise": "optimised", "render": "ready"}
_PROGRESS: dict[ResumeState, int] = {
    "waiting_for_upload": 0,
    "uploaded": 5,
    "parsing": 10,
    "parsed": 35,
    "optimising": 45,
    "optimised": 75,
    "rendering": 80,
    "ready": 100,
}

_ID = r"[0-9a-z_]{2,64}"
_KEY = re.compile(
    rf"(uploads|parsed|optimised|rendered)/(u_{_ID})/(s_{_ID})/(source|r\d{{1,6}})(?:-([2-9]|[1-9]\d))?\.([a-z0-9]{{1,5}})"
)


@dataclass(frozen=True)
class ObjectKey:
    """uploads/<user>/<resume>/source.<ext> or parsed|optimised|rendered/<user>/<resume>/<revision>.<ext>.

    Pictures of the pages after the first are rendered/<user>/<resume>/<revision>-<page>.png.
    """

    prefix: str
    user_id: UserId
    resume_id: ResumeId
    revision: Revision
    extension: str
    page: int = 1

    def __str__(self) -> str:
        stem = "source" if self.prefix == "uploads" else self.revision
        page = f"-{self.page}" if self.page > 1 else ""
        return f"{self.prefix}/{self.user_id}/{self.resume_id}/{stem}{page}.{self.extension}"

    @staticmethod
    def parse(text: str) -> "ObjectKey":
        """Read a key; an upload belongs to the first revision. Raises InvalidField for anything we did not write."""
        match = _KEY.fullmatch(text)
        if match is None or (match[1] == "uploads") != (match[4] == "source"):
            raise InvalidField(field="key")
        if match[5] and (match[1] != "rendered" or match[6] != "png"):
            raise InvalidField(field="key")
        revision = FIRST_REVISION if match[1] == "uploads" else Revision(match[4])
        return ObjectKey(match[1], UserId(match[2]), ResumeId(match[3]), revision, match[6], int(match[5] or 1))

    @property
    def prefixes(self) -> list[str]:
        """Everything of this resume lies under these."""
        return [f"{prefix}/{self.user_id}/{self.resume_id}/" for prefix in PREFIXES]

    def at(self, prefix: str, extension: str, *, page: int = 1) -> "ObjectKey":
        """The key of another stage's object of the same revision."""
        return ObjectKey(prefix, self.user_id, self.resume_id, self.revision, extension, page)


def photo_key(user_id: UserId, resume_id: ResumeId) -> ObjectKey:
    """The portrait of the uploaded document, for every revision; not .json, so it starts no stage."""
    return ObjectKey("parsed", user_id, resume_id, FIRST_REVISION, "jpg")


def next_revision(revision: Revision) -> Revision:
    return Revision(f"r{int(revision[1:]) + 1}")


def charge_key(resume_id: ResumeId, revision: Revision) -> str:
    """Names the hold that pays for a revision."""
    return f"{resume_id}/{revision}"


@dataclass(frozen=True)
class StageRecord:
    """One stage of one revision: what happened, when, and why it failed if it did."""

    revision: Revision
    stage: Stage
    state: StageState
    started_at: datetime
    finished_at: datetime | None = None
    attempts: int = 1
    error_code: str | None = None


def state_of(stages: Sequence[StageRecord], *, uploaded: bool, revised: bool = False) -> ResumeState:
    """Where one revision stands; `stages` are that revision's, in any order.

    A later revision (`revised`) starts from what an earlier one read, so it is at least parsed.
    """
    by_stage = {record.stage: record for record in stages}
    latest = next((by_stage[stage] for stage in reversed(STAGES) if stage in by_stage), None)
    if latest is None:
        return "parsed" if revised else "uploaded" if uploaded else "waiting_for_upload"
    if latest.state == "failed":
        return "failed"
    return _DONE[latest.stage] if latest.state == "done" else _RUNNING[latest.stage]


def progress_percent(state: ResumeState) -> int:
    """For a progress bar; a failed resume shows 100 because nothing more will happen."""
    return _PROGRESS.get(state, 100)


@dataclass(frozen=True)
class ResumeRow:
    """A resume as the database knows it; the content is in objects."""

    id: ResumeId
    user_id: UserId
    filename: str
    extension: str
    size_bytes: int
    jd: str | None
    template: str
    optimise: bool
    created_at: datetime
    uploaded_at: datetime | None
    revision: Revision
    title: str | None = None
    #: Chosen with `template`; both stay until something else is chosen, whatever happens to the content.
    options: RenderOptions = field(default_factory=RenderOptions)

    @property
    def upload_key(self) -> ObjectKey:
        return ObjectKey("uploads", self.user_id, self.id, FIRST_REVISION, self.extension)

    @property
    def photo_key(self) -> ObjectKey:
        return photo_key(self.user_id, self.id)

    def key(self, prefix: str, extension: str) -> ObjectKey:
        """The object of this resume's current revision under `prefix`."""
        return ObjectKey(prefix, self.user_id, self.id, self.revision, extension)

    @property
    def wants_model(self) -> bool:
        """Rewording may be left out at the upload; a later revision reaches that stage only when it was asked for."""
        return self.optimise or self.revision != FIRST_REVISION

    def charge_key(self) -> str:
        """Names the hold that pays for the current revision."""
        return charge_key(self.id, self.revision)
