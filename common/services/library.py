"""A user's resumes: see them, download them, delete them. How they change is in revising.py."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from common.domain.jobs import JobRef
from common.domain.pipeline import (
    FIRST_REVISION,
    ObjectKey,
    ResumeId,
    ResumeRow,
    ResumeState,
    Revision,
    StageRecord,
    progress_percent,
    state_of,
)
from common.domain.users import UserId
from common.errors import NotFound, ResumeNotReady, VendorObjectMissing
from common.services.erasing import erase_objects
from common.services.ports import CreditStore, Objects, ResumeStore
from common.services.publishing import LAYOUT_NOTES, MAX_JSON_BYTES
from common.services.uploads import UploadRules

DOWNLOAD_LIFETIME_S = 600
_DOWNLOAD = re.compile(r"([0-9a-z_]+)(?:-(\d{1,2})(?=\.png$))?\.(pdf|docx|png|html|json)")


@dataclass(frozen=True)
class Failure:
    stage: str
    code: str
    message: str


@dataclass(frozen=True)
class ResumeSummary:
    resume_id: ResumeId
    filename: str
    title: str | None
    state: ResumeState
    progress: int
    created_at: datetime
    revision: str
    failure: Failure | None


@dataclass(frozen=True)
class ResumeDetail(ResumeSummary):
    """`template` and `options` are in the form of POST /resume/{id}/render.

    `stages` in order with their times; contents are there as soon as their stage is done. `previews`: the pages as pictures,
    by the names under which they are downloaded.
    """

    template: str
    options: dict[str, Any]
    stages: list[StageRecord]
    parsed: dict[str, Any] | None
    optimised: dict[str, Any] | None
    changes: list[dict[str, Any]]
    questions: list[dict[str, Any]]
    score: dict[str, Any] | None
    match: dict[str, Any] | None
    basic: bool | None
    warnings: list[str]
    previews: list[str]
    revisions: list[Revision]


def _no_job(ref: JobRef) -> str:
    raise NotFound(what="job", source=ref.source)


@dataclass(frozen=True)
class Shelf:
    """One user's view of the store; `messages` maps an error code to the text that the user reads.

    `job_text` gives a board's job as the text to write for; raises NotFound, JobSourceClosed, VendorError.
    """

    user_id: UserId
    resumes: ResumeStore
    objects: Objects
    messages: Callable[[str], str]
    rules: UploadRules
    credits: CreditStore
    now: datetime
    job_text: Callable[[JobRef], str] = field(default=_no_job)

    def own(self, resume_id: str) -> ResumeRow:
        """Raises NotFound, for other people's resumes too."""
        row = self.resumes.find(ResumeId(resume_id))
        if row is None or row.user_id != self.user_id:
            raise NotFound(what="resume")
        return row

    def content(self, key: ObjectKey) -> dict[str, Any] | None:
        try:
            content = json.loads(self.objects.read(str(key), max_bytes=MAX_JSON_BYTES))
        except VendorObjectMissing:
            return None
        return content if isinstance(content, dict) else None

    def newest(self, row: ResumeRow, prefix: str) -> dict[str, Any] | None:
        """The latest JSON object under `prefix`, of whichever revision: a revision that starts later has no earlier ones."""
        found = self.objects.keys_under(f"{prefix}/{row.user_id}/{row.id}/")
        keys = (key for key in found if key.endswith(".json"))
        latest = max(keys, key=lambda key: (len(key), key), default=None)
        return self.content(ObjectKey.parse(latest)) if latest else None

    def state(self, row: ResumeRow, stages: list[StageRecord]) -> ResumeState:
        """`stages` are those of the current revision."""
        return state_of(stages, uploaded=row.uploaded_at is not None, revised=row.revision != FIRST_REVISION)


def list_resumes(shelf: Shelf) -> list[ResumeSummary]:
    return [_summary(shelf, row) for row in shelf.resumes.list_of(shelf.user_id, limit=100)]


def _summary(shelf: Shelf, row: ResumeRow) -> ResumeSummary:
    return ResumeSummary(**_facts(shelf, row, shelf.resumes.stages(row.id, row.revision)))


def _facts(shelf: Shelf, row: ResumeRow, stages: list[StageRecord]) -> dict[str, Any]:
    state = shelf.state(row, stages)
    failed = next((record for record in stages if record.state == "failed"), None)
    code = failed.error_code or "internal" if failed else None
    return {
        "resume_id": row.id,
        "filename": row.filename,
        "title": row.title,
        "state": state,
        "progress": progress_percent(state),
        "created_at": row.created_at,
        "revision": row.revision,
        "failure": Failure(failed.stage, code, shelf.messages(code)) if failed and code else None,
    }


def show_resume(shelf: Shelf, resume_id: str) -> ResumeDetail:
    """Everything of the current revision that exists so far; what was read stays the same in all of them."""
    row = shelf.own(resume_id)
    stages = shelf.resumes.stages(row.id, row.revision)
    parsed = shelf.content(row.key("parsed", "json"))
    if parsed is None and row.revision != FIRST_REVISION:
        parsed = shelf.newest(row, "parsed")
    optimised = shelf.content(row.key("optimised", "json")) or {}
    facts = _facts(shelf, row, stages)
    notes = (shelf.content(row.key("rendered", LAYOUT_NOTES)) or {}) if facts["state"] == "ready" else {}
    extension = (parsed or {}).get("meta", {}).get("x_cn", {})
    return ResumeDetail(
        **facts,
        template=row.template,
        options=row.options.model_dump(exclude_defaults=True),
        stages=stages,
        parsed=parsed,
        optimised=optimised.get("resume"),
        changes=optimised.get("changes", []),
        questions=optimised.get("questions", []),
        score=optimised.get("score"),
        match=optimised.get("match"),
        basic=optimised.get("basic"),
        warnings=[*extension.get("warnings", []), *notes.get("notes", [])],
        previews=_previews(shelf, row) if facts["state"] == "ready" else [],
        revisions=_revisions(shelf, row) if facts["state"] in ("ready", "failed") else [],
    )


def _revisions(shelf: Shelf, row: ResumeRow) -> list[Revision]:
    """Those that can be restored, oldest first."""
    found = map(ObjectKey.parse, shelf.objects.keys_under(f"optimised/{row.user_id}/{row.id}/"))
    return sorted({key.revision for key in found if key.extension == "json"}, key=lambda name: (len(name), name))


def _previews(shelf: Shelf, row: ResumeRow) -> list[str]:
    found = map(ObjectKey.parse, shelf.objects.keys_under(f"rendered/{row.user_id}/{row.id}/"))
    pages = sorted(key.page for key in found if key.revision == row.revision and key.extension == "png")
    return [f"{row.id}.png" if page == 1 else f"{row.id}-{page}.png" for page in pages]


def download_link(shelf: Shelf, filename: str) -> str:
    """`<resume id>.<extension>`, or `<resume id>-<page>.png` → a signed URL of ten minutes. Raises NotFound, ResumeNotReady."""
    wanted = _DOWNLOAD.fullmatch(filename)
    if wanted is None:
        raise NotFound(what="format")
    resume_id, page, extension = wanted.groups()
    row = shelf.own(resume_id)
    key = str(row.key("rendered", extension).at("rendered", extension, page=int(page or 1)))
    ready = shelf.state(row, shelf.resumes.stages(row.id, row.revision)) == "ready"
    if not ready or not shelf.objects.exists(key):
        raise ResumeNotReady
    shown = f"{row.title}-简历.{extension}" if row.title else f"简历.{extension}"
    return shelf.objects.download_url(key, filename=shown, now=shelf.now, lifetime_s=DOWNLOAD_LIFETIME_S)


def delete_resume(shelf: Shelf, resume_id: str) -> None:
    """Objects first, the row later, so that a deletion cut off half way can be repeated; then what was written meanwhile.

    What the model has already done is paid for; credits held for work that is not done go back.
    """
    row = shelf.own(resume_id)
    stages = shelf.resumes.stages(row.id, row.revision)
    if any(record.stage == "optimise" and record.state == "done" for record in stages):
        shelf.credits.capture_hold(row.charge_key(), now=shelf.now)
    else:
        shelf.credits.release_hold(row.charge_key(), now=shelf.now)
    erase_objects(row.upload_key, objects=shelf.objects)
    shelf.resumes.delete(row.id)
    erase_objects(row.upload_key, objects=shelf.objects)
